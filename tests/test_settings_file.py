"""One setting is changed and nothing else: comments, order, links and rights of the file stay."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import config
from tui.settings_file import NotPlainError, save, with_setting

MINE = """\
# mine
theme = "dark"   # at night # mostly
ticker="still"

[images]
# pictures cost
show = false

[keys]
star = "x"
"""


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("theme", "light", 'theme = "light"   # at night # mostly'),
        ("ticker", "flip", 'ticker = "flip"'),
        ("images.show", True, "show = true"),
        ("refresh_minutes", 5, "refresh_minutes = 5"),
        ("images.hide_after", 2, "hide_after = 2"),
        ("cache.megabytes", 9, "megabytes = 9"),
    ],
)
def test_one_line_changes(name: str, value: str | bool | int, line: str) -> None:
    made = with_setting(MINE, name, value)
    before, after = MINE.splitlines(), made.splitlines()
    assert line in after
    assert [kept for kept in before if kept not in after] in ([], [before[1]], [before[2]], [before[6]])
    assert len(set(after) - set(before)) <= 2


def test_the_template_takes_every_setting_under_its_own_line() -> None:
    made = with_setting(config.TEMPLATE, "theme", "sepia")
    lines = made.splitlines()
    assert lines[lines.index('theme = "sepia"') - 1].startswith("# theme =")
    assert tomllib.loads(made) == {"theme": "sepia"}


@pytest.mark.parametrize(
    "text", ['a = """\ntheme = "x"\n"""\ntheme = """dark"""\n', "images = { show = true }\n", "images.show = true\n"]
)
def test_what_lines_do_not_show_is_left_alone(text: str) -> None:
    name = "theme" if "theme" in text else "images.show"
    try:
        made = with_setting(text, name, False if name == "images.show" else "light")
    except NotPlainError:
        return
    assert tomllib.loads(made) != tomllib.loads(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "# x\n",
                "\n",
                "[keys]\n",
                "[images]\n",
                'star = "a#b"\n',
                "theme = 'dark' # c\n",
                "hijri=true\n",
                "broken\n",
            ]
        ),
        unique=True,
    )
)
def test_never_anything_but_the_one_setting(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        before = tomllib.loads(text)
        after = tomllib.loads(with_setting(text, "theme", "light"))
    except (NotPlainError, tomllib.TOMLDecodeError):
        return
    assert after == before | {"theme": "light"}


def test_it_is_written_whole_through_a_link_with_its_rights(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text(MINE, encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "khabar.toml"
    link.symlink_to(real)
    assert save(link, "theme", "light") is None
    assert link.is_symlink() and real.stat().st_mode & 0o777 == 0o640
    assert config.load(link)[0].theme == "light"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dotfiles.toml", "khabar.toml"]


def test_a_file_that_is_not_there_begins_as_the_template(tmp_path: Path) -> None:
    assert save(tmp_path / "new" / "khabar.toml", "images.show", False) is None
    settings, problems = config.load(tmp_path / "new" / "khabar.toml")
    assert (settings.images_show, problems) == (False, [])


def test_what_is_in_the_way_is_told(tmp_path: Path) -> None:
    file = tmp_path / "khabar.toml"
    file.write_bytes(b"theme = \xff")
    problem = save(file, "theme", "dark")
    assert problem is not None and problem.key == "config.odd"
    assert file.read_bytes() == b"theme = \xff"
    (tmp_path / "folder").write_text("", encoding="utf-8")
    problem = save(tmp_path / "folder" / "khabar.toml", "theme", "dark")
    assert problem is not None and problem.key == "config.unwritable"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "khabar.toml"
    file.write_text(MINE, encoding="utf-8")
    file.chmod(0o400)
    problem = save(file, "theme", "light")
    assert problem is not None and problem.key == "config.unwritable"
    assert file.read_text(encoding="utf-8") == MINE
