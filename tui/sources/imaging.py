"""Pictures from the press decoded and scaled to cells; runs in the parser process only, which may be killed.

What a file says of its size is read before anything is allocated for it. Only the four formats of news pages are
tried, by their first bytes: what a server calls them does not count.
"""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache

from PIL import Image, ImageOps

from tui.news.pictures import Colours, Grain, Raster, fit

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MAX_PIXELS = 20_000_000
MAX_SIDE = 20_000
_SHADES = 128
"""Colours of a raster on a terminal that has them all: more is not seen at this size."""
_ENOUGH = 64
"""Colours with which a picture of this size needs no dithering."""
_TURNED = frozenset({5, 6, 7, 8})
"""Values of EXIF's Orientation with the sides exchanged."""
_ORIENTATION = 0x0112
_STEPS = (0, 95, 135, 175, 215, 255)

Image.MAX_IMAGE_PIXELS = None  # ours is checked first, and refuses instead of warning


class NoPictureError(Exception):
    """The bytes are no picture that can be shown."""


def raster(body: bytes, columns: int, rows: int, colours: Colours = Colours.TRUE, grain: Grain | None = None) -> Raster:
    """The picture in ``body`` for a box of cells, its proportions kept. Raises NoPictureError.

    Of an animation, the first frame. Transparent parts are white, as on paper. ``grain``: with pixels of its own.
    """
    try:
        return _raster(body, columns, rows, colours, grain)
    except NoPictureError:
        raise
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, ArithmeticError, struct.error) as error:
        raise NoPictureError(type(error).__name__) from error  # what a decoder raises for a broken file


def warm_up() -> None:
    """Load the decoders: no file can be opened later."""
    for kind in FORMATS:
        store = io.BytesIO()
        Image.new("RGB", (2, 2)).save(store, kind)
        raster(store.getvalue(), 2, 1, Colours.TRUE if kind == "PNG" else Colours.INDEXED, Grain())


def _raster(body: bytes, columns: int, rows: int, colours: Colours, grain: Grain | None) -> Raster:
    if body[:4] == b"RIFF":
        _check(*_webp_size(body))  # its decoder allocates the canvas on opening
    with Image.open(io.BytesIO(body), formats=FORMATS) as image:
        _check(*image.size)
        # Looked up before draft(), which changes the size.
        turned = image.getexif().get(_ORIENTATION) in _TURNED
        width, height = reversed(image.size) if turned else image.size
        wide, high = fit(width, height, columns, rows)
        if not wide:
            raise NoPictureError("no room")
        size = (wide, 2 * high)
        most = (grain.across * wide, grain.down * high) if grain else size
        asked = (max(4 * max(size), *most),) * 2
        image.draft("RGB", asked)  # JPEG only: decoded at an eighth of its size and more, where that is enough
        image.load()
        _check(*image.size)  # a GIF's first frame may be larger than the file says
        upright = ImageOps.exif_transpose(_on_white(image))
        small = upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        fine = _fine(upright, most, grain) if grain else b""
    return Raster(wide, high, _in_colours(small, colours).tobytes(), width, height, fine)


def _fine(image: Image.Image, most: tuple[int, int], grain: Grain) -> bytes:
    return _dots(image, most, grain.shades) if grain.exact else _png(image, most)


def _dots(image: Image.Image, size: tuple[int, int], shades: int) -> bytes:
    """The image in just so many pixels; dithered where it has few colours, which would cost a sixel's runs else."""
    exact = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    flat = exact.quantize(shades, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if shades < _ENOUGH:
        flat = exact.quantize(palette=flat, dither=Image.Dither.FLOYDSTEINBERG)
    palette = bytes(flat.getpalette() or [])[: 3 * shades].ljust(3 * shades, b"\0")
    return zlib.compress(palette + flat.tobytes())


def _png(image: Image.Image, most: tuple[int, int]) -> bytes:
    """A file of ours: no larger than ``most`` pixels and than the image, and nothing in it but pixels."""
    scale = min(1.0, most[0] / image.width, most[1] / image.height)
    size = max(1, round(scale * image.width)), max(1, round(scale * image.height))
    fine = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    palette = fine.quantize(256, Image.Quantize.MEDIANCUT)
    flat = Image.new("P", fine.size)
    flat.putpalette(palette.getpalette() or [])
    flat.paste(fine.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG))
    store = io.BytesIO()
    flat.save(store, "PNG")
    return store.getvalue()


def _check(width: int, height: int) -> None:
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise NoPictureError(f"{width} x {height} pixels")


def _webp_size(body: bytes) -> tuple[int, int]:
    """The canvas a WebP file declares (RFC 9649 sections 2.5 to 2.7)."""
    kind, data = body[12:16], body[20:30]
    if body[8:12] != b"WEBP" or len(data) < 10:
        raise NoPictureError("not WebP")
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[4:7], "little"), 1 + int.from_bytes(data[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(data[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", data[6:10])
    return width & 0x3FFF, height & 0x3FFF


def _on_white(image: Image.Image) -> Image.Image:
    """The image as RGB, its orientation tag kept."""
    exif = image.getexif()
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut them off at 255 instead of scaling them
        flat = image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    elif image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
    else:
        flat = image.convert("RGB")
    if _ORIENTATION in exif:
        flat.getexif()[_ORIENTATION] = exif[_ORIENTATION]
    return flat


def _in_colours(image: Image.Image, colours: Colours) -> Image.Image:
    if colours is Colours.INDEXED:
        return image.quantize(palette=_palette(), dither=Image.Dither.FLOYDSTEINBERG).convert("RGB")
    return image.quantize(_SHADES, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")


@lru_cache(1)
def _palette() -> Image.Image:
    """The colour cube and the grey ramp of xterm's 256 colours."""
    cube = [(r, g, b) for r in _STEPS for g in _STEPS for b in _STEPS]
    greys = [(8 + 10 * step,) * 3 for step in range(24)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in cube + greys for channel in colour])
    return palette
