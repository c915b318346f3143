"""The plot brings its heavy packages in a job, never on the GUI thread."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_HEAVY = ("numpy", "scipy", "igraph", "pyqtgraph")
_CODE = f"""
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
import annotator.gui.plots.plot, annotator.gui.plots.filter_row
print([name for name in {_HEAVY!r} if name in sys.modules])
"""


@pytest.mark.gui
def test_making_the_plot_imports_nothing_heavy():
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": "src"}
    done = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"
