"""The command line, through its one door."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator import i18n
from annotator.app.session import Session
from annotator.cli import main
from annotator.cli.codes import Exit
from annotator.cli.run import GROUPS
from annotator.model.vocabulary import MarkKind
from annotator.store import Project
from annotator.suggest import Engine
from helpers.packs import wheel
from helpers.reviewers import add, dispatches, review

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = [name for group in GROUPS.values() for name in group]


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("ANNOTATOR_LANG", "en")
    yield
    i18n.set_language("en")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder)]) == 0
    return folder / "sample.annotator"


@pytest.fixture
def run(capsys):
    def call(*arguments):
        code = main([str(a) for a in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def as_json(run, *arguments, code=0):
    found, out, _ = run(*arguments, "--json")
    assert found == code, out
    return json.loads(out)


def first_article(run, project, words):
    rows = as_json(run, "list", project)["articles"]
    return next(row for row in rows if words in row["headline"])


def test_version_says_which(run):
    for flag in ("--version", "-V"):
        code, out, _ = run(flag)
        assert (code, out) == (0, f"annotator-cli {annotator.__version__}\n")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_help_names_every_command(run, lang):
    code, out, _ = run("--lang", lang, "--help")
    assert code == 0
    for name in COMMANDS:
        assert f"  {name} " in out
    assert "cli." not in out


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_with_examples(run, name, lang):
    code, out, _ = run("--lang", lang, name, "--help")
    assert code == 0
    assert f"annotator-cli {name} " in out.split("\n", 2)[2]
    assert "cli." not in out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_manual_has_every_command_and_option(run, name):
    manual = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert f"## `{name}`" in manual
    _, out, _ = run(name, "--help")
    section = manual.split(f"## `{name}`")[1].split("\n## ")[0]
    section += manual.split("## Everywhere")[1].split("\n## ")[0]
    options = set(re.findall(r"--[a-z][a-z-]*", out)) - {"--help"}
    assert {word for word in options if word not in section} == set()


def test_the_manual_has_every_exit_code_format_and_csv_column():
    from annotator.exporters import EXPORTERS
    from annotator.exporters.csv_marks import COLUMNS

    manual = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for code in Exit:
        assert f"| {code.value} |" in manual
    for exporter in EXPORTERS:
        assert f"| `{exporter.id}` |" in manual
    for column in COLUMNS:
        assert f"`{column}`" in manual


# -- working on a project ---------------------------------------------------------------------


def test_import_makes_the_project_and_lists_what_it_did(run, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "one.txt").write_text("Le maire a dit non. « Jamais », a-t-il ajouté.", "utf-8")
    (inbox / "two.txt").write_text("The mayor said no.", "utf-8")
    (inbox / "empty.txt").write_bytes(b"")
    project = tmp_path / "p.annotator"
    found = as_json(run, "import", project, inbox)
    assert {Path(a["file"]).name for a in found["added"]} == {"one.txt", "two.txt"}
    assert [r["file"] for r in found["refused"]] == ["empty.txt"]
    assert found["refused"][0]["error"]
    assert found["refused"][0]["message"].endswith(".")
    again = as_json(run, "import", project, inbox)
    assert len(again["duplicates"]) == 2
    assert again["added"] == []
    assert len(as_json(run, "list", project)["articles"]) == 2


def test_import_fails_when_nothing_could_be_taken(run, tmp_path):
    code, out, err = run("import", tmp_path / "p.annotator", tmp_path / "missing.txt")
    assert code == Exit.CANNOT
    assert "missing.txt" in err
    assert "Traceback" not in out + err


def test_strict_import_fails_on_one_refusal(run, tmp_path):
    (tmp_path / "a.txt").write_text("Un texte.", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    assert run("import", tmp_path / "p.annotator", *files)[0] == 0
    assert run("import", tmp_path / "q.annotator", *files, "--strict")[0] == Exit.CANNOT


def test_project_json_goes_out_and_comes_back(run, demo, tmp_path):
    one, two, copy = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "copy.annotator"
    assert run("export", demo, "--format", "json", "--out", one)[0] == 0
    found = as_json(run, "import", copy, one)
    assert len(found["added"]) == 6
    assert run("export", copy, "--format", "json", "--out", two)[0] == 0
    assert one.read_bytes() == two.read_bytes()
    assert run("check", copy)[0] == 0


def test_list_and_show_tell_the_same(run, demo):
    row = first_article(run, demo, "barrage")
    tree = as_json(run, "show", demo, row["id"])
    assert tree["article"]["id"] == row["id"]
    kinds = [m["mark"] for m in tree["marks"]]
    assert kinds.count("quote") == row["quotes"]
    assert kinds.count("claim") == row["claims"]
    assert len(tree["sources"]) == row["sources"]
    assert tree["distinct_sources"] == sorted(tree["distinct_sources"])
    for mark in tree["marks"]:
        for start, end in mark["spans"]:
            assert tree["text"][start:end] in mark["anchor"]["quotation"]


def test_show_takes_words_of_the_headline_or_the_beginning_of_an_id(run, demo):
    row = first_article(run, demo, "barrage")
    by_words = run("show", demo, "barrage de verne")
    by_prefix = run("show", demo, row["id"][:8])
    assert by_words == by_prefix
    assert row["headline"] in by_words[1]
    assert "[C1]" in by_words[1]


def test_show_says_when_nothing_or_too_much_fits(run, demo):
    assert as_json(run, "show", demo, "zzzz", code=1)["error"]["id"] == "article-unknown"
    assert as_json(run, "show", demo, "e", code=1)["error"]["id"] == "article-several"


def test_undo_and_redo_across_runs(run, tmp_path):
    (tmp_path / "a.txt").write_text("Un texte.", "utf-8")
    project = tmp_path / "p.annotator"
    run("import", project, tmp_path / "a.txt")
    undone = as_json(run, "undo", project)
    assert undone["done"]
    assert undone["name"]
    assert as_json(run, "list", project)["total"] == 0
    assert as_json(run, "redo", project)["done"]
    assert as_json(run, "list", project)["total"] == 1
    code, _, err = run("redo", project)
    assert code == Exit.CANNOT
    assert err == "There is nothing to redo.\n"


def test_check_finds_nothing_wrong_with_the_samples(run, demo):
    found = as_json(run, "check", demo)
    assert found["ok"]
    assert (found["articles"], found["problems"]) == (6, [])


def test_check_says_damage(run, demo, tmp_path):
    data = bytearray(demo.read_bytes())
    at = data.index(b"La remise en eau")
    data[at : at + 2] = b"LE"
    hurt = tmp_path / "hurt.annotator"
    hurt.write_bytes(data)
    code, out, err = run("check", hurt)
    assert code == Exit.DAMAGED
    assert err
    assert "Traceback" not in out + err


@pytest.mark.parametrize("command", ["list", "check", "undo"])
def test_what_is_no_project_is_said(run, tmp_path, command):
    (tmp_path / "text.txt").write_text("no database", "utf-8")
    (tmp_path / "empty").write_bytes(b"")
    for name in ("missing", "text.txt", "empty"):
        code, out, err = run(command, tmp_path / name)
        assert code in (Exit.CANNOT, Exit.DAMAGED)
        assert err.count("\n") == 1
        assert "Traceback" not in out + err


def test_reading_works_while_somebody_writes(run, demo):
    from annotator.store import Project

    with Project.open(demo):
        assert run("list", demo)[0] == 0
        code, _, err = run("undo", demo)
        assert code == Exit.CANNOT
        assert "another window" in err


# -- handing out ------------------------------------------------------------------------------


def test_export_says_what_it_wrote_and_what_it_left_out(run, demo, tmp_path):
    out = tmp_path / "a.csv"
    found = as_json(run, "export", demo, "--format", "csv", "--out", out)
    assert found["bytes"] == out.stat().st_size
    assert found["level"] == "redacted"
    assert [loss["id"] for loss in found["losses"]] == ["table"]
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert len({row["article_id"] for row in rows}) == 6


def test_export_of_one_article(run, demo, tmp_path):
    out = tmp_path / "a.html"
    arguments = ["--format", "html", "--article", "barrage de Verne", "--lang", "fr"]
    assert run("export", demo, *arguments, "--out", out)[0] == 0
    page = out.read_text("utf-8")
    assert '<html lang="fr">' in page
    assert "Audit des sources" in page


def test_dry_run_writes_nothing(run, demo, tmp_path):
    out = tmp_path / "a.csv"
    found = as_json(run, "export", demo, "--format", "csv", "--out", out, "--dry-run")
    assert found["losses"]
    assert not out.exists()


def test_export_into_a_missing_folder_is_said(run, demo, tmp_path):
    found = as_json(
        run, "export", demo, "--format", "csv", "--out", tmp_path / "no" / "a.csv", code=1
    )
    assert found["error"]["id"] == "export-no-folder"


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "article"])
@pytest.mark.parametrize("format_id", ["csv", "json", "gexf", "graphml", "pajek"])
def test_graph_in_every_unit_and_format(run, demo, tmp_path, unit, format_id):
    out = tmp_path / "graph"
    found = as_json(run, "graph", demo, "--unit", unit, "--format", format_id, "--out", out)
    assert found["actors"] > 10
    assert found["pairs"] > 5
    assert out.stat().st_size == found["bytes"]


def test_audit_stops_on_a_blocking_rule(run, demo):
    code, out, _ = run("audit", demo, "--pack", "reuters", "--json")
    found = json.loads(out)
    assert found["blocking"] == sum(a["blocking"] for a in found["articles"])
    assert code == (Exit.BLOCKED if found["blocking"] else Exit.DONE)
    for article in found["articles"]:
        assert article["distinct_sources"] == sorted(article["distinct_sources"])
        for finding in article["findings"]:
            assert finding["severity"] in ("blocking", "warning", "advice")
            assert finding["title"]
    codes = {
        pack: run("audit", demo, "--pack", pack)[0] for pack in ("ap", "reuters", "bbc", "own")
    }
    assert Exit.BLOCKED in codes.values()


def test_audit_speaks_the_language_asked_for(run, demo):
    _, out, _ = run("audit", demo, "--article", "barrage", "--lang", "fr")
    assert "Sources distinctes" in out


def test_worksheet_goes_out_and_comes_back(run, demo, tmp_path):
    project = tmp_path / "p.annotator"
    run("export", demo, "--format", "json", "--out", tmp_path / "p.json")
    run("import", project, tmp_path / "p.json")
    for name in ("sheet.xlsx", "sheet.docx"):
        out = tmp_path / name
        written = as_json(run, "worksheet", project, "--out", out)
        read = as_json(run, "worksheet", project, "--read", out)
        assert read["same"] == written["claims"] > 20
        assert (read["changed"], read["conflicts"], read["problems"]) == (0, [], [])
    assert run("worksheet", project)[0] == Exit.USAGE


@pytest.mark.parametrize("format_id", ["w3c", "brat", "cas-xmi", "refi-qda", "corpus"])
def test_marks_go_out_and_come_back(run, demo, tmp_path, format_id):
    out = tmp_path / "marks"
    arguments = ["--format", format_id, "--redact", "internal", "--out", out]
    assert run("export", demo, *arguments)[0] == 0
    found = as_json(run, "import-annotations", tmp_path / "p.annotator", out, code=1)
    assert found["error"]["id"] == "project-missing"
    (tmp_path / "a.txt").write_text("Un texte.", "utf-8")
    run("import", tmp_path / "p.annotator", tmp_path / "a.txt")
    found = as_json(run, "import-annotations", tmp_path / "p.annotator", out)
    assert len(found["articles"]) == 6
    assert found["problems"] == []
    assert as_json(run, "list", tmp_path / "p.annotator")["total"] == 7
    assert run("check", tmp_path / "p.annotator")[0] == 0


# -- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["list"],
        ["export", "x"],
        ["export", "x", "--format", "nonsense", "--out", "y"],
        ["graph", "x", "--format", "csv", "--out", "y", "--unit", "page"],
        ["graph", "x", "--format", "csv", "--out", "y", "--min-weight", "many"],
        ["list", "x", "--nonsense"],
        ["list", "x", "y"],
    ],
)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_misuse_is_one_sentence(run, arguments, lang):
    code, out, err = run("--lang", lang, *arguments)
    assert code == Exit.USAGE
    assert out == ""
    assert err.count("\n") == 1
    assert "--help" in err
    assert "cli." not in err.replace("annotator-cli", "")


def test_a_mistake_of_ours_is_a_sentence_without_contents(run, monkeypatch, demo):
    from annotator.cli import list_articles

    def fail(*_args, **_kwargs):
        raise KeyError("secret name")

    monkeypatch.setattr(list_articles, "reading", fail)
    code, out, err = run("list", demo)
    assert code == Exit.BUG
    assert "secret" not in out + err
    assert "KeyError" in err


def test_terminal_is_not_obeyed(run, tmp_path):
    (tmp_path / "a.txt").write_text("\x1b[31mRouge\x07\u202e\n\nTexte.", "utf-8")
    project = tmp_path / "p.annotator"
    for arguments in (("import", project, tmp_path / "a.txt"), ("list", project)):
        for extra in ([], ["--json"]):
            _, out, err = run(*arguments, *extra)
            assert not set(out + err) & set("\x1b\x07\u202e")


# -- without Qt -------------------------------------------------------------------------------

_NO_QT = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Refuse())
from annotator.cli import main
sys.exit(main(sys.argv[1:]))
"""


def without_qt(*arguments):
    return subprocess.run(
        [sys.executable, "-c", _NO_QT, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "ANNOTATOR_LANG": "en"},
    )


def test_works_without_qt(tmp_path):
    assert without_qt("--version").returncode == 0
    assert without_qt("--help").returncode == 0
    assert without_qt("demo", tmp_path).returncode == 0
    project = tmp_path / "sample.annotator"
    out = tmp_path / "a.json"
    assert without_qt("export", project, "--format", "json", "--out", out).returncode == 0
    assert without_qt("graph", project, "--format", "csv", "--out", out).returncode == 0
    done = without_qt("screenshot", project, "--out", tmp_path / "a.png")
    assert done.returncode == Exit.CANNOT
    assert "Qt" not in done.stdout
    assert done.stderr.count("\n") == 1


def test_overview_imports_no_command():
    code = (
        "import sys; from annotator.cli import main; main(['--help']);"
        "print([m for m in sys.modules if m.startswith('annotator.store')"
        " or m in ('numpy', 'lxml', 'jinja2', 'annotator.cli.export')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.stdout.splitlines()[-1] == "[]"


# -- reading texts ----------------------------------------------------------------------------


def test_text_shows_what_an_importer_sees(run, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(
        "<html lang=fr><head><title>Le pont fermera</title></head><body><nav>Menu</nav>"
        "<article><h1>Le pont fermera</h1><p>Le pont fermera en mai, a dit la ville.</p>"
        "<p>Les travaux dureront un an, selon elle.</p></article></body></html>",
        "utf-8",
    )
    code, out, _ = run("text", file, "--json")
    assert code == 0
    (seen,) = [json.loads(line) for line in out.splitlines()]
    assert "a dit la ville" in seen["text"]
    assert seen["metadata"]["headline"]["value"] == "Le pont fermera"
    for start, end in seen["mask"]:
        assert 0 <= start < end <= len(seen["text"])
    assert run("text", tmp_path / "missing")[0] == Exit.CANNOT


def test_suggest_writes_the_corpus_form_and_names_bad_lines(run, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    article = {"id": "a", "lang": "fr", "text": "« Le pont fermera », a dit Ada Brenn."}
    source.write_text(f"{json.dumps(article)}\nnonsense\n{json.dumps(article)}\n", "utf-8")
    found = as_json(run, "suggest", "--in", source, "--out", target)
    assert found["articles"] == 2
    assert [s["line"] for s in found["skipped"]] == [2]
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert {"spans", "relations"} <= lines[0].keys()
    assert lines[0] == lines[1]
    for span in lines[0]["spans"]:
        assert 0 <= span["start"] < span["end"] <= len(article["text"])
    measured = as_json(run, "evaluate", target)
    assert {row["measure"] for row in measured["rows"]} >= {"content"}


def test_suggest_wants_a_project_or_two_files(run, tmp_path):
    for arguments in ([], ["--in", "x"], ["p", "--in", "x", "--out", "y"]):
        code, _, err = run("suggest", *arguments)
        assert code == Exit.USAGE
        assert "--in" in err


def test_learn_measures_what_it_learned_and_goes_back(run, tmp_path):
    project = tmp_path / "p.annotator"
    session = Session(Project.create(project))
    golds = dispatches(6)
    engine = Engine.load()
    for article_id, gold in zip(add(session, golds), golds, strict=True):
        review(session, article_id, gold, engine, leave={MarkKind.HEDGE})
    session.close()
    learned = as_json(run, "learn", project)
    assert learned["articles"] == 6
    assert learned["decisions"] > 100
    assert learned["gain"]["loss_after"] < learned["gain"]["loss_before"]
    assert (learned["on"], learned["factory"]) == (True, False)
    code, out, _ = run("learn", project)
    assert code == 0
    assert f"Learned from {learned['decisions']} decisions in 6 articles" in out
    with Project.open(project, read_only=True) as opened:
        kept = json.loads(opened.setting("learned"))
    exported = tmp_path / "p.json"
    assert run("export", project, "--format", "json", "--out", exported)[0] == 0
    assert not any(name in exported.read_text("utf-8") for name in kept["firsts"])
    assert '"learned"' not in exported.read_text("utf-8")
    reset = as_json(run, "learn", project, "--reset")
    assert (reset["on"], reset["factory"]) == (False, True)
    assert "Factory state" in run("learn", project, "--reset")[1]


def test_learn_says_when_there_is_too_little(run, tmp_path):
    project = tmp_path / "p.annotator"
    Project.create(project).close()
    found = as_json(run, "learn", project)
    assert (found["on"], found["gain"], found["decisions"]) == (False, None, 0)
    assert "Nothing is learned yet" in run("learn", project)[1]


# -- the same story again ---------------------------------------------------------------------

_STORY = (
    "The council of Verne voted on Tuesday to close the old dam road until the engineers have "
    "looked at every pillar. Mayor Ada Lind said the closure would last at least six weeks and "
    "that buses would run along the northern shore. A spokesman for the utility said the turbines "
    "were not affected, and that water levels had been normal since the spring."
)


def test_duplicates_are_grouped_with_the_earliest_first(run, tmp_path):
    rained = "Nothing of the sort happened in the other valley, where it rained all day."
    longer = f"From our own desk. {_STORY} More to come."
    rows = [
        {"text": longer, "headline": "B", "date": "2031-03-05"},
        {"text": _STORY, "headline": "A", "date": "2031-03-04"},
        {"text": rained, "headline": "C"},
    ]
    table = tmp_path / "rows.jsonl"
    table.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    project = tmp_path / "p.annotator"
    as_json(run, "import", project, table)
    groups = as_json(run, "duplicates", project)["groups"]
    assert [[copy["headline"] for copy in group] for group in groups] == [["A", "B"]]
    assert groups[0][0]["shared"] == 1.0
    assert groups[0][1]["shared"] > 0.8
    code, out, _ = run("duplicates", project)
    assert code == 0
    assert "1 story (articles: 2)." in out


def test_duplicates_says_when_there_are_none(run, demo):
    assert as_json(run, "duplicates", demo) == {"groups": []}
    assert run("duplicates", demo)[1].strip() == "No article tells the story of another."


# -- columns of a table -----------------------------------------------------------------------


def _table_of(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text('nr,"Über, Text",what\n1,The mayor said no.,A vote\n', "utf-8")
    return table


@pytest.mark.parametrize(
    "maps",
    [
        ["--map", "text=Über, Text,headline=what"],
        ["--map", "headline=what", "--map", "text=Über, Text"],
    ],
)
def test_columns_can_be_named(run, tmp_path, maps):
    found = as_json(run, "import", tmp_path / "p.annotator", _table_of(tmp_path), *maps)
    assert [a["headline"] for a in found["added"]] == ["A vote"]


def test_a_table_without_the_column_is_refused_by_name(run, tmp_path):
    project = tmp_path / "p.annotator"
    code, _, said = run(
        "import", project, _table_of(tmp_path), "--map", "text=Über, Text,headline=wat"
    )
    assert code == Exit.CANNOT
    assert "no column “wat”" in said
    assert "nr, Über, Text, what" in said


@pytest.mark.parametrize("wrong", ["text", "text=", "colour=red", "headline=what"])
def test_a_mapping_that_says_nothing_is_told_so(run, tmp_path, wrong):
    code, _, said = run("import", tmp_path / "p.annotator", _table_of(tmp_path), "--map", wrong)
    assert code == Exit.USAGE
    assert "FIELD=COLUMN" in said
    assert not (tmp_path / "p.annotator").exists()


def test_a_damaged_project_is_restored_or_saved(demo, run, tmp_path):
    demo_copy = Path(shutil.copy(demo, tmp_path / "dam.annotator"))
    with Project.open(demo_copy) as project:
        project.backup()
        count = project.article_count()
    content = bytearray(demo_copy.read_bytes())
    for page in range(60, len(content) // 4096, 3):
        content[page * 4096 : (page + 1) * 4096] = os.urandom(4096)
    demo_copy.write_bytes(content)
    assert run("list", demo_copy)[0] == Exit.DAMAGED
    restored = as_json(run, "restore", demo_copy)["project"]
    with Project.open(Path(restored)) as project:
        assert project.article_count() == count
    saved = demo_copy.with_name("rest.annotator")
    assert "rest.annotator" in run("salvage", demo_copy, "--out", saved)[1]
    with Project.open(saved) as project:
        assert 0 < project.article_count() <= count
    assert demo_copy.read_bytes() == bytes(content)
    code, _, said = run("restore", saved)
    assert (code, "no backup" in said) == (Exit.CANNOT, True)


# -- language packs -------------------------------------------------------------------------------


def test_packs_are_listed_added_when_trusted_and_removed(run, tmp_path):
    found = as_json(run, "packs")
    assert found["installed"] == []
    assert {pack["language"] for pack in found["known"]} == {"en", "fr"}
    file = tmp_path / "try.whl"
    file.write_bytes(wheel())
    refused = as_json(run, "packs", "add", file, code=Exit.CANNOT)
    assert refused["error"]["id"] == "pack-not-known"
    digest = re.search(r"[0-9a-f]{64}", refused["error"]["message"])
    assert digest is not None
    added = as_json(run, "packs", "add", file, "--trust", digest[0])
    assert (added["id"], added["official"]) == ("fr_try_news_sm-1.2.3", False)
    code, out, _ = run("packs")
    assert code == Exit.DONE
    assert "fr_try_news_sm-1.2.3" in out
    assert run("packs", "remove", "fr_try_news_sm")[0] == Exit.DONE
    assert as_json(run, "packs")["installed"] == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("packs", "list", "x"), Exit.USAGE, "not understood"),
        (("packs", "add"), Exit.USAGE, "not understood"),
        (("packs", "remove", "x", "--trust", "y"), Exit.USAGE, "not understood"),
        (("packs", "fetch", "nothing"), Exit.CANNOT, "Known are: fr_core_news_sm"),
        (("packs", "remove", "nothing"), Exit.CANNOT, "Nothing was removed"),
        (("packs", "add", "nothing.whl"), Exit.CANNOT, "Nothing was installed"),
        (("suggest", "p", "--pack"), Exit.CANNOT, "No language pack is installed"),
    ],
)
def test_what_packs_cannot_do_is_a_sentence(run, arguments, code, words):
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert words in err
