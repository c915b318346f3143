"""Article details, notes, wording, marks to place again, and the review queue."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from annotator.app.commands.articles import import_texts, mask_span, replace_text
from annotator.app.commands.links import attribute
from annotator.app.commands.notes import add_note
from annotator.app.session import Session
from annotator.app.settings import Settings
from annotator.gui.desk import Desk
from annotator.gui.panels.quotes import QuotesPanel
from annotator.gui.qt_jobs import JobRunner
from annotator.gui.theme import load_theme
from annotator.model.annotations import Cue, Hedge, Note, Quote, Source
from annotator.model.article import Article, FieldOrigin, FuzzyDate
from annotator.model.changes import ChangeSet, insert, update
from annotator.model.span import Span
from annotator.model.suggestion import Decision, Suggestion
from annotator.model.vocabulary import MarkKind
from gui.panels.acts import choose, click_row, menu_line, named, press, rows, write, write_text
from gui.panels.conftest import TEXT
from helpers.builders import imported

QUOTE = "«\u00a0Personne ne savait\u00a0»"


# -- article ----------------------------------------------------------------------------------


def test_details_are_edited_in_place(panel, article, session):
    details = panel("article")
    write(details, "Outlet", "La Gazette d’Aubry")
    write(details, "Authors", "Lina Forge; Marc Aubin")
    write(details, "Published", "14/03/2031 07:42 +01:00")
    write_text(details, "Headline", "Autre titre")
    choose(details, "Language", "English")
    named(details, QCheckBox, "Reviewed").click()
    stored = session.get(Article, article.id)
    assert stored.outlet == "La Gazette d’Aubry"
    assert stored.authors == ("Lina Forge", "Marc Aubin")
    assert stored.published == FuzzyDate("2031-03-14T07:42+01:00", stored.published.precision)
    assert (stored.headline, stored.language, stored.reviewed) == ("Autre titre", "en", True)
    assert {o.field for o in stored.origins if o.origin == "person"} >= {"outlet", "published"}
    for _ in range(6):
        session.undo()
    assert session.get(Article, article.id) == article
    assert named(details, QLineEdit, "Outlet").text() == article.outlet


def test_what_is_no_date_is_refused_in_words_and_kept(panel, article, session):
    details = panel("article")
    write(details, "Published", "bientôt")
    editor = details.inspector.form.editors["published"]
    assert "bientôt" in editor._complaint.text()
    assert editor.line.text() == "bientôt"
    assert session.get(Article, article.id).published is None
    write(details, "Outlet", "X")
    assert editor.line.text() == "bientôt", "a change elsewhere does not take the words away"
    write(details, "Published", "2031-03")
    assert editor._complaint.isHidden()
    assert session.get(Article, article.id).published.value == "2031-03"


def test_furniture_comes_back_from_the_details(panel, article, session, at, revealed):
    details = panel("article")
    section = details.inspector.form.section("furniture")
    assert section.isHidden()
    mask_span(session, article, at("Irène Castel n’a pas répondu."))
    press(details, "“Irène Castel n’a pas répondu.”")
    assert revealed == [at("Irène Castel n’a pas répondu.")]
    press(details, "Bring back “Irène Castel n’a pas répondu.”")
    assert session.get(Article, article.id).mask == ()
    assert section.isHidden()


def test_figures_follow_the_marks(panel, mark, session, desk):
    details = panel("article")
    lines = dict(details.inspector.form.section("figures")._lines(desk.data.article))
    assert lines["Distinct sources"] == "0"
    source = session.get(Source, mark("source", "deux sources proches du dossier").source_id)
    attribute(session, [mark("quote", QUOTE)], source)
    lines = dict(details.inspector.form.section("figures")._lines(desk.data.article))
    assert lines["Distinct sources"].startswith("1")
    assert lines["Marks"] == "1 quote · 0 claims · 0 mentions"
    assert lines["Named or not"] == "anonymous 100%"


# -- notes ------------------------------------------------------------------------------------


def test_notes_of_every_kind_are_listed(panel, mark, article, session, desk, revealed):
    quote = mark("quote", QUOTE)
    actor_mention = mark("actor", "Hydrolac")
    add_note(session, quote, "qui était là ?")
    add_note(session, article, "revoir le titre")
    add_note(session, desk.data.actors[actor_mention.actor_id], "société cotée")
    notes = panel("notes")
    assert notes.count == 3
    assert rows(notes)[0] == "revoir le titre, on the article · L. F."
    assert rows(notes)[1].startswith("qui était là ?, quote · «")
    click_row(notes, 1)
    assert desk.selection.ids == (quote.id,)
    assert revealed == [quote.spans[0]]
    write_text(notes.inspector, "Note 1", "Irène était là")
    assert rows(notes)[1].startswith("Irène était là")
    QTest.keyClick(notes.list, Qt.Key.Key_Delete)
    assert notes.count == 3, "the keyboard was in the note, not in the list"
    click_row(notes, 1)
    QTest.keyClick(notes.list, Qt.Key.Key_Delete)
    assert notes.count == 2
    session.undo()
    assert notes.count == 3


def test_a_note_on_the_article_begins_below(panel, article, session):
    notes = panel("notes")
    press(notes, "Note on the article")
    section = notes.inspector.form.section("notes")
    assert section.draft.box.hasFocus()
    write_text(notes.inspector, "Write a note", "un début")
    (note,) = session.project.find(Note)
    assert (note.target_table, note.target_id) == ("article", article.id)


def test_notes_follow_the_selection(panel, mark, session, desk):
    quote = mark("quote", QUOTE)
    note = add_note(session, quote, "ici")
    notes = panel("notes")
    desk.select((quote.id,), origin="text")
    assert notes.list.selected_ids() == [note.id]


# -- wording ----------------------------------------------------------------------------------


def test_cues_and_hedges(panel, mark, session):
    cue = mark("cue", "a appris")
    hedge = mark("hedge", "n’interviendra")
    claim = mark("claim", "La remise en eau n’interviendra pas avant juillet")
    source = session.get(Source, mark("source", "deux sources proches du dossier").source_id)
    attribute(session, [claim], source, cue_ids=[cue.id])
    phrases = panel("phrases")
    assert phrases.count == 2
    click_row(phrases, 1)
    choose(phrases.inspector, "Stance of the cue", "neutral")
    assert session.get(Cue, cue.id).stance.value == "neutral"
    assert "cue, neutral" in rows(phrases)[1]
    assert phrases.inspector.form.section("introduced").isVisible()
    click_row(phrases, 0)
    choose(
        phrases.inspector,
        "About the claim",
        "“La remise en eau n’interviendra pas avant juillet”",
    )
    assert session.get(Hedge, hedge.id).claim_id == claim.id
    choose(phrases.inspector, "About the claim", "none")
    assert session.get(Hedge, hedge.id).claim_id is None
    menu_line(phrases, "Turn into: cue")
    assert len(session.project.find(Cue)) == 2


def test_who_was_asked(panel, mark, session):
    line = mark("declined_comment", "n’a pas répondu")
    source = session.get(Source, mark("source", "Irène Castel").source_id)
    phrases = panel("phrases")
    click_row(phrases, 0)
    choose(phrases.inspector, "Who was asked", "Irène Castel")
    assert session.project.get(type(line), line.id).source_id == source.id
    assert rows(phrases)[0] == "n’a pas répondu, Irène Castel · ¶\u00a03, no comment"


# -- to place again -----------------------------------------------------------------------------


@pytest.fixture
def lost(article, mark, session):
    """Decode the article to another text, in which a quote's words are not there any more."""
    quote = mark("quote", QUOTE)
    text = TEXT.replace("Personne ne savait", "Nul ne savait rien du tout")
    _, left = replace_text(session, article, imported(text, headline="x"))
    assert [m.id for m in left] == [quote.id]
    return quote


def test_a_lost_mark_is_placed_on_the_selection(panel, lost, session, desk):
    unplaced = panel("unplaced")
    assert unplaced.count == 1
    assert "Personne ne savait" in rows(unplaced)[0]
    click_row(unplaced, 0)
    button = unplaced._selected
    assert not button.isEnabled()
    text = desk.data.text
    start = text.index("Nul ne savait")
    desk.set_text_selection(Span(start, start + 13), start)
    assert button.isEnabled()
    button.click()
    assert unplaced.count == 0
    placed = session.get(Quote, lost.id)
    assert placed.anchor.quotation == "Nul ne savait"
    session.undo()
    assert unplaced.count == 1


def test_a_lost_mark_is_deleted(panel, lost, session):
    unplaced = panel("unplaced")
    click_row(unplaced, 0)
    menu_line(unplaced, "Delete")
    assert unplaced.count == 0
    assert session.project.find(Quote) == []


# -- review -----------------------------------------------------------------------------------


@pytest.fixture
def proposals(session, article, at):
    made = [
        Suggestion(f"s{n}", article.id, kind, (at(words),), rule, 0.9 - n / 10, words, (at(words),))
        for n, (kind, words, rule) in enumerate(
            (
                (MarkKind.QUOTE, QUOTE, "quotes.marks@1"),
                (MarkKind.CUE, "a dit", "cues.verb@1"),
                (MarkKind.ACTOR, "Irène Castel", "actors.name@1"),
            )
        )
    ]
    session.commit(ChangeSet("import", tuple(insert(s) for s in made)))
    return made


def decision(session, suggestion):
    return session.get(Suggestion, suggestion.id).decision


def test_the_queue_is_walked_with_keys(panel, proposals, session, desk, revealed):
    review = panel("review")
    assert review.count == 3
    click_row(review, 0)
    assert "cues" not in review._why.text()
    QTest.keyClick(review.list, Qt.Key.Key_Down)
    assert review.list.selected_ids() == ["s1"]
    QTest.keyClick(review.list, Qt.Key.Key_Return)
    assert decision(session, proposals[1]) is Decision.ACCEPTED
    assert [c.anchor.quotation for c in session.project.find(Cue)] == ["a dit"]
    assert review.list.selected_ids() == ["s2"], "the next one is there"
    assert revealed[-1] == proposals[2].spans[0]
    QTest.keyClick(review.list, Qt.Key.Key_Backspace)
    assert decision(session, proposals[2]) is Decision.REJECTED
    assert review.list.selected_ids() == ["s0"], "the queue goes round"
    assert review.count == 1
    session.undo()
    session.undo()
    assert review.count == 3
    assert session.project.find(Cue) == []


def test_another_kind_from_the_menu(panel, proposals, session):
    review = panel("review")
    click_row(review, 1)
    menu_line(review, "Accept as: hedge")
    assert [h.anchor.quotation for h in session.project.find(Hedge)] == ["a dit"]
    assert decision(session, proposals[1]) is Decision.CORRECTED
    assert review.list.selected_ids() == ["s2"], "the next one is there"


def test_all_of_a_rule_from_the_menu_in_one_step(panel, proposals, session, at, article):
    more = replace(
        proposals[2], id="s3", spans=(at("Mme Castel"),), quotation="Mme Castel", score=0.5
    )
    session.commit(ChangeSet("import", (insert(more),)))
    review = panel("review")
    click_row(review, 2)
    menu_line(review, "Reject all 2: actor, actors.name")
    assert review.count == 2
    assert review.list.selected_ids() == ["s0"]
    session.undo()
    assert review.count == 4
    assert review.list.selected_ids() == ["s2"], "what was taken back is in focus again"


def test_without_proposals_the_queue_says_so(panel):
    review = panel("review")
    assert "No proposals" in review.list._empty.text()
    assert not review.legend.isVisible()
    review.review.accept()
    review.review.reject()
    review.review.skip()
    review.review.start()
    review.review.leave()


# -- what cannot be stored ------------------------------------------------------------------------


@pytest.fixture
def read_only(session, mark, tmp_path, qapp):
    """Return a desk that may only read."""
    quote = mark("quote", QUOTE)
    reading = Session(session.project.reader())
    jobs = JobRunner()
    desk = Desk(reading, Settings(tmp_path / "s.json"), load_theme("light"), jobs)
    desk.open_article(quote.article_id)
    yield desk
    jobs.shut_down()
    desk.close()
    reading.close()


def test_a_refused_edit_is_said_and_typed_words_stay(read_only, qtbot):
    sentences = []
    read_only.said.connect(sentences.append)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(370, 700)
    panel = QuotesPanel(read_only)
    panel.setParent(host)
    panel.setGeometry(0, 0, 370, 700)
    host.show()
    click_row(panel, 0)
    choose(panel.inspector, "Kind of quote", "direct")
    assert len(sentences) == 1
    assert panel.inspector.form.editors["kind"].box.currentText() == "unknown"
    write_text(panel.inspector, "Write a note", "à ne pas perdre")
    assert len(sentences) == 2
    assert panel.inspector.form.section("notes").draft.box.words == "à ne pas perdre"


def test_where_a_detail_is_known_from_is_said(panel, article, session, desk):
    session.commit(
        ChangeSet(
            "edit-details",
            (
                update(
                    article,
                    replace(article, origins=(FieldOrigin("headline", "text", Span(0, 10)),)),
                ),
            ),
        )
    )
    details = panel("article")
    press(details, "read in the text")
    write(details, "Outlet", "X")
    assert [w.text() for w in details.findChildren(QLabel, "origin")] == ["typed by a person"]


def test_no_long_word_of_the_file_widens_the_panel(panel, desk, session):
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for name in ("a.docx", f"{'Compte_rendu_' * 9}.docx", "ã" * 120):
        text = f"Un barrage fermé, {len(name)}.\n"
        item = imported(text, name=name, headline="Un barrage", media_type=kind)
        found = import_texts(session, [(item, text.encode())]).added[0]
        desk.open_article(found.id)
        inspector = panel("article").inspector
        assert inspector.widget().minimumSizeHint().width() <= inspector.viewport().width()
