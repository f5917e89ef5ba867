"""The configuration file: sane without one, and a broken one names line and remedy and never stops khabar."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from tui import config
from tui.config import Settings


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "khabar.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path / "none.toml") == (Settings(), [])


def test_settings_are_read(tmp_path: Path) -> None:
    settings, problems = config.load(
        write(
            tmp_path,
            'language = "ar"\nkeep_days = 7\n[cache]\nmegabytes = 5\n[notify]\ncommand = ["a", "-b"]\n'
            '[keys]\nquit = "x"\n',
        )
    )
    assert not problems
    assert (settings.language, settings.keep_days, settings.cache_megabytes) == ("ar", 7, 5)
    assert settings.notify_command == ("a", "-b")
    assert settings.keys == {"quit": "x"}


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('theme = "dark"\nlanguage = \n', 2, "config.syntax"),
        ('theme = "dark"\n\nbiddi = "auto"\n', 3, "config.unknown"),
        ("compact = 3\n", 1, "config.type"),
        ('# a comment\ntheme = "pink"\n', 2, "config.choice"),
        ("[images]\nshow = true\nhide_after = true\n", 3, "config.type"),
        ("[keys]\nquit = 3\n", 2, "config.type"),
        ('[notify]\ncommand = "a -b"\n', 2, "config.type"),
        ('[notify]\ncommand = ["a", 3]\n', 2, "config.type"),
        ('a = """never closed\n', 1, "config.syntax"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, key: str) -> None:
    settings, problems = config.load(write(tmp_path, text))
    assert [(p.line, p.key) for p in problems] == [(line, key)]
    assert settings.theme == ("dark" if key == "config.unknown" else "auto")


def test_one_wrong_setting_leaves_the_others(tmp_path: Path) -> None:
    settings, problems = config.load(write(tmp_path, 'theme = "pink"\ncompact = true\n'))
    assert settings.compact
    assert len(problems) == 1


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "khabar.toml"
    path.write_bytes(b"\xff\xfe\x00")
    settings, problems = config.load(path)
    assert settings == Settings()
    assert [p.key for p in problems] == ["config.unreadable"]


def test_the_template_says_the_defaults() -> None:
    lines = [line.removeprefix("# ") for line in config.TEMPLATE.splitlines() if line.startswith("# ")]
    body = "\n".join(line for line in lines if "=" in line or line.startswith("["))
    flat = config._flat(tomllib.loads(body))
    defaults = Settings()
    for name, value in flat.items():
        if name not in ("language", "keys"):
            assert getattr(defaults, name) == value, name
    assert {f.name for f in fields(Settings)} == set(flat)
