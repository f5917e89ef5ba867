"""`khabar show` and `khabar doctor` as people use them: real processes, pipes that stay open, terminals that answer."""

from __future__ import annotations

import os
import re
import select
import shlex
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.support import scripted
from tests.support.ptyscreen import homes
from tests.support.scripted import ScriptedTerminal, left_on
from tui.bidi.breaks import cell_width
from tui.bidi.layout import display
from tui.commands.doctor import SAMPLE
from tui.commands.show import paragraphs
from tui.terminal.profile import Mode

ROOT = Path(__file__).parents[2]
KHABAR = [sys.executable, "-m", "tui"]
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<=>$]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\)|\u200e|\r")


def environment(home: Path) -> dict[str, str]:
    return {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": os.environ["PATH"], **homes(home)}


def filtered(home: Path, text: str, *arguments: str) -> str:
    done = subprocess.run(
        [*KHABAR, "show", *arguments], input=text.encode(), capture_output=True, cwd=ROOT, env=environment(home),
        timeout=60, check=True,
    )  # fmt: skip
    assert done.stderr == b""
    return done.stdout.decode()


def on_a_terminal(home: Path, replies: dict[str, str], *argv: str, stdin: str = "") -> str:
    """What the command writes to a terminal of 80 columns that answers so; the terminal is left as it was."""
    with ScriptedTerminal(replies) as terminal:
        termios.tcsetwinsize(terminal.slave, (24, 80))
        mode = termios.tcgetattr(terminal.slave)
        process = subprocess.Popen(
            ["setsid", "--ctty", *KHABAR, *argv],
            stdin=terminal.slave, stdout=terminal.slave, stderr=terminal.slave, cwd=ROOT, env=environment(home),
        )  # fmt: skip
        if stdin:
            terminal.wait_for(b"\x1b[K")  # the probe is over
            terminal.type(stdin)
        assert process.wait(60) == 0, terminal.written
        terminal.settle(0.1)
        assert left_on(terminal.written) == set()
        assert termios.tcgetattr(terminal.slave) == mode
        return terminal.written.decode()


def rows(written: str) -> list[str]:
    return [_ESCAPES.sub("", row) for row in written.split("\n")]


def test_show_gives_a_line_as_soon_as_it_has_one(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*KHABAR, "show", "--width", "12"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
        env=environment(tmp_path),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for text in ("سلام", "", "abc", "שלום 12"):
            process.stdin.write(f"{text}\n".encode())
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 20)[0], f"{text!r} is held back"
            line = os.read(process.stdout.fileno(), 4096).decode()
            assert line == (display(text) if text in {"", "abc"} else display(text).rjust(12)) + "\n"
        process.stdin.close()
        assert process.wait(20) == 0


def test_show_width_base_marks_and_tabs(tmp_path: Path) -> None:
    assert filtered(tmp_path, "one two three\n", "--width", "8") == "one two\nthree\n"
    assert filtered(tmp_path, "abc\n", "--width", "8", "--rtl") == "     abc\n"
    assert filtered(tmp_path, "אב c\n", "--width", "8", "--ltr") == "בא c\n"
    assert filtered(tmp_path, "سَ\n", "--width", "3") == "  ﺱ\n"
    assert filtered(tmp_path, "سَ\n", "--width", "3", "--marks") == "  ﺱ\u064e\n"
    assert filtered(tmp_path, "a\tb\n    c\n", "--width", "20") == "a       b\n    c\n"


def test_show_keeps_columns_between_tabs_in_the_order_of_the_paragraph(tmp_path: Path) -> None:
    """UAX #9, L1: a tab is a segment separator."""
    assert filtered(tmp_path, "ab\tאב\tגד\n", "--width", "40") == "ab      בא      דג\n"
    assert filtered(tmp_path, "אב\tגד\tab\n", "--width", "20") == "  ab      דג      בא\n"
    assert filtered(tmp_path, "ab\tאב\tגד\n", "--levels", "--novisual") == "0 0 0 1 1 0 1 1\n"
    assert filtered(tmp_path, "ab\tאב\n", "--mode", "logical") == "ab      אב\n"


def test_show_has_the_options_of_fribidi(tmp_path: Path) -> None:
    assert filtered(tmp_path, "12 -\nab\n", "--wrtl", "-w", "6") == "  - 12\nab\n"
    assert filtered(tmp_path, "אב " * 20 + "\n", "-w", "10", "--nobreak") == ("בא " * 20).strip() + "\n"
    assert filtered(tmp_path, "אב\n", "-w", "10", "--nopad") == "בא\n"
    filled = filtered(tmp_path, "كتب الكاتب بعض قصص المدينة\n", "-w", "20", "--justify").splitlines()
    assert [cell_width(line.strip()) for line in filled] == [20, 7]
    assert "ـ" in filled[0]
    assert "ـ" not in filled[1], "the last line is as long as it is"
    text = "abc אבג (12)"
    assert filtered(tmp_path, text, "-v", "-w", "40").splitlines() == [
        "abc (12) גבא",
        "Base direction: L",
        "0 1 2 3 11 10 9 8 7 5 6 4",
        "0 1 2 3 11 9 10 8 7 6 5 4",
        "0 0 0 0 1 1 1 1 1 2 2 1",
    ]  # word for word what fribidi 1.0.8 writes, but for blanks at line ends
    assert filtered(tmp_path, text, "--levels", "--novisual") == "0 0 0 0 1 1 1 1 1 2 2 1\n"


def test_show_reads_files_and_goes_on_past_one_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("one\n", "utf-8")
    names = [str(tmp_path / name) for name in ("one", "none", "one")]
    done = subprocess.run(
        [*KHABAR, "show", *names, "-"], input=b"\xff\xfe in\n", capture_output=True, cwd=ROOT,
        env=environment(tmp_path), timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.decode() == "one\none\n\ufffd\ufffd in\n"
    assert done.stderr.decode().count("\n") == 1
    assert f"{tmp_path}/none" in done.stderr.decode()


def test_show_ends_quietly_when_nobody_reads_on_and_says_when_nothing_can_be_written(tmp_path: Path) -> None:
    command = f"yes سلام | {shlex.join([*KHABAR, 'show', '-w', '9'])} | head -1"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, cwd=ROOT, env=environment(tmp_path), timeout=60, check=False
    )
    assert (done.stdout.decode(), done.stderr.decode()) == ("ﻡﻼﺳ".rjust(9) + "\n", "")
    full = subprocess.run(
        ["bash", "-c", f"echo a | {shlex.join([*KHABAR, 'show'])} > /dev/full"],
        capture_output=True, cwd=ROOT, env=environment(tmp_path), timeout=60, check=False,
    )  # fmt: skip
    assert full.returncode == 1
    assert full.stderr.decode().count("\n") == 1


def test_show_in_each_mode(tmp_path: Path) -> None:
    text = "אב (ג)\n"
    made = {mode: filtered(tmp_path, text, "--width", "6", "--mode", mode) for mode in ("visual", "runs", "words")}
    assert made["visual"] == "(ג) בא\n"
    assert made["runs"] == "(\u200eג\u200e) \u200eאב\u200e\n"
    assert made["words"] == "(ג) אב\n"
    assert filtered(tmp_path, text, "--mode", "logical") == text


def test_show_makes_foreign_text_safe_and_bounds_it(tmp_path: Path) -> None:
    assert filtered(tmp_path, "a\x1b[2Jb\u202ec\n", "--width", "20") == "abc\n"
    long = "خبر " * 30_000  # 210,000 bytes without a line end
    lines = filtered(tmp_path, long, "--width", "60").splitlines()
    assert "".join(lines).replace(" ", "") == display("خبر") * 30_000
    assert {cell_width(line) for line in lines} == {60}


@pytest.mark.parametrize("limit", [4, 5, 6, 7, 11])
def test_long_lines_are_parted_between_characters(tmp_path: Path, limit: int) -> None:
    text = "سلامabc😀日本 خبر\r\nab\n\nc"
    path = tmp_path / "text"
    path.write_text(text, encoding="utf-8")
    with path.open("rb") as stream:
        parts = list(paragraphs(stream, limit))
    assert "\ufffd" not in "".join(parts)
    assert "".join(parts) == text.replace("\r", "").replace("\n", "")
    assert all(len(part.encode()) <= limit for part in parts)


@pytest.mark.parametrize(
    ("replies", "wanted"),
    [
        (scripted.XTERM, "ﻡﻼﺳ".rjust(79)),
        (scripted.VTE, "ﻡﻼﺳ".rjust(79)),
        (scripted.KONSOLE, " " * 76 + "\u200eﺳﻼﻡ\u200e"),
    ],
    ids=["xterm", "vte", "konsole"],
)
def test_show_on_a_terminal(tmp_path: Path, replies: dict[str, str], wanted: str) -> None:
    written = on_a_terminal(tmp_path, replies, "show", "--width", "79", stdin="سلام\r\x04")
    assert wanted in re.split(r"\r\n|\x1b\[8l", written)  # the typed line's echo may come before the mode or behind it
    assert ("\x1b[8l" in written) == (replies is scripted.VTE)


@pytest.mark.parametrize("language", ["ar", "fa", "he", "ur"])
def test_the_name_of_a_file_keeps_its_first_slash(tmp_path: Path, language: str) -> None:
    written = on_a_terminal(tmp_path, scripted.XTERM, "--config", "/none/a.toml", "sources", "--lang", language)
    assert re.search(r"(?<!\w)/none/a\.toml(?!/)", written)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_doctor_on_a_terminal_of_80_columns(tmp_path: Path, language: str) -> None:
    written = on_a_terminal(tmp_path, scripted.XTERM, "doctor", "--offline", "--lang", language)
    assert written.count("\x1b[>q") == 1, "the terminal is asked once"
    shown = rows(written)
    assert max(map(cell_width, shown)) <= 80
    samples = {
        mode: [row for row in shown if re.search(rf"(^|[ *] ){mode}( |$)", row) and "2026" in row] for mode in Mode
    }
    assert {mode: len(found) for mode, found in samples.items()} == dict.fromkeys(Mode, 1), "one line each"
    assert display(SAMPLE, 1) in samples[Mode.VISUAL][0]
    assert "*" in samples[Mode.AUTO][0]
    text = "\n".join(shown)
    assert "XTerm(379)" in text
    assert re.search("[\ufe8d-\ufefc]{3}", text)
    if language == "ar":
        assert not re.search("[\u0621-\u064a]{3}", text.replace(SAMPLE, "")), "its own sentences are laid out too"


@pytest.mark.parametrize(
    ("replies", "word"),
    [(scripted.KITTY, "force_ltr"), (scripted.PUTTY, "bidirectional"), (scripted.QTERMINAL, "approximated")],
)
def test_doctor_advises_where_only_the_user_can_help(tmp_path: Path, replies: dict[str, str], word: str) -> None:
    assert word in " ".join(rows(on_a_terminal(tmp_path, replies, "doctor", "--offline", "--lang", "en")))


def test_doctor_in_a_pipe_speaks_in_logical_order(tmp_path: Path) -> None:
    done = subprocess.run(
        [*KHABAR, "doctor", "--offline", "--lang", "ar"], capture_output=True, cwd=ROOT, env=environment(tmp_path),
        timeout=60, check=True,
    )  # fmt: skip
    text = done.stdout.decode()
    assert "الطرفية" in text
    assert "\x1b" not in text
    assert "\u2068" not in text
