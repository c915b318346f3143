"""The built wheel carries its resources and starts the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LOOK = """
import annotator, sys
from annotator import resources
from pathlib import Path
assert Path(annotator.__file__).is_relative_to(sys.argv[1]), annotator.__file__
folders = "icons themes i18n/en i18n/fr templates lexicons samples fonts"
for folder in folders.split():
    files = [p for p in resources.path(*folder.split("/")).rglob("*") if p.is_file()]
    assert files and files[0].stat().st_size, folder
    assert files[0].is_relative_to(sys.argv[1])
"""


@pytest.mark.e2e
@pytest.mark.slow
def test_an_installed_wheel_opens_a_resource_of_each_kind(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    target = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    install += ["--disable-pip-version-check", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True)
    env = {"PYTHONPATH": str(target), "PATH": ""}
    look = [sys.executable, "-c", LOOK, str(target)]
    subprocess.run(look, check=True, cwd=tmp_path, env=env)
    version = [sys.executable, "-m", "annotator.cli", "--version"]
    done = subprocess.run(
        version, check=True, cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert "0.1.0" in done.stdout
