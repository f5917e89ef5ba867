"""A picture drawn with the standard library alone: shapes are filled at twice the size and averaged, and the PNG is
written with zlib."""

from __future__ import annotations

import math
import random
import struct
import zlib
from collections.abc import Iterable

WIDTH, HEIGHT, SCALE = 480, 270, 2

Colour = tuple[int, int, int]
Point = tuple[float, float]


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the colour ``share`` (0 to 1) of the way from first to second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Canvas:
    """A picture in the making; coordinates are those of the finished one."""

    def __init__(self) -> None:
        self.rows = [bytearray(WIDTH * SCALE * 3) for _ in range(HEIGHT * SCALE)]

    def span(self, row: int, left: float, right: float, colour: Colour) -> None:
        start, end = max(0, round(left)), min(WIDTH * SCALE, round(right))
        if 0 <= row < len(self.rows) and start < end:
            self.rows[row][start * 3 : end * 3] = bytes(colour) * (end - start)

    def gradient(self, top: Colour, bottom: Colour, start: float = 0, end: float = HEIGHT) -> None:
        first, last = round(start * SCALE), round(end * SCALE)
        for row in range(first, last):
            step = round((row - first) / max(1, last - first - 1) * 24) / 24  # bands: calm to look at, small to store
            self.span(row, 0, WIDTH * SCALE, mix(top, bottom, step))

    def polygon(self, points: Iterable[Point], colour: Colour) -> None:
        corners = [(x * SCALE, y * SCALE) for x, y in points]
        edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        for row in range(max(0, math.floor(top)), min(len(self.rows), math.ceil(bottom))):
            middle = row + 0.5
            crossings = sorted(
                x0 + (middle - y0) * (x1 - x0) / (y1 - y0)
                for (x0, y0), (x1, y1) in edges
                if min(y0, y1) <= middle < max(y0, y1)
            )
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                self.span(row, left, right, colour)

    def rect(self, left: float, top: float, width: float, height: float, colour: Colour) -> None:
        right, bottom = left + width, top + height
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def ellipse(self, x: float, y: float, across: float, down: float, colour: Colour, turn: float = 0) -> None:
        cos, sin = math.cos(turn), math.sin(turn)
        ring = [(across * math.cos(a), down * math.sin(a)) for a in (i * math.tau / 48 for i in range(48))]
        self.polygon([(x + u * cos - v * sin, y + u * sin + v * cos) for u, v in ring], colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.ellipse(x, y, radius, radius, colour)

    def stroke(self, start: Point, end: Point, width: float, colour: Colour) -> None:
        (x0, y0), (x1, y1) = start, end
        length = math.hypot(x1 - x0, y1 - y0) or 1
        u, v = (y1 - y0) / length * width / 2, (x0 - x1) / length * width / 2
        self.polygon([(x0 + u, y0 + v), (x1 + u, y1 + v), (x1 - u, y1 - v), (x0 - u, y0 - v)], colour)

    def hills(self, base: float, height: float, colour: Colour, phase: float, waves: float = 2.0) -> None:
        def top(x: float) -> float:
            angle = x / WIDTH * math.tau * waves + phase
            return base - height * (0.6 * math.sin(angle) + 0.3 * math.sin(angle * 2.3 + 1) + 0.5)

        self.polygon([(0, HEIGHT), *((x, top(x)) for x in range(0, WIDTH + 8, 8)), (WIDTH, HEIGHT)], colour)

    def waves(self, start: float, colour: Colour, seed: int, count: int = 16) -> None:
        chance = random.Random(seed)
        for _ in range(count):
            x, y = chance.uniform(0, WIDTH), chance.uniform(start + 8, HEIGHT - 6)
            self.ellipse(x, y, 10 + (y - start) / 5, 1.2, colour)

    def stars(self, bottom: float, seed: int, count: int = 90) -> None:
        chance = random.Random(seed)
        for _ in range(count):
            size = chance.choice((0.7, 0.7, 1.0, 1.5))
            self.disc(chance.uniform(0, WIDTH), chance.uniform(0, bottom), size, (236, 234, 214))

    def png(self) -> bytes:
        """Average down to the finished size and write it."""
        lines: list[bytes] = []
        for y in range(HEIGHT):
            upper, lower = self.rows[2 * y], self.rows[2 * y + 1]
            line = bytearray(WIDTH * 3)
            for part in range(3):
                a, b, c, d = upper[part::6], upper[part + 3 :: 6], lower[part::6], lower[part + 3 :: 6]
                line[part::3] = bytes((i + j + k + m + 2) >> 2 for i, j, k, m in zip(a, b, c, d, strict=True))
            lines.append(bytes(line))
        return _png(lines)


def _png(lines: list[bytes]) -> bytes:
    packed, above = bytearray(), bytes(WIDTH * 3)
    for line in lines:
        sub = bytes((v - p) & 255 for v, p in zip(line, b"\0\0\0" + line[:-3], strict=True))
        up = bytes((v - p) & 255 for v, p in zip(line, above, strict=True))
        kind, best = min(((1, sub), (2, up)), key=lambda pair: sum(min(v, 256 - v) for v in pair[1]))
        packed += bytes([kind]) + best
        above = line

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(packed), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
