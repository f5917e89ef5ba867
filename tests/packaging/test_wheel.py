"""The wheel holds all that khabar needs: built, installed in an empty environment, and its screen used on a pty."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support.ptyscreen import PtyScreen, homes

ROOT = Path(__file__).parents[2]
ARABIC = "[\ufe8d-\ufefc]{2}"
"""Two joined Arabic letters: presentation forms as they stand on the screen."""


def run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, f"{argv}: {done.stderr[-2000:]}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", f"{folder}", ".")
    return next(folder.glob("khabar-*.whl"))


def test_the_wheel_holds_code_styles_catalogue_texts_and_edition(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "tui/__main__.py",
        "tui/py.typed",
        "tui/sources/catalogue.toml",
        "tui/locale/ar.toml",
        "tui/locale/en.toml",
    ):
        assert wanted in names
    assert any(name.startswith("tui/styles/") and name.endswith(".tcss") for name in names)
    assert sum(name.startswith("tui/edition/texts/") for name in names) >= 6
    assert any(name.startswith("tui/edition/pictures/") for name in names)
    assert not any(name.startswith(("tests/", "styles/")) for name in names)


def test_the_installed_khabar_shows_the_demo(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    run(f"{tmp_path}/venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}")
    command = f"{tmp_path}/venv/bin/khabar"
    with PtyScreen([command, "demo", "--lang", "ar"], env=homes(tmp_path), cwd=f"{tmp_path}") as terminal:
        terminal.wait_for(ARABIC)
        terminal.settle()
        terminal.press("enter")
        terminal.settle()
        terminal.press("q")
        assert terminal.wait_exit() == 0
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.startswith("khabar ")
