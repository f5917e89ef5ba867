"""Help, and what is said of a command line that cannot be understood, in the reader's six languages."""

from __future__ import annotations

import argparse
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.calling import ROOT, Cli
from tests.support.ptyscreen import PtyScreen, homes
from tui import cli, locale
from tui.bidi.breaks import cell_width
from tui.bidi.layout import display
from tui.commands import helping, kiosk
from tui.ui.sentences import in_language

OTHERS = tuple(tag for tag in locale.LANGUAGES if tag != "en")
MISTAKES = (
    ("--bidi", "sideways"),
    ("--lang",),
    ("--offline=1",),
    ("--no-such-option",),
    ("no-such-command",),
    ("headlines", "-n", "0"),
    ("rules", "add"),
    ("rules", "add", "x", "dance"),
    ("show", "--rtl", "--ltr"),
    ("completions",),
    ("read", "--width", "many", "1"),
)


@pytest.fixture
def khabar(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


def parsers(parser: argparse.ArgumentParser | None = None) -> Iterator[argparse.ArgumentParser]:
    """That of khabar and those of all commands within."""
    parser = parser or cli.build_parser()
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from parsers(command)


def texts(parser: argparse.ArgumentParser) -> Iterator[str]:
    """What its help says in English."""
    yield from (parser.description or "", *(parser.epilog or "").splitlines())
    for group in parser._action_groups:
        if group._group_actions:
            yield from (f"{group.title}:", group.description or "")
            yield from (text for _, text in helping._entries(group))


def mistake(words: tuple[str, ...]) -> str:
    """What is said in English of words that cannot be understood."""
    with pytest.raises(cli.Asked) as asked:
        cli.build_parser().parse_args(cli.with_command(words))
    return f"{asked.value.mistake}; {asked.value.parser.prog} --help says more."


EVERYTHING = sorted(
    {text for parser in parsers() for text in texts(parser) if text}
    | {mistake(words) for words in MISTAKES}
    | {"argument --idle: a number of minutes is needed; khabar --kiosk --help says more."}
    | {"usage:", "There is no interface in xx; choose one of ar, en."}
)


def help_of(parser: argparse.ArgumentParser, tag: str, width: int) -> list[helping.Row | None]:
    return list(helping._Help(parser, locale.for_the_command_line(tag), width).rows())


@pytest.mark.parametrize("tag", OTHERS)
def test_every_text_is_there_in_every_language(tag: str) -> None:
    said = locale.for_the_command_line(tag)
    same = {"options:", "actions:"} if tag == "fr" else set()
    rest = {text: in_language(text, said) for text in EVERYTHING}
    left = {text for text, found in rest.items() if found == text or "{" in found} - same
    assert left == set()


@pytest.mark.parametrize("tag", OTHERS)
def test_no_text_is_there_for_nothing_and_placeholders_agree(tag: str) -> None:
    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    keys = {key.removeprefix("sentences."): text for key, text in locale.for_the_command_line(tag).texts.items()}
    assert set(keys) == {key.removeprefix("sentences.") for key in locale.for_the_command_line("ar").texts}
    assert [key for key, text in keys.items() if fields(key) != fields(text)] == []
    everything = "\n".join(EVERYTHING)
    patterns = {key: re.sub(r"\\{[a-z]+\\}", ".+", re.escape(key)) for key in keys}
    assert [key for key, pattern in patterns.items() if not re.search(pattern, everything)] == []


@pytest.mark.parametrize("tag", locale.LANGUAGES)
@pytest.mark.parametrize("width", [40, 80])
def test_nothing_is_clipped_and_every_name_is_there(tag: str, width: int) -> None:
    for parser in parsers():
        rows = [row for row in help_of(parser, tag, width) if row]
        lines = [row.visual(width, rtl=locale.load(tag).rtl) for row in rows]
        assert max(map(cell_width, lines)) <= width
        shown = "\n".join(lines)
        for group in parser._action_groups:
            assert all(name in shown for name, _ in helping._entries(group)), parser.prog
        assert not any(row.name.truncated or row.text.truncated for row in rows)


def test_the_help_of_a_right_to_left_language_is_the_mirror_image() -> None:
    rows = [row.visual(80, rtl=True) for row in help_of(cli.build_parser(), "ar", 80) if row]
    (fetch,) = [row for row in rows if row.endswith("    fetch  ")]
    assert cell_width(fetch) == 80
    assert fetch.lstrip().startswith(display("طلب الجديد من دون شاشة", 1))
    (title,) = [row for row in rows if row.lstrip() == display("الأوامر:", 1)]
    assert cell_width(title) == 80
    usage = rows[1].rstrip()
    assert usage.lstrip() == "khabar COMMAND [OPTIONS] [ARGUMENTS]", "what is typed keeps its order"


def test_the_language_is_that_of_option_configuration_and_environment(khabar: Cli) -> None:
    assert khabar("--help").startswith("usage: khabar")
    khabar.env["LC_ALL"] = "ar_MA.UTF-8"
    assert khabar("--help").startswith("الاستعمال: khabar")
    assert "  QUERY  " in khabar("rules", "add", "--help")
    file = khabar.home / "config" / "khabar" / "khabar.toml"
    file.parent.mkdir(parents=True)
    file.write_text('language = "he"\n', encoding="utf-8")
    assert khabar("fetch", "--help").startswith("שימוש: khabar fetch")
    assert khabar("fetch", "--lang", "fr", "--help").startswith("usage\u00a0: khabar fetch")
    assert khabar("--help", "--lang=ur").startswith("استعمال: khabar")
    other = khabar.home / "other.toml"
    other.write_text('language = "fa"\n', encoding="utf-8")
    assert khabar("--config", str(other), "--help").startswith("کاربرد: khabar")


def test_what_goes_into_a_pipe_is_in_logical_order_and_has_no_controls(khabar: Cli) -> None:
    out = khabar("show", "--help", "--lang", "ar")
    assert re.search(r"^  -v, --verbose  ما يعادل --basedir --ltov --vtol --levels$", out, re.MULTILINE)
    assert not re.search("[\u2060\u2066-\u2069\ufe70-\ufefc]", out)


def test_a_mistake_is_told_in_the_readers_language(khabar: Cli) -> None:
    khabar("headlines", "-n", "0", "--lang", "ar", code=2)
    assert khabar.errors == "khabar: -n: يلزم عدد صحيح من 1 إلى 1000000؛ المزيد في khabar headlines --help.\n"
    khabar("--lang", "he", "--no-such", code=2)
    assert khabar.errors.startswith("khabar: לא הובן: --no-such; ")
    khabar.env["LANG"] = "fr_FR.UTF-8"
    khabar("sources", "--lang", "xx", code=2)
    assert khabar.errors.startswith("khabar: Il n’y a pas d’interface en xx")


def test_a_kiosks_mistake_is_told_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "ar_MA.UTF-8")
    assert kiosk.run(["--idle", "never"]) == 2
    assert capsys.readouterr().err.startswith("khabar: --idle: يلزم عدد من الدقائق؛ ")


def test_numbers_are_taken_in_the_digits_of_every_language(khabar: Cli) -> None:
    for digits in ("5", "٥", "۵"):
        khabar("headlines", "-n", digits)
    for no_number in ("²", "-1", "1.5", "9" * 5000):
        khabar("headlines", "-n", no_number, code=2)


@pytest.mark.parametrize(("tag", "title"), [("ar", "الخيارات:"), ("he", "אפשרויות:")])
def test_on_a_terminal_the_help_stands_at_the_right_edge(tmp_path: Path, tag: str, title: str) -> None:
    command = [sys.executable, "-m", "tui", "fetch", "--help", "--lang", tag]
    with PtyScreen(command, env=homes(tmp_path), cwd=str(ROOT), columns=80, rows=40) as terminal:
        terminal.wait_for(display(title, 1), timeout=60)
        assert terminal.wait_exit() == 0
        rows = [row.rstrip() for row in terminal.screen.display]
        assert display(title, 1).rjust(80) in rows
        assert any(re.search(r" -h, --help$", row) and len(row) == 78 for row in rows)


@pytest.mark.parametrize(
    ("words", "argument", "command"),
    [
        (("headlines", "-n", "0"), "-n", "khabar headlines"),
        (("show", "--rtl", "--ltr"), "--ltr", "khabar show"),
        (("fetch", "--systemd", "dance"), "--systemd", "khabar fetch"),
    ],
)
def test_a_mistake_in_what_is_typed_from_left_to_right_is_told_from_right_to_left(
    tmp_path: Path, words: tuple[str, ...], argument: str, command: str
) -> None:
    argv = [sys.executable, "-m", "tui", *words, "--lang", "ar"]
    with PtyScreen(argv, env=homes(tmp_path), cwd=str(ROOT), columns=110, rows=10) as terminal:
        terminal.wait_for(rf"\.{command} --help .* :khabar", timeout=60)
        assert terminal.wait_exit() == 2
        (said,) = [row.rstrip() for row in terminal.screen.display if "khabar" in row]
        assert len(said) == 110 and said.endswith(f" :{argument} :khabar")
        assert said.lstrip().startswith(f".{command} --help "), "what is to be typed keeps its order"
        assert "dance" not in words or "'dance'" in said
