"""The README tells the truth: its tables are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

from tui import cli, config
from tui.ui import actions

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_keys_are_those_of_the_registry() -> None:
    found = re.search(r"<!-- keys:[^\n]*-->\n(.*?)<!-- end of keys -->", README, re.DOTALL)
    assert found is not None
    assert found[1].strip() == actions.readme_table().strip()


def test_the_settings_are_those_of_the_template() -> None:
    found = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert found is not None
    assert found[1].strip() == config.TEMPLATE.strip()


def test_every_command_is_named() -> None:
    for command in cli.COMMANDS:
        if command != cli.SCREEN:
            assert re.search(rf"`(khabar )?{command}\b", README), command


def test_the_two_commands_and_the_picture_are_there() -> None:
    assert "    pip install . && khabar\n" in README
    assert "    pip install -e '.[dev]' && pytest\n" in README
    picture = re.search(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert picture is not None
    assert (Path(__file__).parents[1] / picture[1]).exists()
