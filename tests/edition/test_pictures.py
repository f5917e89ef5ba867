"""The pictures are real, small, all of them used, and come from the drawing script."""

import struct
import zlib
from pathlib import Path

import pytest

from tests.edition.make_pictures import draw
from tui.edition.papers import PAPERS
from tui.edition.texts import PICTURES, stories_of

USED = [s.picture for p in PAPERS for s in stories_of(p.slug, p.language) if s.picture]


def chunks(data: bytes) -> dict[bytes, bytes]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        found[name] = found.get(name, b"") + body
        at += 12 + length
    return found


@pytest.mark.parametrize("path", sorted(PICTURES.iterdir()), ids=lambda path: path.name)
def test_a_picture_is_a_whole_png(path: Path) -> None:
    found = chunks(path.read_bytes())
    assert struct.unpack(">II", found[b"IHDR"][:8]) == (480, 270)
    assert len(zlib.decompress(found[b"IDAT"])) == 270 * (1 + 480 * 3)
    assert list(found)[-1] == b"IEND"


def test_together_they_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 300_000


def test_stories_use_all_of_them_and_say_what_they_show() -> None:
    assert {picture.lines[0] for picture in USED} == {path.name for path in PICTURES.iterdir()}
    for picture in USED:
        assert len(picture.lines[1]) > 10, picture
        assert len(picture.lines[2]) > 20, picture


def test_the_script_still_draws_what_is_committed() -> None:
    committed = chunks((PICTURES / "rain-chart.png").read_bytes())[b"IDAT"]
    assert zlib.decompress(chunks(draw("rain-chart"))[b"IDAT"]) == zlib.decompress(committed)
