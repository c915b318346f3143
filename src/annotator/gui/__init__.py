"""Qt: the window, the article view, panels and plots.

PySide reads the source of every module that is imported after it, looking for its own feature
switches (``shibokensupport.feature``). So what a start needs without Qt is imported before it.
"""

import annotator.app.session
import annotator.app.settings
import annotator.app.view_models
import annotator.resources
import annotator.store  # noqa: F401 (loaded for its own sake)
