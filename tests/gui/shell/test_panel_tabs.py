"""Tabs that do not fit are folded; the one in front is always there to be seen."""


def test_the_tab_in_front_is_seen_whichever_it_is(window):
    panels = window.workspace.panels
    for number, panel_id in enumerate(panels.ids()):
        panels.show_panel(panel_id)
        place = panels.bar.tabRect(number)
        assert place.width() > 0, panel_id
        assert panels.bar.rect().contains(place), panel_id
