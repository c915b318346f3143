"""Set everything up with only Python and make: the environment, the packages, Qt's libraries.

Standard library only, and any Python 3 must be able to read it, so that an old one can be told
what is missing in words. Usage: ``bootstrap.py run|dev|packs`` prints nothing when all is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
NEEDED = (3, 11)

#: Debian and Ubuntu packages that hold the shared libraries Qt loads.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def say(words):
    """Tell the person what is going on."""
    print(words, flush=True)


def stop(words):
    """Say what is missing and end."""
    say("\n" + words)
    sys.exit(1)


def run(command, **options):
    """Run a command; returns whether it worked."""
    return subprocess.run([str(part) for part in command], check=False, **options).returncode == 0


def find_python():
    """Return a Python that is new enough, this one if it is."""
    if sys.version_info[:2] >= NEEDED:
        return sys.executable
    for minor in range(20, NEEDED[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    have = ".".join(map(str, sys.version_info[:2]))
    return stop(
        f"Annotator needs Python 3.11 or newer; this is {have}. Install it and run make again."
    )


def install_packages(packages):
    """Install Debian packages where we may; returns whether they are there now."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not (shutil.which("sudo") and run([*sudo, "true"], stderr=subprocess.DEVNULL)):
        return False
    say("Installing " + " ".join(packages) + " ...")
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    install = [*sudo, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    return run(install, **quiet, stderr=subprocess.DEVNULL) or (
        run([*sudo, "apt-get", "update", "-q"], **quiet) and run(install, **quiet)
    )


def make_environment():
    """Make the virtual environment if it is not there."""
    if PYTHON.exists() and run([PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL):
        return
    python = find_python()
    say("Making the environment in .venv ...")
    make = [python, "-m", "venv", "--clear", VENV]
    if run(make, stdout=subprocess.DEVNULL):
        return
    version = subprocess.run(
        [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    packages = [f"python{version}-venv"]
    if install_packages(packages) and run(make):
        return
    stop(
        "Python's venv module is missing. On Debian or Ubuntu type\n"
        f"    sudo apt-get install {packages[0]}\nand run make again."
    )


def install_requirements(kind):
    """Install the pinned, hashed packages and the program itself, once for each change."""
    wanted = [ROOT / "requirements" / f"{kind}.txt", ROOT / "pyproject.toml"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in wanted)).hexdigest()
    stamp = VENV / f".installed-{kind}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Installing the packages (a few minutes the first time) ...")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not run([*pip, "--require-hashes", "-r", wanted[0]]):
        stop("The packages could not be installed. Is there a connection to the package index?")
    if not run([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT]):
        stop("The program itself could not be installed into .venv.")
    stamp.write_text(digest)


def missing_libraries():
    """Return the shared libraries that Qt needs and that are not on this machine (Linux only)."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return []
    folder = subprocess.run(
        [str(PYTHON), "-c", "import importlib.util as u; print(u.find_spec('PySide6').origin)"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    qt = Path(folder).parent / "Qt"
    files = [qt / "lib" / f"libQt6{name}.so.6" for name in ("Gui", "Widgets", "Svg")]
    files += [qt / "plugins" / "platforms" / "libqoffscreen.so"]
    if os.environ.get("DISPLAY"):
        files.append(qt / "plugins" / "platforms" / "libqxcb.so")
    missing = set()
    for file in files:
        if file.exists():
            lines = subprocess.run(["ldd", str(file)], check=False, capture_output=True, text=True)
            for line in lines.stdout.splitlines():
                if "not found" in line:
                    missing.add(line.split("=>")[0].strip())
    return sorted(missing)


def check_libraries():
    """See to it that Qt can start, or say the one line to type."""
    missing = missing_libraries()
    if not missing:
        return
    packages = sorted({PACKAGES.get(name, name) for name in missing})
    if install_packages(packages) and not missing_libraries():
        return
    stop(
        "Qt needs shared libraries that are not here: " + ", ".join(missing) + ".\n"
        "On Debian or Ubuntu type\n    sudo apt-get install " + " ".join(packages) + "\n"
        "and run make again."
    )


def main():
    """Set up what ``run`` or ``dev`` needs, or add what ``packs`` needs."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    make_environment()
    install_requirements(kind)
    check_libraries()


if __name__ == "__main__":
    main()
