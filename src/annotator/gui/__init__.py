"""Qt: the window, the article view, panels and plots."""
