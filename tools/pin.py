"""Pin every package with hashes, for all systems at once, naming no package index.

``uv`` is only needed here: ``pip install uv`` into the environment first.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMON = [
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--python-version",
    "3.11",
    "--no-header",
    "--no-annotate",
    "--quiet",
]


def pin(name: str, *sources: str) -> None:
    """Compile one requirements file."""
    out = ROOT / "requirements" / f"{name}.txt"
    uv = [sys.executable, "-m", "uv", "pip", "compile", *COMMON, *sources, "-o", str(out)]
    subprocess.run(uv, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def main() -> None:
    """Pin what running needs and what changing needs."""
    pin("run", "pyproject.toml", "--extra", "gui", "requirements/build.in")
    pin("dev", "pyproject.toml", "--extra", "gui", "--group", "dev", "requirements/build.in")


if __name__ == "__main__":
    main()
