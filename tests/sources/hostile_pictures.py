"""Picture files as the press and its enemies make them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    """An image as a file's bytes."""
    store = io.BytesIO()
    image.save(store, kind, **how)
    return store.getvalue()


def halves(width: int = 120, height: int = 80) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), (220, 20, 20))
    image.paste((20, 20, 220), (width // 2, 0, width, height))
    return image


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(side: int = 100_000) -> bytes:
    """A few kilobytes that say they are ``side`` x ``side`` pixels, and unpack to megabytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = _chunk(b"IDAT", zlib.compress(bytes(3_000_000)))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + rows + _chunk(b"IEND", b"")


def gif_bomb() -> bytes:
    """A small screen, and a first frame of 65535 x 65535 pixels."""
    screen = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0x80, 0, 0) + bytes(6)
    return screen + b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x02\x02\x4c\x01\x00;"


def webp_bomb() -> bytes:
    """An extended file whose canvas is 16384 x 16384 pixels."""
    side = (16383).to_bytes(3, "little")
    data = b"VP8X" + struct.pack("<I", 10) + bytes(4) + side + side
    return b"RIFF" + struct.pack("<I", 4 + len(data)) + b"WEBP" + data


def text_bomb() -> bytes:
    """A good PNG with a compressed comment of 300 MB."""
    good = saved(halves(), "PNG")
    packed = zlib.compressobj(9)
    comment = b"".join(packed.compress(bytes(1_000_000)) for _ in range(300)) + packed.flush()
    return good[:33] + _chunk(b"zTXt", b"Comment\0\0" + comment) + good[33:]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "png bomb": png_bomb,
    "gif bomb": gif_bomb,
    "webp bomb": webp_bomb,
    "text bomb": text_bomb,
    "truncated png": lambda: saved(halves(), "PNG")[:-60],
    "truncated jpeg": lambda: saved(halves(), "JPEG")[:400],
    "truncated webp": lambda: saved(halves(), "WEBP")[:60],
    "empty": lambda: b"",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    "html": lambda: b"<!doctype html><title>Not found</title><p>There is no such picture.",
    "bmp": lambda: saved(halves(), "BMP"),
    "tiff": lambda: saved(halves(), "TIFF"),
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n",
    "riff of another kind": lambda: b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40),
}
