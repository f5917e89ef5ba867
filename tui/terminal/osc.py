"""Operating system commands: the reader's clipboard, links, the window's title.  Pure: text in, sequence out.

Whatever goes into a sequence is cleaned here once more, so that no text can end it early and speak to the terminal.
"""

from __future__ import annotations

import base64
import re
import zlib

from tui.terminal.profile import Multiplexer, Profile
from tui.terminal.tmux import wrap

CLIPBOARD_LIMIT = 74_994  # base64 characters; with its frame a request of 75,000, which terminals still take
URL_LIMIT = 2_083  # VTE ignores longer ones
_TITLE_LIMIT = 200
_SCREEN_PIECE = 240  # GNU screen cuts control strings at 256 bytes
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_NOT_URL = re.compile(r"[^\x21-\x7e]")
LINK_END = "\x1b]8;;\x1b\\"


def clipboard(text: str, profile: Profile) -> str:
    """OSC 52: put `text` on the clipboard of the machine the reader sits at.

    "" when it is too long for terminals to take (half a text is worse than none) or when the terminal would print
    the request.  Line ends and tabs stay, other control characters go: pasted into a shell they would be typed.
    """
    if not profile.clipboard:
        return ""
    payload = base64.b64encode(_CONTROL_BUT_LINES.sub("", text).encode("utf-8")).decode("ascii")
    if len(payload) > CLIPBOARD_LIMIT:
        return ""
    request = f"\x1b]52;c;{payload}\x07"
    match profile.multiplexer:
        case Multiplexer.SCREEN:
            return through_screen(request)
        case Multiplexer.TMUX_PASSTHROUGH:
            return request + wrap(request)  # tmux's own buffer, where it takes it, and the terminal's clipboard
        case _:
            return request


def through_screen(sequence: str) -> str:
    """`sequence` for the terminal that GNU screen runs in: device control strings, each short enough for screen."""
    pieces = (sequence[i : i + _SCREEN_PIECE] for i in range(0, len(sequence), _SCREEN_PIECE))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def web_address(url: str) -> str:
    """`url` as OSC 8 may carry it, or "": http and https only, printable ASCII only, not too long."""
    url = _CONTROL.sub("", url).strip()
    if not _WEB.match(url):
        return ""
    url = _NOT_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8")), url)
    return url if len(url) <= URL_LIMIT else ""


def link_start(url: str) -> str:
    """OSC 8: what follows, up to `LINK_END`, leads to `url`.  "" for an address that is not of the web.

    The id is made from the address: terminals then light up all pieces of a link that is broken over lines.
    """
    address = web_address(url)
    if not address:
        return ""
    return f"\x1b]8;id={zlib.crc32(address.encode()):x};{address}\x1b\\"


def title(text: str) -> str:
    """OSC 2: the window's title.  In logical order: window managers order it themselves."""
    return f"\x1b]2;{_CONTROL.sub('', text)[:_TITLE_LIMIT]}\x1b\\"
