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
    """Pin what running needs, what changing needs, and what language packs need beside these."""
    pin("run", "pyproject.toml", "--extra", "gui", "requirements/build.in")
    pin("dev", "pyproject.toml", "--extra", "gui", "--group", "dev", "requirements/build.in")
    # Of the same versions as the rest, or adding it would change what is there.
    pin("packs", "pyproject.toml", "--extra", "packs", "-c", "requirements/dev.txt")


if __name__ == "__main__":
    main()
