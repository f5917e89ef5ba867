"""Decoding and scaling: what the press sends, and what must not hurt."""

from __future__ import annotations

import asyncio
import io
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from tests.sources.hostile_pictures import HOSTILE, halves, png_bomb, saved
from tui.news.pictures import Colours, Grain, Raster, fit
from tui.sources.imaging import NoPictureError, raster
from tui.sources.pictures import picture
from tui.sources.worker import ParserFailed, Worker

FEED = b"<rss version='2.0'><channel><title>a</title><item><title>b</title></item></channel></rss>"


@pytest_asyncio.fixture
async def worker() -> AsyncIterator[Worker]:
    made = Worker(seconds=5)
    yield made
    await made.aclose()


def pixel(made: Raster, x: int, y: int) -> tuple[int, ...]:
    at = 3 * (y * made.columns + x)
    return tuple(made.pixels[at : at + 3])


def is_red(colour: tuple[int, ...]) -> bool:
    return colour[0] > 150 and max(colour[1:]) < 100


def is_blue(colour: tuple[int, ...]) -> bool:
    return colour[2] > 150 and max(colour[:2]) < 100


@pytest.mark.parametrize(
    ("size", "box", "cells"),
    [
        ((480, 270), (72, 20), (71, 20)),
        ((480, 270), (32, 20), (32, 9)),
        ((100, 1000), (72, 20), (4, 20)),
        ((4000, 20), (72, 20), (72, 1)),
        ((60, 60), (72, 20), (40, 20)),
        ((10, 4), (72, 20), (10, 2)),
        ((0, 4), (72, 20), (0, 0)),
        ((10, 4), (72, 0), (0, 0)),
    ],
)
def test_fit(size: tuple[int, int], box: tuple[int, int], cells: tuple[int, int]) -> None:
    assert fit(*size, *box) == cells


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("colours", list(Colours))
def test_the_four_formats(kind: str, colours: Colours) -> None:
    made = raster(saved(halves(), kind), 40, 20, colours)
    assert (made.columns, made.rows, made.width, made.height) == (40, 14, 120, 80)
    assert len(made.pixels) == 3 * 40 * 28
    assert is_red(pixel(made, 2, 14)) and is_blue(pixel(made, 37, 14))


def test_indexed_colours_are_the_terminals() -> None:
    gradient = Image.linear_gradient("L").convert("RGB")
    made = raster(saved(gradient, "PNG"), 40, 20, Colours.INDEXED)
    steps, greys = {0, 95, 135, 175, 215, 255}, {8 + 10 * step for step in range(24)}
    for at in range(0, len(made.pixels), 3):
        colour = set(made.pixels[at : at + 3])
        assert colour <= steps or (len(colour) == 1 and colour <= greys)


def test_the_first_frame_of_an_animation() -> None:
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue", "green")]
    for kind in ("GIF", "WEBP"):
        made = raster(saved(frames[0], kind, save_all=True, append_images=frames[1:]), 10, 5)
        assert is_red(pixel(made, 5, 5)), kind


def test_sixteen_bits_are_scaled_and_not_cut_off() -> None:
    image = Image.new("I;16", (50, 50), 0x8000)
    assert set(raster(saved(image, "PNG"), 10, 5).pixels) <= {127, 128, 129}


def test_cmyk() -> None:
    made = raster(saved(halves().convert("CMYK"), "JPEG"), 40, 20)
    assert is_red(pixel(made, 2, 14)) and is_blue(pixel(made, 37, 14))


def test_turned_by_its_camera() -> None:
    """Orientation 6: what the file has on the left is up."""
    exif = Image.Exif()
    exif[0x0112] = 6
    made = raster(saved(halves(), "JPEG", exif=exif), 40, 20)
    assert (made.width, made.height) == (80, 120)
    assert made.columns < 2 * made.rows
    assert is_red(pixel(made, made.columns // 2, 1)) and is_blue(pixel(made, made.columns // 2, 2 * made.rows - 2))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_is_paper(mode: str) -> None:
    if mode == "P":
        image = Image.new("P", (50, 50), 0)
        image.putpalette([0, 0, 0, 255, 255, 255])
        body = saved(image, "PNG", transparency=0)
    else:
        body = saved(Image.new(mode, (50, 50), 0), "PNG")
    assert set(raster(body, 10, 5).pixels) == {255}


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in HOSTILE.items()])
def test_hostile_files_are_refused(make: Callable[[], bytes]) -> None:
    body = make()
    tracemalloc.start()
    try:
        with pytest.raises(NoPictureError):
            raster(body, 72, 20)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


async def test_the_worker_survives_them_all(worker: Worker) -> None:
    made = await worker.raster(saved(halves(), "JPEG"), 40, 20)
    pid = worker.pid
    for name, hostile in HOSTILE.items():
        with pytest.raises(ParserFailed):
            await worker.raster(hostile(), 72, 20)
        assert worker.pid == pid, name
    assert await worker.raster(saved(halves(), "JPEG"), 40, 20) == made
    assert (await worker.parse(FEED, url="https://a.example/")).items


async def test_the_largest_that_is_shown_fits_the_workers_memory(worker: Worker) -> None:
    body = saved(Image.new("RGBA", (5000, 4000), (9, 99, 9, 128)), "PNG")
    made = await worker.raster(body, 72, 20, grain=Grain())
    assert (made.width, made.height) == (5000, 4000)
    with pytest.raises(ParserFailed):
        await worker.raster(saved(Image.new("L", (5000, 4001)), "PNG"), 72, 20)


async def test_a_picture_goes_before_the_documents_that_wait(worker: Worker) -> None:
    await worker.parse(FEED, url="https://a.example/")
    order: list[str] = []

    async def noted(name: str, work: Callable[[], Awaitable[object]]) -> None:
        await work()
        order.append(name)

    feeds = [noted("feed", lambda: worker.parse(FEED, url="https://a.example/")) for _ in range(30)]
    body = saved(halves(), "PNG")
    await asyncio.gather(*feeds, noted("picture", lambda: worker.raster(body, 20, 10)))
    assert order.index("picture") < 10


def test_a_bomb_is_small() -> None:
    assert len(png_bomb()) < 10_000


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="480" height="270"', (480, 270)),
        ('width="480px" height="270px"', (480, 270)),
        ('width="100%" height="270"', (0, 0)),
        ('width="480"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_size_a_page_declares(attributes: str, size: tuple[int, int]) -> None:
    node = LexborHTMLParser(f'<img src="/harbour.jpg" {attributes}>').css_first("img")
    assert node is not None
    image = picture(node, "https://paper.example/story")
    assert image is not None
    assert (image.width, image.height) == size


@pytest.mark.parametrize(
    ("size", "pixels"), [((2000, 1000), (400, 200)), ((50, 1000), (20, 400)), ((60, 30), (60, 30))]
)
async def test_in_pixels_too(worker: Worker, size: tuple[int, int], pixels: tuple[int, int]) -> None:
    """A small file of ours whatever came in, never larger than the picture; and the same picture."""
    made = await worker.raster(saved(halves(*size), "PNG"), 40, 20, grain=Grain())
    with Image.open(io.BytesIO(made.fine), formats=["PNG"]) as image:
        image.load()
        assert abs(image.width - pixels[0]) <= 10 and abs(image.height - pixels[1]) <= 20
        assert image.mode == "P" and not image.info
        middle = image.convert("RGB").crop((0, image.height // 2, image.width, image.height // 2 + 1)).tobytes()
    assert is_red(tuple(middle[:3])) and is_blue(tuple(middle[-3:]))
    assert (await worker.raster(saved(halves(*size), "PNG"), 40, 20)).fine == b""


async def test_noise_in_pixels_is_bounded(worker: Worker) -> None:
    noise = Image.effect_noise((1600, 900), 200).convert("RGB")
    made = await worker.raster(saved(noise, "PNG"), 72, 20, grain=Grain())
    assert 0 < len(made.fine) < 300_000
