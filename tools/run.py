"""Open the program on the sample project; without a display, draw it and write a report."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"


def has_display() -> bool:
    """Say whether a window could be seen."""
    if sys.platform in ("darwin", "win32"):
        return not os.environ.get("SSH_CONNECTION")
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def cli(*arguments: str) -> None:
    """Run one command of the program's command line; its words are its own."""
    command = [sys.executable, "-m", "annotator.cli", *arguments]
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
        print(f"annotator-cli {' '.join(arguments)} did not work.")
        sys.exit(1)


def draw() -> None:
    """Show a machine without a display what a person would see."""
    OUT.mkdir(exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for old in OUT.glob("sample.annotator*"):
        old.unlink()
    project = str(OUT / "sample.annotator")
    picture, report = OUT / "window.png", OUT / "report.html"
    cli("demo", str(OUT))
    cli("screenshot", project, "--out", str(picture))
    cli("export", project, "--format", "html", "--out", str(report))
    print("There is no display here, so the window was drawn to a file:")
    print(f"  the sample project  {project}")
    print(f"  the window          {picture}")
    print(f"  the report          {report}")


def main() -> None:
    """Run the program, or draw it."""
    if has_display():
        arguments = [sys.executable, "-m", "annotator", *(sys.argv[1:] or ["--demo"])]
        sys.exit(subprocess.run(arguments, check=False).returncode)
    draw()


if __name__ == "__main__":
    main()
