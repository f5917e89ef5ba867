"""Pictures as sixels: the whole of khabar on a pty whose other end draws them on its cells, as xterm does.

However they are scrolled, covered and uncovered, what is seen of them is the picture, in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tests.screen.pictured import demo, open_one
from tests.support.ptyscreen import ANSWERS, PtyScreen
from tests.support.sixels import Tile, Tiles
from tui.terminal.graphics import PLACEHOLDER
from tui.terminal.sixel import FEWEST

ROOT = Path(__file__).parents[2]
CELL = 8, 17
SIXTEEN = {b"\x1b[?1;1;0S": b"\x1b[?1;0;%dS" % FEWEST, b"\x1b[16t": b"\x1b[6;17;8t"} | ANSWERS
SIXTEEN[b"\x1b[c"] = b"\x1b[?63;1;2;4;6;9;15;18;21;22c"
"""What an xterm says that poses as a VT340, with the colours that it has then."""
_IMAGE = re.compile(rb"\x1bP[0-9;]*q[^\x1b]*\x1b\\")
_BEGUN = re.compile(rb"\x1b(?:P[^\x1b]*\x1b?)?\Z")
Spots = dict[tuple[int, int], Tile]


class Terminal(PtyScreen):
    """A terminal with sixels; ``images``: how many it was sent, ``colours``: the most that one of them had,
    ``last``: where in the output the last one stood."""

    def __init__(self, argv: tuple[str, ...], *, env: Mapping[str, str]) -> None:
        self.tiles = Tiles(CELL)
        self.images = self.colours = self.last = 0
        self._held = b""
        super().__init__(argv, env=env, cwd=str(ROOT), answers=SIXTEEN)

    def _take(self, data: bytes) -> None:
        data, self._held = self._held + data, b""
        if begun := _BEGUN.search(data):
            data, self._held = data[: begun.start()], data[begun.start() :]
        at = 0
        for image in _IMAGE.finditer(data):
            super()._take(data[at : image.start()])
            self.tiles.draw(self.screen, image[0].decode("ascii"))
            self.images, self.last = self.images + 1, len(self.output)
            self.colours = max(self.colours, 1 + max(int(colour) for colour in re.findall(rb"#(\d+);2", image[0])))
            at = image.end()
        super()._take(data[at:])

    def seen(self) -> Spots:
        self.settle()
        return self.tiles.seen(self.screen)


def moved(spots: Spots, rows: int) -> Spots:
    return {(x, y + rows): tile for (x, y), tile in spots.items()}


def test_a_picture_as_sixels_from_its_coming_to_its_going(tmp_path: Path) -> None:
    with demo(Terminal, tmp_path, "--lang", "ar") as terminal:
        spots = open_one(terminal)
        columns, rows = (len({spot[side] for spot in spots}) for side in (0, 1))
        assert len(spots) == columns * rows, "it is a rectangle"
        assert 1 < terminal.colours <= FEWEST
        assert PLACEHOLDER.encode() not in terminal.output

        terminal.press("ctrl+p")
        under = terminal.seen()
        assert under.items() < spots.items(), "the dialog covers a part of it, and the rest stays where it is"
        terminal.press("escape")
        assert terminal.seen() == spots

        before = terminal.images
        terminal.press("j")
        scrolled = terminal.seen()
        assert scrolled and scrolled.items() <= moved(spots, -1).items(), "one row up"
        assert terminal.images - before <= rows
        terminal.press("k")
        assert terminal.seen() == spots

        terminal.press("H")
        assert not terminal.seen(), "put away"
        terminal.press("H")
        assert terminal.seen() == spots

        terminal.press("J")
        assert not spots.items() & terminal.seen().items(), "its article is left"
        open_one(terminal)
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert terminal.output.rindex(b"\x1b[?1049l") > terminal.last > 0
