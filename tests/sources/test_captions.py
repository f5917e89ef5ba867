"""Pictures of a page: what is said of them is theirs, by whichever name, and those of advertisements are none."""

from __future__ import annotations

import pytest

from tui.news.model import Block, Figure, Paragraph, Text
from tui.sources.blocks import blocks_of_html

IMAGE = "<img src='https://gazette.example/quay.jpg'>"


def blocks(html: str) -> tuple[Block, ...]:
    return blocks_of_html(html, "https://gazette.example/")


@pytest.mark.parametrize(
    "html",
    [
        "<div class=wp-caption>{image}<p class=wp-caption-text>{text}</p></div>",
        "<div class=photo>{image}<span class=image-caption>{text}</span></div>",
        "<div>{image}</div><div class='field fieldCaption'>{text}</div>",
        "<table><tr><td>{image}</td></tr><tr><td class=cap>{text}</td></tr></table>",
        "<p>{image}</p><p class=legende>{text}</p>",
        "<figure>{image}<figcaption>{text}</figcaption></figure>",
        "<div>{image}<div class=caption><p>{text}</p></div></div>",
    ],
)
def test_a_line_named_as_caption_is_the_picture_s(html: str) -> None:
    found = blocks(html.format(image=IMAGE, text="الرصيف الجديد في صباح افتتاحه") + "<p>وقال رئيس البلدية.</p>")
    assert [type(block) for block in found] == [Figure, Paragraph]
    assert isinstance(found[0], Figure)
    assert found[0].image.caption == "الرصيف الجديد في صباح افتتاحه"


@pytest.mark.parametrize(
    "line", ["تصوير: سامي", "صورة من الأرشيف / الجريدة", "Photo: Rana Odeh", "צילום: דוברות העירייה"]
)
def test_a_line_that_says_who_took_it_is_the_picture_s(line: str) -> None:
    found = blocks(f"{IMAGE}<p>{line}</p><p>وقال رئيس البلدية.</p>")
    assert [type(block) for block in found] == [Figure, Paragraph]


def test_only_the_line_behind_a_picture_is_its_caption() -> None:
    said = "<p>وقال رئيس البلدية.</p><p class=caption>كلمة في الهامش</p><p>Photo: who took it</p>"
    found = blocks(f"{IMAGE}{said}")
    assert [block.text.text for block in found if isinstance(block, Paragraph)] == [
        "وقال رئيس البلدية.",
        "كلمة في الهامش",
        "Photo: who took it",
    ]
    assert blocks("<p class=caption>كلمة</p>") == (Paragraph(Text("كلمة")),)


def test_what_holds_the_next_picture_is_no_caption_of_the_last() -> None:
    other = IMAGE.replace("quay", "boat")
    found = blocks(f"{IMAGE}<div class=wp-caption>{other}<p class=wp-caption-text>قارب</p></div>")
    captions = [block.image.caption for block in found if isinstance(block, Figure)]
    assert captions == ["", "قارب"]


def test_a_story_in_an_element_of_that_name_is_told() -> None:
    found = blocks(f"{IMAGE}<div class=caption><p>{'كلمة ' * 30}</p><p>{'كلمة ' * 30}</p></div>")
    assert [type(block) for block in found] == [Figure, Paragraph, Paragraph]


@pytest.mark.parametrize(
    ("to", "size", "shown"), [("shop", (300, 250), 0), ("gazette", (300, 250), 1), ("shop", (640, 480), 1)]
)
def test_a_picture_of_an_advertisement_s_size_that_leads_to_another_site_is_none(
    to: str, size: tuple[int, int], shown: int
) -> None:
    image = IMAGE.replace(">", f" width={size[0]} height={size[1]}>")
    found = blocks(f"<p>كلمة</p><a href='https://{to}.example/x'>{image}</a><p>كلمة</p>")
    assert sum(isinstance(block, Figure) for block in found) == shown


def test_what_stands_in_a_figure_beside_its_caption_is_no_part_of_the_story() -> None:
    source = "<p><span>هيئة الأخبار</span></p>"
    found = blocks(f"<figure>{IMAGE}{source}<figcaption><p>المدرسة من الجو</p></figcaption></figure><p>كلمة</p>")
    assert [type(block) for block in found] == [Figure, Paragraph]
    assert isinstance(found[0], Figure)
    assert "المدرسة من الجو" in found[0].image.caption
    credited = blocks(
        f"<figure>{IMAGE}<figcaption>المدرسة من الجو <span class=credit>© الجريدة</span></figcaption></figure>"
    )
    assert isinstance(credited[0], Figure)
    assert credited[0].image.caption == "المدرسة من الجو © الجريدة"


STORY = "<p>وكان الصيادون يطالبون به منذ عاصفة الشتاء قبل ثلاث سنوات، يوم ضاع أحد عشر قاربا في ليلة واحدة.</p>" * 10


@pytest.mark.parametrize(
    "box",
    [
        "<div>{image}<p>{text}</p></div>",
        "<div><div><picture>{image}</picture></div><div>{text}</div></div>",
        "<div><div>{image}</div><small>{text}</small></div>",
    ],
)
def test_the_one_line_in_a_picture_s_box_is_the_picture_s(box: str) -> None:
    found = blocks(box.format(image=IMAGE, text="الرصيف الجديد في صباح افتتاحه") + STORY)
    assert isinstance(found[0], Figure)
    assert found[0].image.caption == "الرصيف الجديد في صباح افتتاحه"
    assert [type(block) for block in found[1:]] == [Paragraph] * 10


@pytest.mark.parametrize(
    "line",
    [
        "<p>وقال رئيس البلدية إن الرصيف القديم يبقى مفتوحا للسباحين، وإن السوق ستنتقل إليه في الربيع.</p>",
        "<p><a href=/library>مكتبة في بلدة أخرى</a></p>",
        "<h3>السوق في الربيع</h3>",
    ],
)
def test_a_paragraph_a_link_or_a_heading_in_a_picture_s_box_is_told(line: str) -> None:
    found = blocks(f"<div>{IMAGE}{line}</div>{STORY}")
    assert isinstance(found[0], Figure)
    assert not found[0].image.caption
    assert len(found) == 12


def test_a_line_behind_a_picture_that_is_all_there_is_is_told() -> None:
    assert [type(block) for block in blocks(f"<div>{IMAGE}<p>صباح الخير</p></div>")] == [Figure, Paragraph]
