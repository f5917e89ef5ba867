# ruff: noqa: E501  markup reads better in long lines
"""What the press's site builders do to a story: names that say too much, boxes, headers apart from the text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.news.model import Document, DocumentKind
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TEXT = (
    "افتتح عمدة مدينة المرفأ صباح الخميس جسرا جديدا للمشاة يربط الحي القديم بالمحطة، بعد سنة ونصف من الأشغال.",
    "وقالت المهندسة المشرفة على الورشة إن الجسر يتحمل ثمانمئة عابر في الساعة، وإن إنارته تشتغل بالطاقة الشمسية.",
    "وسيمنع مرور الدراجات النارية فوقه، على أن يخصص لها ممر مواز يفتح في الصيف المقبل.",
)
LEAD = "الجسر الذي انتظره سكان الضفتين طويلا يفتح أخيرا، ويختصر الطريق إلى المحطة إلى خمس دقائق مشيا."
TITLE = "جسر جديد للمشاة في مدينة المرفأ"
MENU = "".join(f"<li><a href='/section/{n}'>قسم من أقسام الجريدة رقم {n}</a></li>" for n in range(30))
NEWS = "".join(
    f"<li><a href='/2026/03/other-{n}/'>خبر آخر من أخبار اليوم رقم {n} في المدينة</a></li>" for n in range(12)
)


def page(inner: str, url: str = "https://paper.example/2026/03/footbridge/") -> Document:
    html = f"<html lang=ar><head><title>{TITLE} | الجريدة</title></head><body>{inner}</body></html>"
    return parse(html.encode(), url=url, content_type="text/html; charset=utf-8", now=NOW)


def told(document: Document) -> list[str]:
    assert document.kind is DocumentKind.ARTICLE
    assert document.article is not None
    return list(paragraphs(document.article.blocks))


def body(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or TEXT)


@pytest.mark.parametrize(
    "name",
    [
        "clearfix sidebar-right",
        "page navigation-container",
        "box modal-enabled",
        "layout has-sidebar",
        "jp-widget-area",
    ],
)
def test_a_name_that_is_said_of_the_whole_page(name: str) -> None:
    found = page(
        f"<div class='{name}'><ul class=menu>{MENU}</ul><h1>{TITLE}</h1><div>{body()}</div><ul>{NEWS}</ul></div>"
    )
    assert told(found) == list(TEXT)


@pytest.mark.parametrize(
    "name", ["jpYiwZ", "qOiPt jpYiwZ", "elementor-widget elementor-widget-text-editor", "o-text--has-ads"]
)
def test_a_name_that_means_nothing(name: str) -> None:
    boxes = "".join(f"<div class='{name}'><p>{text}</p></div>" for text in TEXT)
    found = page(f"<main><h1>{TITLE}</h1><section>{boxes}</section></main>")
    assert told(found) == list(TEXT)


@pytest.mark.parametrize(
    "lead",
    [
        f"<p class=lead>{LEAD}</p>", f"<h2 class='article__subheadline'>{LEAD}</h2>", f"<p>{LEAD}</p>",
        f"<div class='chapo_block'><div><p>{LEAD}</p></div></div>", f"<div class=excerpt>{LEAD}</div>",
    ],
)  # fmt: skip
def test_what_stands_between_heading_and_text(lead: str) -> None:
    meta = "<div class=byline>بقلم سلمى الورغي</div><figure><img src='/a.jpg'><figcaption>صورة الجسر عند الافتتاح صباح اليوم، قبل مرور أول العابرين من الحي القديم.</figcaption></figure>"
    found = page(f"<article><header><h1>{TITLE}</h1>{lead}{meta}</header><div class=text>{body()}</div></article>")
    assert told(found)[0] == LEAD
    assert told(found)[-3:] == list(TEXT)


def test_a_story_in_several_boxes() -> None:
    boxes = "".join(
        f"<section class='block'><div class='inner'>{body(text, text[::-1])}</div></section>" for text in TEXT
    )
    assert len(told(page(f"<main><h1>{TITLE}</h1><div>{boxes}</div></main>"))) == 6


def test_other_stories_beside_it_are_not_taken_along() -> None:
    others = "".join(f"<article><h3><a href='/o/{n}'>خبر آخر {n}</a></h3><p>{LEAD}</p></article>" for n in range(3))
    found = page(f"<main><div><h1>{TITLE}</h1>{body()}</div><div>{others}</div></main>")
    assert told(found) == list(TEXT)


def test_a_blogs_archive_by_month_is_no_list_of_papers() -> None:
    months = "".join(
        f"<li><a href='/{year}/{month:02}/'>{month}/{year}</a></li>"
        for year in (2023, 2024, 2025)
        for month in range(1, 9)
    )
    found = page(f"<div id=content><h1>{TITLE}</h1>{body()}</div><div><ul>{months}</ul></div><ul>{NEWS}</ul>")
    assert told(found) == list(TEXT)


@pytest.mark.parametrize("path", ["2026/03/10/footbridge/", "news/a-new-footbridge-for-the-old-harbour-town"])
def test_a_short_story_among_many_links_by_its_address(path: str) -> None:
    cards = "".join(f"<h3><a href='/o/{n}/'>خبر آخر من أخبار اليوم رقم {n}</a></h3>" for n in range(8))
    found = page(
        f"<div><h1>{TITLE}</h1><div class=entry>{body(*TEXT[:2])}</div></div><div>{cards}</div>",
        f"https://paper.example/{path}",
    )
    assert told(found) == list(TEXT[:2])
