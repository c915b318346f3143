"""What a start needs without Qt, imported before it.

PySide reads the source of every module that is imported after it, looking for its own feature
switches (``shibokensupport.feature``): a fifth of a millisecond a module. Importing this changes
nothing else.
"""

import annotator.app.session
import annotator.app.settings
import annotator.app.view_models
import annotator.resources
import annotator.store  # noqa: F401 (loaded for its own sake)
