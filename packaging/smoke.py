"""Prove that the packaged program works on a machine without Python, a display or a home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "annotator"
SUFFIX = ".exe" if sys.platform == "win32" else ""


def run(home: Path, program: str, *arguments: str) -> str:
    """Run one of the two programs in an empty world and return what it printed."""
    env = {
        "HOME": str(home),
        "PATH": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
        "ANNOTATOR_CONFIG": str(home / "config"),
    }
    if sys.platform == "win32":
        env["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    command = [str(FOLDER / (program + SUFFIX)), *arguments]
    done = subprocess.run(
        command, env=env, cwd=home, capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")
        print(f"FAILED ({done.returncode}): {program} {' '.join(arguments)}")
        sys.exit(1)
    print(f"ok  {program} {' '.join(arguments)}")
    return done.stdout


def main() -> None:
    """Walk the main path with the packaged program."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        article = home / "article.txt"
        article.write_text("« Non », a dit une source.\n", encoding="utf-8")
        run(home, "annotator-cli", "--version")
        run(home, "annotator-cli", "demo", str(home))
        project = str(home / "sample.annotator")
        run(home, "annotator-cli", "import", project, str(article))
        listed = json.loads(run(home, "annotator-cli", "list", project, "--json"))
        report, picture = home / "report.html", home / "window.png"
        run(home, "annotator-cli", "export", project, "--format", "html", "--out", str(report))
        run(home, "annotator-cli", "screenshot", project, "--out", str(picture))
        run(home, "annotator", "--smoke", project)
        problems = [
            words
            for words, wrong in (
                ("seven articles should be listed", len(str(listed)) < 100),
                ("the report is too small", report.stat().st_size < 5_000),
                ("the picture is too small", picture.stat().st_size < 20_000),
            )
            if wrong
        ]
    print("\n".join(problems) or "The packaged program works.")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
