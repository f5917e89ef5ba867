"""Pages in which our own layers find no story: trafilatura reads them again, in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tui.news.model import DocumentKind, Paragraph, Provenance
from tui.sources.parse import parse
from tui.sources.reading import read_page
from tui.sources.worker import AGAIN, Worker

NOW = datetime(2026, 3, 5, 14, tzinfo=UTC)
URL = "https://paper.example/2026/03/the-last-ferry-of-the-winter"
TITLE = "آخر عبّارات الشتاء تغادر الميناء القديم"
TOLD = [
    "غادرت العبّارة الأخيرة لهذا الشتاء رصيف الميناء القديم عند الفجر، وعلى متنها اثنان وأربعون راكبا وبريد أسبوعين.",
    "وقال ربانها إن البحر كان أهدأ مما توقع، وإن الرحلة التي تستغرق عادة ست ساعات انتهت قبل موعدها بنصف ساعة كاملة.",
    "وكانت البلدية قد أعلنت أن الرصيف سيغلق حتى الربيع لترميم السلالم الحجرية التي أتلفتها عواصف تشرين الثاني الماضي.",
    "أما سكان الجزيرة فيعتمدون الآن على قارب صغير يعبر مرتين في الأسبوع، ويحمل الدواء والخبز ومن لا يستطيع الانتظار.",
    "ويرى تاجر من السوق أن الأسعار سترتفع كما في كل عام، ثم تعود إلى ما كانت عليه حين تعود العبّارة الأولى في آذار.",
    "وينتظر أن تبدأ أعمال الترميم يوم الاثنين المقبل إذا سمح الطقس، على أن تنتهي قبل عيد الصيادين بثلاثة أسابيع.",
]  # fmt: skip


def page(*paragraphs: str, box: str = "template") -> bytes:
    """A story in an element that holds what a script may show one day."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<html lang=ar><head><title>{TITLE}</title></head>"
    return f"{head}<body><h1>{TITLE}</h1><{box}>{text}</{box}></body></html>".encode()


def test_a_story_that_our_own_layers_lose_is_found() -> None:
    first = parse(page(*TOLD), url=URL, now=NOW)
    assert first.article is not None
    assert (first.article.blocks, first.provenance) == ((), Provenance.NONE)
    again = parse(page(*TOLD), url=URL, now=NOW, again=True)
    assert again.article is not None
    assert [b.text.text for b in again.article.blocks if isinstance(b, Paragraph)] == TOLD
    found = again.article
    assert (found.title, found.language, found.full) == (TITLE, "ar", True)
    assert found.provenance is again.provenance is Provenance.TRAFILATURA
    assert not again.errors, "the first reading's sentence is no longer true"


def test_links_and_emphasis_stay() -> None:
    linked = TOLD[1].replace("ربانها", "<a href=/captain>ربانها</a>").replace("أهدأ", "<b>أهدأ</b>")
    found = parse(page(TOLD[0], linked, *TOLD[2:]), url=URL, now=NOW, again=True).article
    assert found is not None
    assert [link.url for link in found.links] == ["https://paper.example/captain"]
    second = found.blocks[1]
    assert isinstance(second, Paragraph)
    assert second.text.text == TOLD[1], "letters as they were written"
    assert {second.text.text[mark.start : mark.end] for mark in second.text.marks} == {"ربانها", "أهدأ"}


def test_a_notice_is_no_story() -> None:
    for lines in (TOLD[:2], ["تابعنا على كل المنصات", "اشترك الآن"] * 40):
        assert parse(page(*lines), url=URL, now=NOW, again=True).provenance is Provenance.NONE


def test_without_trafilatura_the_first_reading_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert parse(page(*TOLD), url=URL, now=NOW, again=True) == parse(page(*TOLD), url=URL, now=NOW)


@pytest.fixture
async def workers() -> AsyncIterator[tuple[Worker, Worker]]:
    made = Worker(), Worker(command=AGAIN)
    yield made
    for worker in made:
        await worker.aclose()


async def test_the_second_process_begins_at_the_first_page_without_a_story(workers: tuple[Worker, Worker]) -> None:
    first, again = workers
    children = []
    for box in ("main", "template"):
        document = await read_page(first, again, page(*TOLD, box=box), url=URL)
        children.append((document.provenance, first.pid == again.pid, again.pid is None))
    assert children == [(Provenance.DENSITY, False, True), (Provenance.TRAFILATURA, False, False)]


async def test_headlines_are_read_again_only_where_a_story_was_wanted(workers: tuple[Worker, Worker]) -> None:
    cards = "".join(
        f"<div class=card><h3><a href=/2026/03/0{n}/a-story-of-the-day-{n}>{TOLD[n][:60]}</a></h3></div>"
        for n in range(6)
    )
    body = page(*TOLD).replace(b"</h1>", b"</h1>" + cards.encode())
    front = await read_page(*workers, body, url="https://paper.example/")
    assert front.kind is DocumentKind.FRONT_PAGE
    assert workers[1].pid is None
    story = await read_page(*workers, body, url="https://paper.example/", story=True)
    assert story.provenance is Provenance.TRAFILATURA


async def test_what_cannot_be_read_again_is_what_was_found_first() -> None:
    first, hurried = Worker(), Worker(seconds=0.0, command=AGAIN)
    try:
        document = await read_page(first, hurried, page(*TOLD), url=URL)
        assert (document.kind, document.provenance) == (DocumentKind.ARTICLE, Provenance.NONE)
        assert document.errors == ("No article text was found in the page.",)
    finally:
        await first.aclose()
        await hurried.aclose()
