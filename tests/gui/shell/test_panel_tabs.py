"""Tabs that do not fit are folded; the one in front is always there to be seen."""


def test_the_tab_in_front_is_seen_whichever_it_is(window, qtbot):
    panels = window.workspace.panels
    bar = panels.bar

    def is_seen(number):
        place = bar.tabRect(number)
        return place.width() > 0 and bar.rect().contains(place)

    for number, panel_id in enumerate(panels.ids()):
        panels.show_panel(panel_id)
        qtbot.waitUntil(lambda number=number: is_seen(number))
