"""What terminals say when they are asked, and how to keep it away from the keyboard's reader.

Pure: text in, text out.  Only replies to the questions of `tui.terminal.probe` are known here.
"""

from __future__ import annotations

import re

from tui.terminal.profile import Answers

_ST = r"(?:\x1b\\|\x07|\x9c)"
_REPLIES = re.compile(
    rf"""
      \x1b\[8;(?P<bidi>\d)\$y                      # DECRPM 8: bidirectional support mode
    | \x1b\[\?2026;(?P<sync>\d)\$y                 # DECRPM ?2026: synchronised output
    | \x1b\[>(?P<da2>[0-9;]*)c                     # DA2
    | \x1b\[\?(?P<da1>[0-9;]*)c                    # DA1
    | \x1bP!\|(?P<da3>[0-9A-Fa-f]*){_ST}           # DA3
    | \x1bP>\|(?P<version>[^\x1b\x07\x9c]*){_ST}   # XTVERSION
    | \x1bP[01]\+r(?P<kitty>[0-9a-fA-F=]*){_ST}    # XTGETTCAP: kitty's own settings
    | \x1b\[\?1;(?P<registers>\d+;[0-9;]*)S         # XTSMGRAPHICS: how many colours sixels have
    | \x1b\[6;(?P<cell>\d+;\d+)t                   # XTWINOPS 16: pixels of a cell, down and across
    | \x1b\[\d+;(?P<column>\d+)R                    # CPR: where the cursor is
    | \x1b\]11;(?P<colour>[^\x1b\x07\x9c]*){_ST}   # OSC 11: background
    """,
    re.VERBOSE,
)
# Any beginning of the above.  Each branch may stop anywhere: the optional groups are nested.
_BEGINNING = re.compile(
    r"""\x1b(?:
        \[(?:
            8(?:;\d?\$?)?
          | \d{1,4}(?:;[0-9;]*)?
          | \?[0-9;]*\$?
          | >[0-9;]*
        )?
      | P(?:
            !(?:\|[0-9A-Fa-f]{0,64}\x1b?)?
          | >(?:\|[^\x1b\x07\x9c]{0,200}\x1b?)?
          | [01](?:\+(?:r[0-9a-fA-F=]{0,400}\x1b?)?)?
        )?
      | \](?:1(?:1(?:;[^\x1b\x07\x9c]{0,64}\x1b?)?)?)?
    )?\Z""",
    re.VERBOSE,
)
MOST_PIXELS = 96
"""Of a cell's side, with fonts that anybody reads."""
_COLOUR = re.compile(r"rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")


def has_fence(text: str) -> bool:
    """Has the last question (DA1) been answered?"""
    return any(match["da1"] is not None for match in _REPLIES.finditer(text))


def strip_replies(text: str) -> str:
    """`text` without the replies in it: what somebody typed meanwhile."""
    return _REPLIES.sub("", text)


def read_answers(text: str) -> Answers:
    """The replies found in `text`; of two to the same question the last counts."""
    found: dict[str, str] = {}
    for match in _REPLIES.finditer(text):
        found.update({name: value for name, value in match.groupdict().items() if value is not None})
    return Answers(
        bidi_mode=found.get("bidi", ""),
        version=found.get("version", ""),
        da1=found.get("da1", ""),
        da2=found.get("da2", ""),
        da3=found.get("da3", "").upper(),
        sync_mode=found.get("sync", ""),
        registers=_registers(found.get("registers", "")),
        cell=_cell(found.get("cell", "")),
        font=_kitty_value(found.get("kitty", "")),
        utf8=found.get("column") != "3",
        background=_colour(found.get("colour", "")),
        fenced="da1" in found,
    )


def _registers(reply: str) -> int:
    """The number in "0;256"; 0 when the terminal would not say."""
    status, _, number = reply.partition(";")
    return int(number) if status == "0" and number.isdigit() else 0


def _cell(reply: str) -> tuple[int, int] | None:
    """Across and down of "20;10"; None when a cell has no size, or one that no font has."""
    down, across = (int(number) if len(number) < 4 else 0 for number in (reply or "0;0").split(";"))
    return (across, down) if 0 < across <= MOST_PIXELS and 0 < down <= MOST_PIXELS else None


def _kitty_value(reply: str) -> str:
    """The value in "name=value", both in hexadecimal; "" when it is not one."""
    try:
        return bytes.fromhex(reply.partition("=")[2]).decode("utf-8", "replace")
    except ValueError:
        return ""


def _colour(text: str) -> tuple[int, int, int] | None:
    """An X11 colour specification (`rgb:RRRR/GGGG/BBBB`, one to four digits a channel) as 0 to 255 a channel."""
    match = _COLOUR.search(text)
    if match is None:
        return None
    red, green, blue = (int(digits, 16) * 255 // (16 ** len(digits) - 1) for digits in match.groups())
    return red, green, blue


class ReplyFilter:
    """Drops late replies from what the keyboard sends.

    A reply may arrive in pieces.  While replies are `expected`, text that could be the beginning of one is held back
    until more arrives, or until the caller says that nothing more came (`release`); a lone Escape key is therefore a
    moment late then, and at no other time.
    """

    def __init__(self, *, expected: bool) -> None:
        self.expected = expected
        self.heard = ""
        self._held = ""

    def expect(self) -> None:
        """Questions go out: what is answered is in `heard` when nothing more is `expected`."""
        self.expected, self.heard = True, ""

    @property
    def holding(self) -> bool:
        """Is something held back?"""
        return bool(self._held)

    def feed(self, text: str) -> str:
        """What of `text`, and of what was held back, is for the keyboard's reader now."""
        text = self._held + text
        self._held = ""
        if "\x1b" not in text:
            return text
        fenced = self.expected and has_fence(text)
        if self.expected:
            self.heard += "".join(found.group() for found in _REPLIES.finditer(text))
        text = strip_replies(text)
        if fenced:
            self.expected = False
        elif self.expected and (beginning := _BEGINNING.search(text)):
            self._held = beginning.group()
            text = text[: beginning.start()]
        return text

    def release(self) -> str:
        """Nothing more came: what was held back is typing after all, unless no key could begin like that."""
        held, self._held = self._held, ""
        if len(held) > 3 and held[1] in "P]":
            self._held = held  # a control string under way: the rest of it will come
            return ""
        return held
