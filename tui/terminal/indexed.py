"""Which of a terminal's 240 fixed colours a colour of a theme becomes.  Pure.

The nearest to the eye: by distance in Oklab. In steps of each channel by itself, as Rich takes it, a cream ground is
pink and brown text is red.
"""

from __future__ import annotations

from functools import lru_cache

Rgb = tuple[int, int, int]
_FIRST = 16
"""Below are the sixteen that every terminal's user may change."""
_STEPS = (0, 95, 135, 175, 215, 255)
FIXED: tuple[Rgb, ...] = (
    *((red, green, blue) for red in _STEPS for green in _STEPS for blue in _STEPS),
    *((grey, grey, grey) for grey in range(8, 240, 10)),
)
"""xterm's cube and its ramp of greys, from number 16 on."""


@lru_cache(4096)
def nearest(colour: Rgb) -> int:
    """The number, 16 to 255, of the fixed colour that looks most like it."""
    wanted = _oklab(colour)
    distances = [sum((one - other) ** 2 for one, other in zip(wanted, fixed, strict=True)) for fixed in _fixed()]
    return _FIRST + distances.index(min(distances))


@lru_cache(1)
def _fixed() -> tuple[tuple[float, float, float], ...]:
    return tuple(map(_oklab, FIXED))


def _oklab(colour: Rgb) -> tuple[float, float, float]:
    """Lightness and two axes of hue in which distances are differences to the eye (Ottosson 2020, from sRGB)."""
    red, green, blue = (linear(value / 255) for value in colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def linear(share: float) -> float:
    """The light of an sRGB channel, both from 0 to 1 (IEC 61966-2-1)."""
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
