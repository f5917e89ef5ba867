"""Draws the pictures of the built-in edition: ``python -m tests.edition.make_pictures``.

They are committed, so that the program itself draws nothing.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path

from tests.edition.canvas import HEIGHT, WIDTH, Canvas, Colour, mix

OUT = Path(__file__).parents[2] / "tui" / "edition" / "pictures"

NAVY, SEA, FOAM = (24, 52, 92), (38, 112, 150), (214, 236, 240)
SAND, WHITE, INK = (232, 208, 160), (250, 250, 246), (38, 34, 44)
RED, GREEN, GOLD = (200, 62, 52), (62, 122, 74), (242, 190, 72)


def coast(c: Canvas, horizon: float = 130, sky: tuple[Colour, Colour] = ((132, 190, 222), (248, 226, 190))) -> None:
    """Sky and sea."""
    c.gradient(*sky, 0, horizon)
    c.gradient((70, 150, 178), SEA, horizon, HEIGHT)


def coast_train(c: Canvas) -> None:
    coast(c)
    c.disc(400, 62, 26, GOLD)
    c.waves(130, FOAM, 3)
    c.polygon([(0, 214), (480, 190), (480, 270), (0, 270)], (146, 116, 84))
    c.polygon([(0, 206), (480, 182), (480, 190), (0, 214)], (96, 78, 66))
    for car in range(4):
        x = 40 + car * 92
        drop = 24 * x / WIDTH
        c.rect(x, 162 - drop, 86, 36, WHITE)
        c.rect(x, 184 - drop, 86, 8, (44, 94, 160))
        for window in range(5):
            c.rect(x + 6 + window * 16, 168 - drop, 11, 11, (70, 110, 140))
        for wheel in (16, 70):
            c.disc(x + wheel, 200 - drop, 6, INK)
    c.polygon([(408, 142), (440, 162), (440, 178), (408, 178)], WHITE)


def book_bus(c: Canvas) -> None:
    c.gradient((168, 208, 226), (244, 238, 214))
    c.hills(190, 70, (150, 172, 132), 0.4)
    c.hills(220, 40, (108, 140, 96), 2.2)
    c.rect(0, 226, 480, 44, (176, 150, 116))
    c.rect(90, 104, 290, 112, GOLD)
    c.polygon([(380, 134), (424, 168), (424, 216), (380, 216)], GOLD)
    c.polygon([(384, 144), (414, 168), (384, 168)], (150, 190, 206))
    c.rect(120, 122, 220, 76, (110, 74, 48))
    chance = random.Random(11)
    for shelf in (126, 164):
        x = 124.0
        while x < 330:
            width = chance.uniform(4, 9)
            colour = chance.choice((RED, GREEN, (60, 96, 150), (226, 214, 190), (146, 88, 132)))
            c.rect(x, shelf + chance.uniform(0, 8), width - 1, 30 - 8, colour)
            x += width
        c.rect(120, shelf + 28, 220, 4, (150, 106, 70))
    for x in (150, 352):
        c.disc(x, 220, 22, INK)
        c.disc(x, 220, 9, (190, 190, 190))


def rain_chart(c: Canvas) -> None:
    c.gradient((250, 248, 240), (240, 238, 228))
    for line in range(5):
        c.rect(50, 40 + line * 45, 400, 1, (200, 200, 196))
    for week, share in enumerate((0.34, 0.37, 0.36, 0.45, 0.52, 0.64, 0.71)):
        height = share * 225
        c.rect(70 + week * 54, 220 - height, 34, height, mix((120, 180, 214), (28, 84, 140), week / 6))
    c.rect(50, 220, 400, 2.5, INK)
    c.rect(50, 36, 2.5, 186, INK)


def palms(c: Canvas) -> None:
    c.gradient((240, 150, 92), (252, 222, 150))
    c.disc(250, 150, 58, (254, 240, 190))
    c.hills(226, 44, (206, 150, 96), 1.0, 1.4)
    c.hills(250, 36, (168, 112, 72), 3.4, 1.1)
    for x, foot, top in ((130, 250, 92), (344, 258, 118)):
        for step in range(24):
            share = step / 24
            c.disc(x + 16 * math.sin(share * 1.6), foot + (top - foot) * share, 6 - 2 * share, (84, 58, 46))
        crown = x + 16
        for leaf in range(9):
            angle = math.pi + leaf * math.pi / 8
            for step in range(22):
                share = step / 21
                px = crown + math.cos(angle) * 66 * share
                py = top + math.sin(angle) * 46 * share + 46 * share * share
                c.ellipse(px, py, 7 * (1 - share) + 2, 3.2, (48, 84, 54))
        for fruit in range(5):
            c.disc(crown - 10 + fruit * 5, top + 10 + fruit % 2 * 5, 4, (150, 84, 36))


def waterfall(c: Canvas) -> None:
    c.gradient((150, 196, 218), (222, 234, 226))
    c.polygon([(0, 40), (120, 10), (208, 70), (214, 230), (0, 270)], (70, 116, 80))
    c.polygon([(480, 30), (350, 16), (276, 72), (268, 230), (480, 270)], (56, 100, 70))
    c.polygon([(0, 120), (90, 90), (200, 200), (0, 270)], (88, 136, 92))
    c.polygon([(480, 110), (380, 100), (284, 204), (480, 270)], (76, 124, 84))
    c.polygon([(210, 72), (274, 72), (282, 226), (202, 226)], (226, 242, 246))
    for line in range(6):
        c.stroke((218 + line * 10, 78), (212 + line * 12, 224), 1.6, (170, 208, 222))
    c.ellipse(242, 238, 170, 34, (70, 146, 170))
    c.ellipse(242, 228, 56, 12, WHITE)
    c.waves(226, (150, 200, 214), 5, 8)


def wheat(c: Canvas) -> None:
    c.gradient((92, 158, 212), (214, 232, 236), 0, 170)
    c.gradient((230, 192, 96), (196, 148, 60), 160, HEIGHT)
    chance = random.Random(8)
    for _ in range(46):
        x, y, lean = chance.uniform(-10, 490), chance.uniform(70, 160), chance.uniform(-10, 14)
        stem = mix((206, 164, 72), (160, 118, 44), chance.random())
        c.stroke((x, HEIGHT), (x + lean, y), 2.2, stem)
        for grain in range(6):
            px, py = x + lean, y + grain * 8
            c.ellipse(px - 4, py, 5.5, 2.6, (238, 198, 96), 0.9)
            c.ellipse(px + 4, py, 5.5, 2.6, (220, 174, 74), -0.9)


def observatory(c: Canvas) -> None:
    c.gradient((12, 16, 44), (58, 60, 104))
    c.stars(200, 21, 140)
    c.hills(240, 40, (22, 26, 44), 0.2, 1.2)
    c.rect(176, 150, 128, 74, (196, 198, 206))
    c.ellipse(240, 152, 68, 62, (222, 224, 230))
    c.rect(172, 152, 136, 10, (150, 152, 164))
    c.polygon([(240, 92), (262, 94), (276, 150), (246, 150)], (26, 28, 50))
    c.stroke((256, 146), (286, 74), 11, (240, 238, 228))
    c.rect(228, 186, 24, 38, (92, 70, 58))
    c.rect(0, 224, 480, 46, (20, 24, 38))


def turtle(c: Canvas) -> None:
    c.gradient((96, 190, 206), (18, 84, 128))
    for ray in range(5):
        c.polygon([(60 + ray * 96, 0), (90 + ray * 96, 0), (40 + ray * 90, 270), (0 + ray * 90, 270)], (76, 170, 192))
    c.gradient((214, 196, 150), (190, 168, 120), 244, HEIGHT)
    skin, shell = (120, 158, 104), (70, 108, 68)
    c.ellipse(176, 180, 58, 17, skin, 0.7)
    c.ellipse(312, 176, 40, 13, skin, 0.6)
    c.ellipse(190, 92, 56, 16, skin, -0.8)
    c.ellipse(322, 104, 34, 11, skin, -0.5)
    c.ellipse(134, 134, 30, 20, skin)
    c.disc(122, 128, 3, INK)
    c.ellipse(244, 136, 94, 58, shell)
    for x, y in ((200, 120), (244, 112), (288, 122), (206, 156), (248, 160), (290, 152)):
        c.ellipse(x, y, 19, 15, (112, 148, 84))
    c.rect(240, 76, 14, 8, GOLD)


def lighthouse(c: Canvas) -> None:
    coast(c, 150, ((248, 168, 120), (252, 226, 176)))
    c.disc(104, 150, 34, (254, 236, 180))
    c.gradient((70, 130, 160), NAVY, 150, HEIGHT)
    c.waves(150, (232, 206, 170), 4)
    c.polygon([(250, 270), (290, 204), (360, 188), (440, 206), (480, 250), (480, 270)], (82, 72, 72))
    for band in range(6):
        top, colour = 60 + band * 22, RED if band % 2 == 0 else WHITE
        left, right = 348 - band * 2.4, 384 + band * 2.4
        c.polygon([(left, top), (right, top), (right + 2.4, top + 22), (left - 2.4, top + 22)], colour)
    c.rect(346, 40, 40, 20, (254, 240, 170))
    c.rect(340, 58, 52, 5, INK)
    c.polygon([(342, 40), (390, 40), (366, 20)], RED)
    c.polygon([(346, 44), (346, 56), (0, 104), (0, 4)], (254, 232, 180))


def storks(c: Canvas) -> None:
    c.gradient((250, 206, 170), (196, 218, 226))
    c.hills(176, 34, (150, 168, 150), 0.6)
    for field in range(7):
        colour = (mix((170, 188, 104), (214, 192, 112), field % 3 / 2), (118, 152, 84))[field % 2]
        c.polygon([(240, 160), (field * 120 - 180, 270), (field * 120 - 60, 270)], colour)
    for x, y, size in ((92, 70, 1.0), (176, 44, 0.7), (252, 92, 1.3), (340, 54, 0.8), (402, 110, 1.0), (318, 138, 0.6)):
        c.polygon([(x - 34 * size, y - 14 * size), (x, y), (x - 6 * size, y + 5 * size)], WHITE)
        c.polygon([(x + 34 * size, y - 16 * size), (x, y), (x + 6 * size, y + 5 * size)], WHITE)
        c.polygon([(x + 34 * size, y - 16 * size), (x + 20 * size, y - 10 * size), (x + 24 * size, y - 5 * size)], INK)
        c.polygon([(x - 34 * size, y - 14 * size), (x - 20 * size, y - 9 * size), (x - 24 * size, y - 4 * size)], INK)
        c.ellipse(x, y + 3 * size, 15 * size, 4.5 * size, WHITE)
        c.stroke((x + 14 * size, y + 3 * size), (x + 28 * size, y + 5 * size), 2.4 * size, RED)


def sail(c: Canvas) -> None:
    coast(c, 140, ((120, 190, 226), (236, 240, 226)))
    c.disc(382, 60, 28, (254, 232, 150))
    c.polygon([(0, 140), (70, 104), (150, 140)], (120, 138, 150))
    c.waves(140, FOAM, 9, 20)
    c.polygon([(0, 250), (480, 232), (480, 270), (0, 270)], SAND)
    c.stroke((236, 60), (236, 196), 4, (104, 74, 52))
    c.polygon([(242, 62), (242, 178), (326, 178)], WHITE)
    c.polygon([(230, 76), (230, 178), (170, 178)], (244, 214, 150))
    c.polygon([(150, 190), (340, 190), (306, 222), (186, 222)], (32, 82, 140))


def night_hills(c: Canvas) -> None:
    c.gradient((10, 14, 40), (70, 72, 120))
    for band in range(40):
        share = band / 39
        c.ellipse(40 + 400 * share, 150 - 130 * share, 26, 15, mix((26, 30, 62), (42, 44, 84), 0.6))
    c.stars(210, 33, 190)
    c.disc(96, 64, 24, (244, 238, 210))
    c.disc(106, 58, 21, (24, 28, 62))
    c.hills(224, 56, (30, 36, 66), 0.5)
    c.hills(252, 44, (18, 22, 42), 2.6, 1.4)


def green_train(c: Canvas) -> None:
    c.gradient((226, 214, 190), (246, 236, 214))
    c.rect(0, 40, 480, 16, (150, 92, 70))
    for post in (40, 240, 440):
        c.rect(post - 5, 56, 10, 160, (120, 76, 60))
    c.rect(96, 104, 250, 92, (46, 104, 78))
    c.rect(300, 76, 100, 120, (40, 90, 68))
    c.rect(316, 92, 68, 34, (196, 222, 226))
    c.ellipse(96, 150, 14, 46, (36, 80, 60))
    c.rect(136, 66, 26, 40, INK)
    c.rect(128, 60, 42, 9, INK)
    c.rect(96, 140, 304, 7, GOLD)
    for x, size in ((130, 20), (184, 26), (246, 26), (308, 26), (368, 20)):
        c.disc(x, 216 - size / 2, size, (60, 44, 44))
        c.disc(x, 216 - size / 2, size - 6, RED)
        c.disc(x, 216 - size / 2, 4, GOLD)
    c.rect(0, 228, 480, 5, (110, 106, 104))
    c.rect(0, 233, 480, 37, (164, 148, 130))


def apples(c: Canvas) -> None:
    c.gradient((176, 214, 232), (234, 240, 222))
    c.hills(216, 50, (140, 170, 118), 1.4)
    c.rect(0, 232, 480, 38, (122, 152, 84))
    c.polygon([(226, 240), (232, 130), (256, 130), (266, 240)], (104, 76, 54))
    chance = random.Random(17)
    drawn = [(chance.gauss(0, 52), chance.gauss(0, 30)) for _ in range(170)]
    leaves = [(243 + x, 98 + y) for x, y in drawn if (x / 108) ** 2 + (y / 62) ** 2 < 1]
    for x, y in leaves:
        c.disc(x, y, 15, mix((62, 118, 66), (98, 154, 84), chance.random()))
    for x, y in leaves[:34]:
        c.disc(x, y, 7.5, RED)
        c.disc(x - 2.4, y - 2.6, 2, (240, 160, 140))
    for x in (120, 140, 160, 130, 150):
        c.disc(x, 238 - (x % 20) / 1.2, 8, RED)


def ferry(c: Canvas) -> None:
    coast(c, 132, ((190, 204, 220), (244, 228, 204)))
    c.hills(150, 26, (128, 146, 150), 0.2, 1.0)
    c.gradient((130, 172, 186), (74, 126, 148), 146, HEIGHT)
    c.waves(150, (206, 224, 224), 14, 14)
    c.polygon([(110, 176), (384, 176), (358, 214), (138, 214)], RED)
    c.rect(138, 206, 220, 9, WHITE)
    c.rect(168, 140, 150, 36, WHITE)
    for window in range(6):
        c.rect(178 + window * 23, 150, 14, 12, (78, 112, 138))
    c.rect(206, 116, 66, 24, WHITE)
    c.rect(212, 121, 54, 9, (78, 112, 138))
    c.rect(284, 110, 18, 30, GOLD)
    c.rect(284, 110, 18, 7, INK)
    c.stroke((128, 176), (128, 146), 2.4, INK)
    c.polygon([(129, 146), (150, 153), (129, 160)], (44, 94, 160))


SCENES: dict[str, Callable[[Canvas], None]] = {
    "coast-train": coast_train,
    "book-bus": book_bus,
    "rain-chart": rain_chart,
    "palms": palms,
    "waterfall": waterfall,
    "wheat": wheat,
    "observatory": observatory,
    "turtle": turtle,
    "lighthouse": lighthouse,
    "storks": storks,
    "sail": sail,
    "night-hills": night_hills,
    "green-train": green_train,
    "apples": apples,
    "ferry": ferry,
}


def draw(name: str) -> bytes:
    """Return one picture as a PNG file."""
    canvas = Canvas()
    SCENES[name](canvas)
    return canvas.png()


if __name__ == "__main__":
    for scene in SCENES:
        (OUT / f"{scene}.png").write_bytes(draw(scene))
