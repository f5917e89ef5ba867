"""Which class of terminal this is, and what that class needs.  Pure: answers and environment in, profile out.

The classes and the rules that tell them apart were measured on eighteen terminals.  They differ in who puts
right-to-left text in order: most show cells as they come ("visual"), some reorder each row themselves and must be
told not to, or be given rows that come out right after their reordering.  The decision rests on what the terminal
answers; the environment is only asked where it does not answer, because it is lost over SSH and stale in multiplexers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tui.bidi.orders import RowOrder
from tui.terminal import graphics, sixel
from tui.terminal.colours import TRUECOLOR, how_many


class TerminalKind(StrEnum):
    """How a terminal treats right-to-left text."""

    VISUAL = "visual"  # shows cells as they come
    EXPLICIT = "explicit"  # reorders, until told not to by the standard's BDSM mode (ECMA-48 8.3.12)
    RUNS = "runs"  # reorders each row over a left-to-right base; marks keep the runs in place
    WORDS = "words"  # draws each blank-free run of one font from right to left (kitty)
    LETTERS = "letters"  # the same, where the letters come from a fallback font
    MLTERM = "mlterm"  # reorders, until told not to by a control sequence of its own
    PUTTY = "putty"  # reorders whole rows; only its user can switch that off
    QTERMWIDGET = "qtermwidget"  # reorders each stretch of one style, marks are lost: an approximation
    LOGICAL = "logical"  # the user's wish: the terminal does all of it


class Multiplexer(StrEnum):
    """What stands between us and the terminal."""

    NONE = ""
    TMUX = "tmux"  # sequences for the terminal do not get through
    TMUX_PASSTHROUGH = "tmux with passthrough"
    SCREEN = "screen"


class Pictures(StrEnum):
    """How a terminal draws pixels in place of characters."""

    NONE = ""
    KITTY = "kitty"  # tui.terminal.graphics
    SIXEL = "sixel"  # tui.terminal.sixel


class Mode(StrEnum):
    """What the user may ask for: `--bidi`, `bidi =` in the configuration, the B key (in this order)."""

    AUTO = "auto"
    VISUAL = "visual"
    RUNS = "runs"
    WORDS = "words"
    LETTERS = "letters"
    EXPLICIT = "explicit"
    LOGICAL = "logical"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the terminal said.  Strings are the parameters of the reply, without introducer and final byte."""

    bidi_mode: str = ""  # DECRQM 8: "0" unknown, "1" set (implicit), "2" reset (explicit)
    version: str = ""  # XTVERSION
    da1: str = ""
    da2: str = ""
    da3: str = ""
    sync_mode: str = ""  # DECRQM ?2026
    background: tuple[int, int, int] | None = None  # OSC 11, 0 to 255 a channel
    font: str = ""  # kitty only
    registers: int = 0  # XTSMGRAPHICS: colours of a sixel; 0: not said
    cell: tuple[int, int] | None = None  # XTWINOPS 16: its pixels, across and down
    outer_term: str = ""  # tmux: "client_termtype|client_termname"
    multiplexer: Multiplexer = Multiplexer.NONE
    utf8: bool = True  # False: one blank of UTF-8 was shown as two characters
    fenced: bool = False  # the last of our questions was answered: no reply can come any more
    asked: bool = False
    round_trip_ms: float | None = None
    typed: str = ""  # keys pressed while we waited


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the rest of the program needs to know about the terminal."""

    kind: TerminalKind = TerminalKind.VISUAL
    order: RowOrder = RowOrder.VISUAL
    mode: Mode = Mode.AUTO
    name: str = ""  # what to call it to the user
    multiplexer: Multiplexer = Multiplexer.NONE
    marks: bool = False  # tashkeel and niqqud are drawn in their place
    anchored: bool = False  # guesses each row's direction and heeds no marks: blanks must do for them
    zero_width: bool = True  # combining characters and direction marks take no cell
    erase_keeps_background: bool = True  # BCE: erased cells take the current background
    sync: bool = False  # synchronised output (2026)
    colours: int = 0  # how many it shows; 0: not known
    links: bool = True  # OSC 8 does no harm
    clipboard: bool = True  # OSC 52 does no harm
    pictures: Pictures = Pictures.NONE
    over_ssh: bool = False
    round_trip_ms: float | None = None
    background: tuple[int, int, int] | None = None
    replies_pending: bool = False  # late replies may still arrive and must be swallowed
    advice: str = ""  # key of a sentence for the user, "" when nothing is to be said
    typed: str = field(default="", compare=False)

    @property
    def truecolor(self) -> bool:
        """Does it show 24-bit colours?"""
        return self.colours >= TRUECOLOR

    @property
    def dark(self) -> bool | None:
        """Is the background dark?  None when the terminal did not say.  Rec. 709 luma, without gamma."""
        if self.background is None:
            return None
        red, green, blue = self.background
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128


_ORDERS = {
    TerminalKind.RUNS: RowOrder.RUNS,
    TerminalKind.QTERMWIDGET: RowOrder.RUNS,
    TerminalKind.PUTTY: RowOrder.RUNS,
    TerminalKind.WORDS: RowOrder.WORDS,
    TerminalKind.LETTERS: RowOrder.LETTERS,
    TerminalKind.LOGICAL: RowOrder.RUNS,
}
_ADVICE = {
    TerminalKind.PUTTY: "putty",
    TerminalKind.WORDS: "kitty",
    TerminalKind.LETTERS: "kitty",
    TerminalKind.QTERMWIDGET: "qtermwidget",
}
# monospaced fonts that have Arabic letters of their own, by PostScript name: kitty then draws a word as one run
_FONTS_WITH_ARABIC = ("dejavusansmono", "cascadia", "freemono", "kawkabmono", "vazircode", "couriernew", "notokufi")
_DA3_VTE, _DA3_KONSOLE = "7E565445", "7E4B4445"
_DUMB = frozenset({"", "dumb", "linux", "unknown"})


def profile_of(answers: Answers, env: Mapping[str, str], mode: Mode = Mode.AUTO) -> Profile:
    """The profile for what the terminal answered.

    `mode` is the user's choice and always wins: settings inside a terminal (kitty's force_ltr, Konsole's bidi
    rendering, PuTTY's, iTerm2's) cannot be asked for.
    """
    kind = classify(answers, env)
    ssh = "SSH_CONNECTION" in env or "SSH_TTY" in env
    profile = Profile(
        kind=kind,
        order=_ORDERS.get(kind, RowOrder.VISUAL),
        name=_name(answers, env, kind),
        multiplexer=answers.multiplexer,
        marks=_marks(answers, kind),
        anchored=kind in {TerminalKind.PUTTY, TerminalKind.QTERMWIDGET},
        zero_width=not (kind is TerminalKind.MLTERM or answers.da2.startswith("61;")),
        erase_keeps_background=answers.multiplexer is not Multiplexer.SCREEN,
        sync=answers.sync_mode in {"1", "2"},
        colours=how_many(answers.version, answers.da3, env, in_screen=answers.multiplexer is Multiplexer.SCREEN),
        links=env.get("TERM", "") not in _DUMB,
        clipboard=env.get("TERM", "") not in _DUMB,
        pictures=_pictures(answers),
        over_ssh=ssh,
        round_trip_ms=answers.round_trip_ms,
        background=answers.background,
        replies_pending=answers.asked and not answers.fenced,
        advice=_ADVICE.get(kind, "") or _advice_by_name(kind, answers, env),
        typed=answers.typed,
    )
    return with_mode(profile, mode)


def with_mode(profile: Profile, mode: Mode) -> Profile:
    """The same terminal under another choice of the user.  `auto` takes the measured class again only if it was
    never overridden; keep the first profile to go back to it.
    """
    if mode is Mode.AUTO:
        return profile
    kind = TerminalKind(mode.value)
    return replace(profile, kind=kind, order=_ORDERS.get(kind, RowOrder.VISUAL), mode=mode, anchored=False, advice="")


def classify(answers: Answers, env: Mapping[str, str]) -> TerminalKind:
    """First match of the measured rules."""
    if answers.bidi_mode in {"1", "2"}:
        return TerminalKind.EXPLICIT
    if answers.version.startswith("kitty"):
        font = answers.font.replace(" ", "").lower()
        return TerminalKind.WORDS if font.startswith(_FONTS_WITH_ARABIC) else TerminalKind.LETTERS
    if answers.version.startswith("Konsole") or answers.da3 == _DA3_KONSOLE:
        return TerminalKind.RUNS
    if answers.da2.startswith("24;") and (env.get("TERM") == "mlterm" or answers.da3 == "000000"):
        return TerminalKind.MLTERM
    if answers.da2 == "0;136;0":
        return TerminalKind.PUTTY
    if answers.da2 == "0;115;0":
        return TerminalKind.QTERMWIDGET
    if answers.multiplexer in {Multiplexer.TMUX, Multiplexer.SCREEN}:
        return _behind_multiplexer(answers, env)
    if env.get("TERM_PROGRAM") == "Apple_Terminal":
        return TerminalKind.RUNS  # reorders each line and has no switch (documented, not measured)
    return TerminalKind.VISUAL


def _behind_multiplexer(answers: Answers, env: Mapping[str, str]) -> TerminalKind:
    """tmux without passthrough, screen: what it says about its client, then what leaked into the environment."""
    kind_of, _, term = answers.outer_term.partition("|")
    if "kitty" in kind_of or "kitty" in term:
        return TerminalKind.LETTERS
    if kind_of.startswith("Konsole"):
        return TerminalKind.RUNS
    if kind_of:
        return TerminalKind.VISUAL
    if "mlterm" in term:
        return TerminalKind.VISUAL  # its switch cannot be reached; the user may choose
    implicit = "VTE_VERSION" in env or "KONSOLE_VERSION" in env
    return TerminalKind.RUNS if implicit else TerminalKind.VISUAL


def _pictures(answers: Answers) -> Pictures:
    """Multiplexers know no pictures, or send them on as they like."""
    if answers.multiplexer:
        return Pictures.NONE
    if graphics.is_drawn_by(answers.version):
        return Pictures.KITTY
    return Pictures.SIXEL if sixel.is_drawn_by(answers.da1, answers.version) else Pictures.NONE


def _name(answers: Answers, env: Mapping[str, str], kind: TerminalKind) -> str:
    """What to call the terminal to its user."""
    known = {
        TerminalKind.MLTERM: "mlterm",
        TerminalKind.PUTTY: "PuTTY",
        TerminalKind.QTERMWIDGET: "qtermwidget",
    }
    outer = answers.outer_term.partition("|")[0]
    name = answers.version or outer or known.get(kind, "") or env.get("TERM", "")
    if answers.da3 == _DA3_VTE:
        name = "VTE"
    return name if not answers.multiplexer else f"{name} ({answers.multiplexer})"


def _advice_by_name(kind: TerminalKind, answers: Answers, env: Mapping[str, str]) -> str:
    """VS Code's two renderers give the same answers, and one of them reorders; its name is lost over SSH."""
    there = env.get("TERM_PROGRAM") == "vscode" and not answers.multiplexer
    return "vscode" if there and kind is TerminalKind.VISUAL else ""


def _marks(answers: Answers, kind: TerminalKind) -> bool:
    """Are tashkeel and niqqud drawn where they belong?  Measured so in VTE, Konsole and xterm."""
    return kind in {TerminalKind.EXPLICIT, TerminalKind.RUNS} or answers.version.startswith("XTerm")


def for_lines(profile: Profile) -> Profile:
    """`profile` for a program that prints lines on the main screen and ends.

    Through a multiplexer a terminal takes its switch only for rows that are cleared afterwards, so lines printed
    there need the order of a terminal that was not switched.  mlterm has none that is right: its user sees cells.
    """
    switched = profile.kind is TerminalKind.EXPLICIT and profile.multiplexer is not Multiplexer.NONE
    return replace(profile, kind=TerminalKind.RUNS, order=RowOrder.RUNS) if switched else profile
