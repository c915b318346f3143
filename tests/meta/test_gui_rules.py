"""House rules of the window that no linter knows."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "annotator"
FILES = sorted(SOURCE.rglob("*.py"))
GUI = [path for path in FILES if "gui" in path.relative_to(SOURCE).parts]
MAX_WINDOW, MAX_FILE = 400, 600


@cache
def _code(path):
    """Return a file without comments and docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                body[0] = ast.Pass()
    return ast.unparse(tree)


def _offenders(pattern, paths, *, but=()):
    return {
        str(path.relative_to(SOURCE)): found
        for path in paths
        if path.name not in but and (found := re.findall(pattern, _code(path)))
    }


def _lines(path):
    return path.read_text("utf-8").count("\n")


def test_the_window_only_wires():
    assert _lines(SOURCE / "gui" / "main_window.py") <= MAX_WINDOW


def test_files_stay_readable():
    assert {p.name: _lines(p) for p in GUI if _lines(p) > MAX_FILE} == {}


def test_untrusted_text_reaches_no_rich_text():
    """Qt's rich text reads local files and network shares named in a document."""
    rich = (
        r"\b(?:setHtml|toHtml|insertHtml|appendHtml|setMarkdown|AutoText|RichText|MarkdownText"
        r"|QTextBrowser|QTextEdit|QMessageBox|TextItem\(html)\b"
    )
    assert _offenders(rich, GUI) == {}


def test_labels_are_plain():
    """A bare ``QLabel(text)`` guesses whether its text is rich; ``plain_label`` does not."""
    assert _offenders(r"\bQLabel\(", GUI, but=("parts.py",)) == {}


def test_nothing_blocks_or_reenters():
    assert _offenders(r"\b(?:processEvents|waitForFinished)\b|time\.sleep", GUI) == {}


def test_one_module_has_the_threads():
    threads = r"\b(?:QThread|QThreadPool|QRunnable|QtConcurrent|Thread|ThreadPoolExecutor)\b"
    assert _offenders(threads, GUI, but=("qt_jobs.py",)) == {}


def test_keys_are_in_the_table():
    """Keys in a switch are invisible to menus and people; only what is moved in has its own."""
    paths = [p for p in GUI if not {"article", "plots", "widgets"} & set(p.parts)]
    assert _offenders(r"def keyPressEvent\(", paths) == {}


def test_colours_are_in_the_themes():
    assert _offenders(r"#[0-9a-fA-F]{6}\b", GUI) == {}
