"""Everything a person can do, in one table.

Menus, shortcuts, the context menu, the command palette, the help overlay and the tests follow from
``ACTIONS``. The text of an action is ``actions.do.<id>`` in the catalogue; what it does is a method
of a controller, named ``controller.method``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from annotator.gui.mark_keys import (
    ARROW_KEYS,
    ATTRIBUTE_KEY,
    DELETE_KEYS,
    EDGE_KEYS,
    JOIN_KEY,
    KIND_KEY,
    MARK_KEYS,
    PALETTE_KEYS,
    RARE_KEYS,
    REVIEW_KEYS,
)
from annotator.gui.panels import PANELS
from annotator.model.vocabulary import MarkKind


class Menu(StrEnum):
    """Where an action stands in the menus, in this order."""

    PROJECT = "project"
    EDIT = "edit"
    MARK = "mark"
    LINK = "link"
    REVIEW = "review"
    GO = "go"
    VIEW = "view"
    REPORT = "report"
    HELP = "help"


class Need(StrEnum):
    """What must be there for an action to make sense."""

    NOTHING = "nothing"
    PROJECT = "project"
    WRITABLE = "writable project"
    ARTICLE = "article"
    MARKING = "article in a writable project"
    MARK = "selected mark"
    CONTENT = "selected quote or claim"
    NAME = "selected source mention or actor mention"
    EITHER = "selected mark or proposal"
    SOURCED = "selected quote or claim, or proposal"
    PROPOSAL = "selected proposal"
    REVIEW = "a review that goes on"
    EDGES = "the edges of a proposal being moved"
    UNDO = "something to undo"
    REDO = "something to redo"


class Scope(StrEnum):
    """Where the shortcut is heard.

    Everywhere in the window, only while reading (and in what floats over the text), or by the text
    alone: the keys of a review are plain ones, which what floats over it needs itself.
    """

    WINDOW = "window"
    TEXT = "text"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Situation:
    """Hold what decides which actions are enabled."""

    project: bool = False
    writable: bool = False
    article: bool = False
    kinds: frozenset[MarkKind] = frozenset()
    proposed: frozenset[MarkKind] = frozenset()
    reviewing: bool = False
    edging: bool = False
    can_undo: bool = False
    can_redo: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """Describe one thing a person can do.

    ``shortcuts`` are Qt's portable names, the first one is shown; ``group`` parts a menu with
    hairlines; ``argument`` is passed to the handler if it is not empty; ``text`` is the id of the
    action's text where it is not its own.
    """

    id: str
    handler: str
    shortcuts: tuple[str, ...] = ()
    menu: Menu | None = None
    group: int = 0
    need: Need = Need.NOTHING
    scope: Scope = Scope.WINDOW
    argument: str = ""
    text: str = ""
    in_palette: bool = True
    checkable: bool = False

    @property
    def text_id(self) -> str:
        """Return the id of the action's text."""
        return self.text or f"actions.do.{self.id}"

    def is_enabled(self, now: Situation) -> bool:
        """Say whether the action makes sense in a situation."""
        marking = now.article and now.writable
        return {
            Need.NOTHING: True,
            Need.PROJECT: now.project,
            Need.WRITABLE: now.project and now.writable,
            Need.ARTICLE: now.article,
            Need.MARKING: marking,
            Need.MARK: marking and bool(now.kinds),
            Need.CONTENT: marking and bool(now.kinds & _CONTENT),
            Need.NAME: marking and bool((now.kinds | now.proposed) & _NAMES),
            Need.EITHER: marking and bool(now.kinds or now.proposed),
            Need.SOURCED: marking and bool(now.kinds & _CONTENT or now.proposed),
            Need.PROPOSAL: marking and bool(now.proposed),
            Need.REVIEW: marking and now.reviewing,
            Need.EDGES: marking and now.edging,
            Need.UNDO: now.writable and now.can_undo,
            Need.REDO: now.writable and now.can_redo,
        }[self.need]


_DIGITS = 9
_CONTENT = frozenset({MarkKind.QUOTE, MarkKind.CLAIM})
_NAMES = frozenset({MarkKind.SOURCE, MarkKind.ACTOR})


def _project() -> tuple[Action, ...]:
    menu = Menu.PROJECT
    return (
        Action("project.new", "projects.new_project", ("Ctrl+N",), menu),
        Action("project.open", "projects.open_project", ("Ctrl+O",), menu),
        Action("project.sample", "projects.open_sample", (), menu),
        Action("articles.import", "imports.import_files", ("Ctrl+I",), menu, 1),
        Action("articles.folder", "imports.import_folder", (), menu, 1),
        Action("articles.table", "imports.import_table", (), menu, 1, Need.WRITABLE),
        Action("articles.split", "imports.split_file", (), menu, 1, Need.WRITABLE),
        Action("articles.paste", "imports.paste_article", ("Ctrl+Shift+V",), menu, 1),
        Action("bring.project", "imports.bring_project", (), menu, 1, Need.WRITABLE),
        Action("bring.marks", "imports.bring_marks", (), menu, 1, Need.WRITABLE),
        Action("bring.sheet", "imports.bring_sheet", (), menu, 1, Need.WRITABLE),
        Action("articles.reviewed", "imports.toggle_reviewed", (), menu, 2, Need.MARKING),
        Action("stories.show", "imports.show_stories", (), menu, 2, Need.PROJECT),
        Action("article.version", "imports.choose_earlier", (), menu, 2, Need.MARKING),
        Action("article.charset", "imports.change_charset", (), menu, 2, Need.MARKING),
        Action("article.delete", "imports.delete_article", (), menu, 2, Need.MARKING),
        Action("project.backup", "projects.back_up", (), menu, 3, Need.WRITABLE),
        Action("project.check", "projects.check", (), menu, 3, Need.PROJECT),
        Action("project.close", "projects.close_project", ("Ctrl+W",), menu, 3, Need.PROJECT),
        Action("settings", "appearance.show_settings", ("Ctrl+,",), menu, 4),
        Action("packs", "appearance.show_packs", (), menu, 4),
        Action("quit", "projects.quit", ("Ctrl+Q",), menu, 4),
    )


def _edit() -> tuple[Action, ...]:
    menu = Menu.EDIT
    return (
        Action("undo", "history.undo", ("Ctrl+Z",), menu, 0, Need.UNDO),
        Action("redo", "history.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), menu, 0, Need.REDO),
        Action("find", "navigation.find", ("Ctrl+F",), menu, 1, Need.ARTICLE),
        Action("find.next", "navigation.next_hit", ("F3", "Ctrl+G"), menu, 1, Need.ARTICLE),
        Action(
            "find.previous",
            "navigation.previous_hit",
            ("Shift+F3", "Ctrl+Shift+G"),
            menu,
            1,
            Need.ARTICLE,
        ),
        Action("search", "navigation.search", ("Ctrl+Shift+F",), menu, 1, Need.PROJECT),
        Action("palette", "navigation.show_palette", (PALETTE_KEYS,), menu, 1, in_palette=False),
    )


def _text(
    action_id: str, handler: str, key: str, group: int, need: Need, argument: str = ""
) -> Action:
    """Make an action of the marking keys: heard only while reading."""
    menu = Menu.LINK if handler.startswith("linking.") else Menu.MARK
    keys = tuple(key.split(" "))
    return Action(action_id, handler, keys, menu, group, need, Scope.TEXT, argument)


def _mark() -> tuple[Action, ...]:
    marking, mark, either = Need.MARKING, Need.MARK, Need.EITHER
    return (
        *(
            _text(f"mark.{kind}", "marking.mark", key, 0, marking, kind)
            for kind, key in (MARK_KEYS | RARE_KEYS).items()
        ),
        *(
            _text(f"fragment.{kind}", "marking.add_fragment", f"Shift+{key}", 1, marking, kind)
            for kind, key in MARK_KEYS.items()
        ),
        *(
            _text(f"edge.{name}", "marking.move_edge", key, 2, either, name)
            for name, key in EDGE_KEYS.items()
        ),
        _text("kind", "marking.choose_kind", KIND_KEY, 3, either),
        _text("split", "marking.split", "/", 3, mark),
        _text("delete", "marking.delete", DELETE_KEYS, 3, either),
        _text("furniture", "marking.mask", "F", 4, marking),
        _text("furniture.always", "imports.always_mask", "Shift+F", 4, marking),
        _text("note", "marking.add_note", "N", 4, marking),
        replace(_text("reviewed", "marking.toggle_reviewed", "R", 4, marking), checkable=True),
    )


def _review_key(
    name: str, handler: str, need: Need = Need.PROPOSAL, argument: str = "", keys: str = ""
) -> Action:
    """Make an action of a review: heard by the text while a proposal is in focus."""
    return Action(
        f"review.{name}",
        f"reviewing.{handler}",
        tuple((keys or REVIEW_KEYS[name]).split(" ")),
        Menu.REVIEW,
        1,
        need,
        Scope.REVIEW,
        argument,
    )


def _review() -> tuple[Action, ...]:
    menu, key, going = Menu.REVIEW, _review_key, Need.REVIEW
    return (
        Action("propose.article", "proposals.ask", ("Ctrl+J",), menu, 0, Need.MARKING),
        Action("propose.project", "proposals.ask_project", (), menu, 0, Need.WRITABLE),
        replace(key("start", "start", Need.MARKING, keys="P"), group=0),
        key("accept", "accept"),
        key("reject", "reject"),
        key("next", "skip", going, "1"),
        key("previous", "skip", going, "-1"),
        key("accept_alike", "accept_alike"),
        key("reject_alike", "reject_alike"),
        key("edges", "edit_edges"),
        *(
            key(f"edge.{name}", "move_edge", Need.EDGES, name, keys)
            for name, keys in ARROW_KEYS.items()
        ),
        key("why", "why"),
        key("leave", "leave", going),
    )


def _link() -> tuple[Action, ...]:
    return (
        _text("attribute", "linking.attribute", ATTRIBUTE_KEY, 0, Need.SOURCED),
        _text("detach", "linking.detach", "Shift+L", 0, Need.CONTENT),
        _text("join", "linking.join", JOIN_KEY, 1, Need.NAME),
    )


def _go() -> tuple[Action, ...]:
    menu, article, project = Menu.GO, Need.ARTICLE, Need.PROJECT
    return (
        Action("article.next", "navigation.next_article", ("Ctrl+PgDown",), menu, 0, project),
        Action("article.previous", "navigation.previous_article", ("Ctrl+PgUp",), menu, 0, project),
        Action("mark.next", "navigation.next_mark", ("Alt+Down",), menu, 1, article),
        Action("mark.previous", "navigation.previous_mark", ("Alt+Up",), menu, 1, article),
        Action("mark.cycle", "navigation.cycle_marks", ("M",), menu, 1, article, Scope.TEXT),
        Action("pane.next", "navigation.next_pane", ("F6",), menu, 2, project),
        Action("pane.text", "navigation.focus_text", ("Ctrl+T",), menu, 2, article),
        Action("pane.inspector", "navigation.focus_inspector", ("Ctrl+E",), menu, 2, article),
    )


def _view() -> tuple[Action, ...]:
    menu = Menu.VIEW
    return (
        Action("zoom.in", "appearance.zoom_in", ("Ctrl++", "Ctrl+="), menu),
        Action("zoom.out", "appearance.zoom_out", ("Ctrl+-",), menu),
        Action("zoom.reset", "appearance.zoom_reset", ("Ctrl+0",), menu),
        Action(
            "view.library", "appearance.show_library", ("Ctrl+Shift+L",), menu, 1, checkable=True
        ),
        Action("view.panels", "appearance.show_panels", ("Ctrl+Shift+P",), menu, 1, checkable=True),
        Action("view.plot", "appearance.show_plot", ("Ctrl+Shift+M",), menu, 1, checkable=True),
        Action(
            "view.plot.large",
            "appearance.enlarge_plot",
            ("F9",),
            menu,
            1,
            Need.PROJECT,
            checkable=True,
        ),
        Action("view.theme", "appearance.switch_theme", ("Ctrl+Shift+T",), menu, 2),
        Action("view.full", "appearance.full_screen", ("F11",), menu, 2, checkable=True),
    )


def _panels() -> tuple[Action, ...]:
    """Give each panel of the table a key: Ctrl and its place."""
    return tuple(
        Action(
            f"panel.{spec.id}",
            "navigation.show_panel",
            (f"Ctrl+{place}",) if place <= _DIGITS else (),
            Menu.VIEW,
            3,
            Need.PROJECT,
            argument=spec.id,
            text=spec.title_id,
        )
        for place, spec in enumerate(sorted(PANELS, key=lambda spec: spec.order), 1)
    )


def _report() -> tuple[Action, ...]:
    menu = Menu.REPORT
    return (
        Action("report.preview", "reports.preview", ("Ctrl+P",), menu, 0, Need.ARTICLE),
        Action("report.export", "reports.export", ("Ctrl+Shift+E",), menu, 0, Need.PROJECT),
        Action("report.dashboard", "reports.dashboard", ("Ctrl+Shift+D",), menu, 1, Need.PROJECT),
    )


def _help() -> tuple[Action, ...]:
    return (
        Action("help.keys", "navigation.show_keys", ("F1", "?"), Menu.HELP),
        Action("help.about", "appearance.show_about", (), Menu.HELP),
    )


ACTIONS: tuple[Action, ...] = (
    *_project(),
    *_edit(),
    *_mark(),
    *_link(),
    *_review(),
    *_go(),
    *_view(),
    *_panels(),
    *_report(),
    *_help(),
)


#: The context menu of the text: ids in groups.
CONTEXT_MENU: tuple[tuple[str, ...], ...] = (
    tuple(f"mark.{kind}" for kind in (MARK_KEYS | RARE_KEYS)),
    ("attribute", "detach", "join"),
    ("kind", "split", "delete"),
    ("note", "furniture", "furniture.always", "find"),
)

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}
