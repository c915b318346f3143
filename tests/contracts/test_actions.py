"""The table of actions: everything that follows from it holds for each of its rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from annotator.gui.actions import ACTIONS, BY_ID, CONTEXT_MENU, Menu, Need, Scope, Situation
from annotator.gui.appearance import Appearance
from annotator.gui.history import History
from annotator.gui.imports import Imports
from annotator.gui.linking import Linking
from annotator.gui.marking import Marking
from annotator.gui.navigation import Navigation
from annotator.gui.panels import PANELS
from annotator.gui.projects import Projects
from annotator.gui.proposals import Proposals
from annotator.gui.reports import Reports
from annotator.gui.reviewing import Reviewing
from annotator.i18n import LANGUAGES, tr
from annotator.model.vocabulary import MarkKind

APP = Path(__file__).parents[2] / "src" / "annotator" / "app"
CONTROLLERS = {
    "appearance": Appearance,
    "imports": Imports,
    "projects": Projects,
    "history": History,
    "linking": Linking,
    "marking": Marking,
    "navigation": Navigation,
    "proposals": Proposals,
    "reports": Reports,
    "reviewing": Reviewing,
}
EVERYTHING = Situation(
    project=True,
    writable=True,
    article=True,
    kinds=frozenset(MarkKind),
    proposed=frozenset(MarkKind),
    reviewing=True,
    edging=True,
    can_undo=True,
    can_redo=True,
)


def test_ids_are_unique():
    assert len(BY_ID) == len(ACTIONS)


def test_no_shortcut_collides(qapp):
    seen: Counter[str] = Counter()
    for action in ACTIONS:
        for keys in action.shortcuts:
            seen[QKeySequence(keys).toString()] += 1
    assert [keys for keys, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_shortcuts_are_real_keys(action, qapp):
    for keys in action.shortcuts:
        assert QKeySequence(keys).count() == 1
        assert QKeySequence(keys).toString()


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_the_handler_is_there(action):
    name, _, method = action.handler.partition(".")
    assert callable(getattr(CONTROLLERS[name], method))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_the_text_is_in_both_languages(action, lang):
    assert tr(action.text_id, lang=lang) != action.text_id


def test_every_action_is_in_a_menu_and_possible_somewhere():
    for action in ACTIONS:
        assert action.menu in Menu
        assert action.is_enabled(EVERYTHING)


def test_only_what_needs_nothing_is_possible_without_a_project():
    for action in ACTIONS:
        assert action.is_enabled(Situation()) is (action.need is Need.NOTHING)


def test_nothing_that_writes_is_possible_in_a_project_open_for_reading():
    reading = replace(EVERYTHING, writable=False)
    harmless = {Need.NOTHING, Need.PROJECT, Need.ARTICLE}
    for action in ACTIONS:
        if action.need not in harmless:
            assert not action.is_enabled(reading)


def test_single_letters_are_heard_only_while_reading():
    for action in ACTIONS:
        for keys in action.shortcuts:
            if len(keys) == 1 and keys.isalpha():
                assert action.scope in (Scope.TEXT, Scope.REVIEW)


def test_plain_keys_of_a_review_are_left_to_what_floats_over_the_text():
    """A chooser over the text needs Return, arrows and Escape for itself."""
    for action in ACTIONS:
        if set(action.shortcuts) & {"Return", "Enter", "Down", "Up", "Left", "Right", "Escape"}:
            assert action.scope is Scope.REVIEW


def test_the_keys_of_a_review_mean_nothing_without_a_proposal():
    reading = Situation(project=True, writable=True, article=True, kinds=frozenset(MarkKind))
    keys = [a for a in ACTIONS if a.scope is Scope.REVIEW and a.id != "review.start"]
    assert len(keys) > 8
    assert not [a.id for a in keys if a.is_enabled(reading)]


def test_the_context_menu_names_actions():
    assert {action_id for group in CONTEXT_MENU for action_id in group} <= set(BY_ID)


def test_every_panel_has_an_action():
    assert {f"panel.{spec.id}" for spec in PANELS} <= set(BY_ID)


def test_every_step_of_undo_has_a_name():
    """What ``app`` commits is named in both languages."""
    labels = set()
    for file in APP.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        labels |= set(re.findall(r'Draft\(\s*session,\s*"([a-z-]+)"', text))
        labels |= set(re.findall(r'ChangeSet\(\s*"([a-z-]+)"', text))
        labels |= set(re.findall(r'label = "([a-z-]+)"', text))
    assert len(labels) > 20
    for lang in LANGUAGES:
        ids = {f"actions.{label}" for label in labels}
        assert {i for i in ids if tr(i, lang=lang) == i} == set()
