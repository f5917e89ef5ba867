"""The README tells the truth: its tables are those of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tui import cli, config
from tui.sources.rules import read_rules
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


def test_every_documented_line_of_the_configuration_is_accepted(tmp_path: Path) -> None:
    """Those of the template, put in force, and those of the examples between."""
    first, sites = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    lines = [line.removeprefix("# ") for line in first.splitlines()]
    whole = "\n".join(line for line in lines if re.match(r"[a-z_]+ = |\[", line))
    examples = re.findall(r"^    (\[[a-z]+\]\n    .*)$", README, re.MULTILINE)
    inline = re.findall(r"[`'](?:\[[a-z]+\] )?([a-z_]+ = [^`'\n]+)[`']", README)
    assert len(lines) > 30 and examples and len(inline) >= 4
    for text in (whole, *examples, *inline):
        file = tmp_path / "khabar.toml"
        file.write_text(text.replace("\n    ", "\n").replace('"MODE"', '"runs"'), encoding="utf-8")
        assert config.load(file)[1] == [], text
    rules, faults = read_rules(sites)
    assert len(rules) == 1 and not faults


def test_every_option_named_is_one_of_ours() -> None:
    """Of the lines that call khabar, and of what stands alone in backquotes."""
    known = set(re.findall(r"--[a-z-]+", "\n".join(_helps())))
    lines = [line for line in README.splitlines() if "systemctl" not in line and "useradd" not in line]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", "\n".join(line for line in lines if "<!--" not in line)))
    assert len(named) >= 15
    assert named - known == set()


def _helps() -> Iterator[str]:
    parser = cli.build_parser()
    yield parser.format_help()
    for action in parser._actions:
        if isinstance(action.choices, dict):
            yield from (command.format_help() for command in action.choices.values())


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
