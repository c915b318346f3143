"""News pages in many shapes, of invented text: what an alignment with the page must survive."""

from __future__ import annotations

import html
import json
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_SENTENCES = {
    "fr": (
        "Le conseil municipal de Norport a voté mardi la fermeture provisoire du vieux bassin.",
        "« Nous n’avons pas été consultés », a déclaré Irène Castel, patronne de la criée.",
        "Deux responsables du port, qui ont requis l’anonymat, évoquent un rapport accablant.",
        "Selon ce document, daté de l’an dernier, la digue aurait bougé de 14,5 centimètres.",
        "La préfecture n’a pas souhaité commenter ces informations avant la réunion de jeudi.",
        "Les pêcheurs, eux, redoutent de perdre près d’un tiers de leur chiffre d’affaires.",
        "« C’est la troisième alerte en cinq ans », rappelle Paul Verne, élu d’opposition.",
        "Un bureau d’études indépendant doit rendre ses conclusions avant la fin du printemps.",
        "La région a promis une aide de 2,3 millions d’euros, sans préciser le calendrier.",
        "Aucun blessé n’est à déplorer, mais trois familles ont été relogées dans la nuit.",
        "Le maire, qui brigue un second mandat, assure que « tout sera fait dans les règles ».",
        "Une source proche du dossier affirme que l’assureur avait prévenu dès le mois de mai.",
    ),
    "en": (
        "The harbour board of Norport voted on Tuesday to close the old basin for a season.",
        "“Nobody asked us,” said Irene Castle, who has run the fish market since the flood.",
        "Two port officials, who asked not to be named, pointed to a damning internal report.",
        "The document, dated last year, says the sea wall may have shifted by 14.5 centimetres.",
        "The county declined to comment on the findings ahead of a meeting due on Thursday.",
        "Fishermen fear that they could lose close to a third of what they earn in a year.",
        "“It is the third warning in five years,” said Paul Verne, an opposition councillor.",
        "An independent engineering firm is due to report back before the end of the spring.",
        "The region has promised £2.3 million in aid but has not said when it will be paid.",
        "Nobody was hurt, though three families were moved to other homes during the night.",
        "The mayor, who is seeking a second term, said that “everything will be done properly”.",
        "A person close to the matter said the insurer had sounded the alarm as early as May.",
    ),
}
_TITLES = {
    "fr": "À Norport, la digue inquiète les pêcheurs et divise les élus",
    "en": "Norport sea wall worries fishermen and divides the council",
}
_NAV = {
    "fr": ("Accueil", "Politique", "Société", "Économie", "Sport", "Se connecter", "S’abonner"),
    "en": ("Home", "Politics", "World", "Business", "Sport", "Sign in", "Subscribe"),
}
_COOKIES = {
    "fr": "Nous et nos 214 partenaires utilisons des cookies pour stocker vos données.",
    "en": "We and our 214 partners use cookies and process your personal data.",
}
_RELATED = {
    "fr": ("À lire aussi", "Le phare rouvre ses portes", "Un chalutier rentre au port"),
    "en": ("Related stories", "Lighthouse opens again", "A trawler comes home at last"),
}
_COMMENTS = {
    "fr": ("3 commentaires", "Jojo : bravo pour cet article, enfin la vérité sur ce port !"),
    "en": ("3 comments", "Jojo: great piece, at last somebody tells the truth about the port!"),
}


class Story:
    """Hold one invented story: its language, headline and paragraphs, escaped for HTML."""

    def __init__(self, language: str, seed: int) -> None:
        rng = random.Random(f"{language}{seed}")
        sentences = [*_SENTENCES[language]]
        rng.shuffle(sentences)
        self.language = language
        self.title = html.escape(_TITLES[language])
        self.plain = [" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2)]
        self.paragraphs = [html.escape(words, quote=False) for words in self.plain]

    @property
    def body(self) -> str:
        """Return the paragraphs in ``p`` elements."""
        return "\n".join(f"<p>{words}</p>" for words in self.paragraphs)

    def page(self, article: str, *, head: str = "", around: bool = True) -> str:
        """Return a whole page around an article, with menus, prompts and a footer."""
        lang = self.language
        nav = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in _NAV[lang])
        related = "".join(f'<li><a href="#">{w}</a></li>' for w in _RELATED[lang][1:])
        before = (
            f'<div class="cookie-banner"><p>{_COOKIES[lang]}</p><button>OK</button></div>'
            f'<header><nav><ul class="menu">{nav}</ul></nav></header>'
        )
        after = (
            f'<aside class="related"><h3>{_RELATED[lang][0]}</h3><ul>{related}</ul></aside>'
            f'<footer class="footer"><p>© 2031 Le Quotidien de Norport</p></footer>'
        )
        return (
            f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
            f"<title>{self.title} - Le Quotidien</title>{head}"
            "<style>p{color:red}</style></head><body>"
            f"{before if around else ''}{article}{after if around else ''}</body></html>"
        )


def _plain(story: Story) -> str:
    return story.page(f"<main><article><h1>{story.title}</h1>{story.body}</article></main>")


def _nested_divs(story: Story) -> str:
    inner = "".join(f"<div><div class='t'><p>{w}</p></div></div>" for w in story.paragraphs)
    content = f"<div id='c'><div><div class='article-body'>{inner}</div></div></div>"
    return story.page(f"<div><h1>{story.title}</h1>{content}</div>")


def _div_paragraphs(story: Story) -> str:
    inner = "".join(f'<div class="paragraph">{w}</div>' for w in story.paragraphs)
    return story.page(
        f'<article><h1>{story.title}</h1><div class="article-content">{inner}</div></article>'
    )


def _breaks(story: Story) -> str:
    inner = "<br><br>\n".join(story.paragraphs)
    return story.page(
        f'<article><h1>{story.title}</h1><div class="post-content">{inner}</div></article>'
    )


def _layout_table(story: Story) -> str:
    return story.page(
        f"<table width='100%'><tr><td valign='top' class='content'><h1>{story.title}</h1>"
        f"{story.body}</td><td><a href='#'>Pub</a></td></tr></table>"
    )


def _data_table(story: Story) -> str:
    rows = "".join(
        f"<tr><td>Quai {c}</td><td>{n}</td><td>{n * 3} t</td></tr>" for n, c in enumerate("ABCD", 1)
    )
    table = f"<table><tr><th>Quai</th><th>N</th><th>Total</th></tr>{rows}</table>"
    first, *rest = story.paragraphs
    inner = f"<p>{first}</p>{table}" + "".join(f"<p>{w}</p>" for w in rest)
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _lists(story: Story) -> str:
    items = "".join(f"<li>{w}</li>" for w in story.paragraphs[1:4])
    first, last = story.paragraphs[0], story.paragraphs[-1]
    return story.page(
        f"<article><h1>{story.title}</h1><p>{first}</p><ul>{items}</ul><p>{last}</p>"
        f"<ol><li><b>14</b> bateaux</li><li><a href='#'>3 familles</a> relogées</li></ol>"
        f"<p>{story.paragraphs[4]}</p></article>"
    )


def _scripts(story: Story) -> str:
    inner = "<script>var a='<p>x</p>';</script><ins class='ad'></ins>".join(
        f"<p>{w}</p>" for w in story.paragraphs
    )
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _entities(story: Story) -> str:
    words = [
        "".join(f"&#{ord(c)};" if ord(c) > 127 and i % 2 else c for i, c in enumerate(w))
        for w in story.paragraphs
    ]
    inner = "".join(f"<p>{w}</p>" for w in words)
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _spaces(story: Story) -> str:
    words = [
        w.replace("« ", "«&nbsp;").replace(" »", "&#8239;»").replace(", ", ",\n\t  ")
        for w in story.paragraphs
    ]
    inner = "".join(f"<p>&nbsp; {w} &nbsp;</p>\n<p>&nbsp;</p>" for w in words)
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _inline(story: Story) -> str:
    def dressed(words: str) -> str:
        parts = words.split(" ")
        parts[1] = f"<b>{parts[1]}</b>"
        parts[3] = f'<a href="/x">{parts[3]}</a>'
        parts[5] = f"<em><span>{parts[5]}</span></em>"
        parts[6] = f"<q>{parts[6]}</q>"
        parts[7] = f"<code>{parts[7]}</code>"
        return " ".join(parts)

    inner = "".join(f"<p>{dressed(w)}</p>" for w in story.paragraphs)
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _amp(story: Story) -> str:
    return (
        story.page(
            f"<article class='amp-wp-article'><h1>{story.title}</h1>"
            f"<amp-img src='https://x.example/a.jpg' width=1 height=1></amp-img>{story.body}"
            "<amp-ad width=300 height=250 type='x'></amp-ad></article>",
            head="<script async src='https://cdn.example/v0.js'></script>",
        )
        .replace("<html ", "<html amp ")
        .replace("<!DOCTYPE html>", "<!doctype html>\n")
    )


def _json_ld(story: Story) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": html.unescape(story.title),
        "articleBody": "\n".join(story.plain),
        "datePublished": "2031-03-04T10:00:00+01:00",
    }
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return story.page(f"<article><h1>{story.title}</h1>{story.body}</article>", head=script)


def _comments(story: Story) -> str:
    count, words = _COMMENTS[story.language]
    thread = "".join(f"<li class='comment'><p>{words}</p></li>" for _ in range(3))
    return story.page(
        f"<article><h1>{story.title}</h1>{story.body}</article>"
        f"<section id='comments' class='comments'><h2>{count}</h2><ol>{thread}</ol></section>"
    )


def _columns(story: Story) -> str:
    half = len(story.paragraphs) // 2
    left, right = (
        "".join(f"<p>{w}</p>" for w in part)
        for part in (story.paragraphs[:half], story.paragraphs[half:])
    )
    return story.page(
        f"<div class='wrapper'><h1>{story.title}</h1><div class='entry-content'>"
        f"<div class='col-left'>{left}</div><div class='col-right'>{right}</div></div></div>"
    )


def _tweet(story: Story) -> str:
    tweet = (
        "<blockquote class='twitter-tweet'><p lang='fr'>Le port ferme. "
        "<a href='https://t.example/a'>pic.example/a</a></p>— Ville (@ville) "
        "<a href='#'>March 4, 2031</a></blockquote>"
    )
    inner = tweet.join(f"<p>{w}</p>" for w in story.paragraphs[:2])
    rest = "".join(f"<p>{w}</p>" for w in story.paragraphs[2:])
    return story.page(f"<article><h1>{story.title}</h1>{inner}{rest}</article>")


def _figures(story: Story) -> str:
    figure = (
        "<figure><img src='a.jpg' alt='Le vieux bassin'><figcaption>Le vieux bassin, mardi. "
        "<span class='credit'>L. Roe / Agence</span></figcaption></figure>"
    )
    inner = figure.join(f"<p>{w}</p>" for w in story.paragraphs)
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _subheads(story: Story) -> str:
    inner = "".join(
        f"<h2>{head}</h2><p>{w}</p>"
        for head, w in zip(
            ("Corrections", "À propos", "14,5 cm", "Navigation", "Aide", "Help"),
            story.paragraphs,
            strict=True,
        )
    )
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _broken(story: Story) -> str:
    inner = "".join(f"<p>{w}<b>" if i % 2 else f"<p>{w}" for i, w in enumerate(story.paragraphs))
    return story.page(f"<article><h1>{story.title}</h2>{inner}</div></article></font>")


def _quote_blocks(story: Story) -> str:
    inner = "".join(
        f"<blockquote><p>{w}</p></blockquote>" if i % 3 == 1 else f"<p>{w}</p>"
        for i, w in enumerate(story.paragraphs)
    )
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _bare(story: Story) -> str:
    return story.page(f"<h1>{story.title}</h1>{story.body}", around=False)


def _microdata(story: Story) -> str:
    return story.page(
        "<div itemscope itemtype='https://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{story.title}</h1>"
        "<time itemprop='datePublished' datetime='2031-03-04'>4 mars 2031</time>"
        f"<div itemprop='articleBody'>{story.body}</div></div>"
    )


def _short_paragraphs(story: Story) -> str:
    sentences = [s for w in story.paragraphs for s in w.replace(". ", ".|").split("|")]
    inner = "".join(f"<p>{s}</p><p>{n}.</p>" for n, s in enumerate(sentences))
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


def _repeated(story: Story) -> str:
    first = story.paragraphs[0]
    return story.page(
        f"<article><h1>{story.title}</h1><div class='standfirst'><p>{first}</p></div>"
        f"{story.body}<aside class='pullquote'>{first}</aside></article>"
    )


def _drop_cap(story: Story) -> str:
    first, *rest = story.paragraphs
    inner = f"<p><span class='dropcap'>{first[0]}</span>{first[1:]}</p>"
    inner += "".join(f"<p>{w[:40]}<wbr>{w[40:]}</p>" for w in rest)
    return story.page(f"<article><h1>{story.title}</h1>{inner}</article>")


#: The shapes by name.
SHAPES: dict[str, Callable[[Story], str]] = {
    maker.__name__.strip("_"): maker
    for maker in (
        _plain, _nested_divs, _div_paragraphs, _breaks, _layout_table, _data_table, _lists,
        _scripts, _entities, _spaces, _inline, _amp, _json_ld, _comments, _columns, _tweet,
        _figures, _subheads, _broken, _quote_blocks, _bare, _microdata, _short_paragraphs,
        _repeated, _drop_cap,
    )
}  # fmt: skip


def news_page(shape: str, language: str, seed: int = 0) -> str:
    """Return the HTML of a page of a shape (a key of ``SHAPES``)."""
    return SHAPES[shape](Story(language, seed))
