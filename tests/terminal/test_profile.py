"""Every class of terminal is told by its measured answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support import scripted
from tui.bidi.orders import RowOrder
from tui.terminal.profile import Answers, Mode, Multiplexer, TerminalKind, for_lines, profile_of, with_mode
from tui.terminal.replies import read_answers

CLASSES = [
    (scripted.VTE, {"TERM": "xterm-256color"}, TerminalKind.EXPLICIT, RowOrder.VISUAL),
    (scripted.KONSOLE, {"TERM": "xterm-256color"}, TerminalKind.RUNS, RowOrder.RUNS),
    (scripted.KITTY, {"TERM": "xterm-kitty"}, TerminalKind.LETTERS, RowOrder.LETTERS),
    (scripted.MLTERM, {"TERM": "mlterm"}, TerminalKind.MLTERM, RowOrder.VISUAL),
    (scripted.MLTERM, {"TERM": "xterm"}, TerminalKind.MLTERM, RowOrder.VISUAL),
    (scripted.PUTTY, {"TERM": "xterm"}, TerminalKind.PUTTY, RowOrder.RUNS),
    (scripted.XTERM, {"TERM": "xterm"}, TerminalKind.VISUAL, RowOrder.VISUAL),
    (scripted.ALACRITTY, {"TERM": "alacritty"}, TerminalKind.VISUAL, RowOrder.VISUAL),
    (scripted.FOOT, {"TERM": "foot"}, TerminalKind.VISUAL, RowOrder.VISUAL),
    (scripted.URXVT, {"TERM": "rxvt-unicode-256color"}, TerminalKind.VISUAL, RowOrder.VISUAL),
    (scripted.ST, {"TERM": "st-256color"}, TerminalKind.VISUAL, RowOrder.VISUAL),
    (scripted.QTERMINAL, {"TERM": "xterm-256color"}, TerminalKind.QTERMWIDGET, RowOrder.RUNS),
    (scripted.TERMINOLOGY, {"TERM": "xterm-256color"}, TerminalKind.VISUAL, RowOrder.VISUAL),
    (scripted.SILENT, {"TERM": "xterm"}, TerminalKind.VISUAL, RowOrder.VISUAL),
]


@pytest.mark.parametrize(("replies", "env", "kind", "order"), CLASSES)
def test_class_and_order(replies: dict[str, str], env: dict[str, str], kind: TerminalKind, order: RowOrder) -> None:
    profile = profile_of(read_answers("".join(replies.values())), env)
    assert (profile.kind, profile.order) == (kind, order)


def test_environment_is_not_believed_against_answers() -> None:
    env = {"TERM": "xterm", "VTE_VERSION": "7006", "KONSOLE_VERSION": "221203", "COLORTERM": "truecolor"}
    profile = profile_of(read_answers("".join(scripted.XTERM.values())), env)
    assert profile.kind is TerminalKind.VISUAL


@pytest.mark.parametrize("name", [b"DejaVuSansMono", b"DejaVu Sans Mono"])
def test_kitty_with_a_font_that_has_arabic_draws_whole_words(name: bytes) -> None:
    font = "\x1bP1+r6b=" + name.hex() + "\x1b\\"
    profile = profile_of(read_answers(scripted.KITTY[scripted.VERSION] + font), {})
    assert profile.order is RowOrder.WORDS


@pytest.mark.parametrize(
    ("outer_term", "env", "kind"),
    [
        ("Konsole 22.12.3|xterm-256color", {}, TerminalKind.RUNS),
        ("kitty(0.26.5)|xterm-kitty", {}, TerminalKind.LETTERS),
        ("XTerm(379)|xterm", {"VTE_VERSION": "7006"}, TerminalKind.VISUAL),
        ("|xterm-256color", {"VTE_VERSION": "7006"}, TerminalKind.RUNS),
        ("|xterm-256color", {}, TerminalKind.VISUAL),
    ],
)
def test_behind_tmux_that_passes_nothing_on(outer_term: str, env: dict[str, str], kind: TerminalKind) -> None:
    answers = Answers(version="tmux 3.3a", outer_term=outer_term, multiplexer=Multiplexer.TMUX)
    assert profile_of(answers, env).kind is kind


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.AUTO])
def test_the_users_choice_wins(mode: Mode) -> None:
    answers = read_answers("".join(scripted.KONSOLE.values()))
    profile = profile_of(answers, {}, mode)
    assert (profile.mode, profile.kind) == (mode, TerminalKind(mode.value))
    assert with_mode(profile_of(answers, {}), mode).order is profile.order


def test_vs_code_is_told_which_renderer_it_needs() -> None:
    answers = read_answers("".join(scripted.XTERM.values()))
    assert profile_of(answers, {"TERM_PROGRAM": "vscode"}).advice == "vscode"
    assert profile_of(answers, {"TERM_PROGRAM": "vscode"}, Mode.RUNS).advice == ""
    assert profile_of(answers, {}).advice == ""


def test_background_and_darkness() -> None:
    assert profile_of(read_answers(scripted.KITTY[scripted.COLOUR]), {}).background == (0x11, 0x22, 0x33)
    assert profile_of(read_answers(scripted.KONSOLE[scripted.COLOUR]), {}).dark is False
    assert profile_of(read_answers(scripted.VTE[scripted.COLOUR]), {}).dark is True
    assert profile_of(Answers(), {}).dark is None


def test_ssh_keeps_what_only_answers_tell() -> None:
    profile = profile_of(read_answers("".join(scripted.KONSOLE.values())), {"SSH_CONNECTION": "a b c d"})
    assert profile.over_ssh
    assert profile.truecolor
    assert profile.name == "Konsole 22.12.3"


def test_lines_behind_a_multiplexer_are_not_switched() -> None:
    vte = profile_of(read_answers("".join(scripted.VTE.values())), {})
    assert for_lines(vte).order is RowOrder.VISUAL
    inside = replace(vte, multiplexer=Multiplexer.TMUX_PASSTHROUGH)
    assert for_lines(inside).order is RowOrder.RUNS


def test_every_mode_can_be_asked_for_on_the_command_line_and_in_the_configuration() -> None:
    from tui.cli import MODES
    from tui.config import CHOICES, TEMPLATE

    assert set(MODES) == set(CHOICES["bidi"]) == set(Mode)
    (line,) = (line for line in TEMPLATE.splitlines() if line.startswith("# bidi ="))
    assert line.rpartition(": ")[2].split() == list(MODES)
