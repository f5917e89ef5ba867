"""Short lines round a story that belong to its page: each goes, and a sentence that looks like one stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.news.model import Article, DocumentKind, Figure
from tui.news.plain import paragraphs
from tui.sources.parse import parse

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
STORY = (
    "فتحت البلدة رصيفها الجديد هذا الصباح، بعد سنة من الأشغال كلفت أكثر مما كان مقدرا لها في البداية.",
    "وكان الصيادون يطالبون به منذ عاصفة الشتاء قبل ثلاث سنوات، يوم ضاع أحد عشر قاربا في ليلة واحدة.",
    "وقال رئيس البلدية إن الرصيف القديم يبقى مفتوحا للسباحين، وإن السوق ستنتقل إليه في الربيع المقبل.",
)


def read(body: str, title: str = "البلدة تفتح رصيفها الجديد | الجريدة") -> Article:
    page = f"<html lang=ar><head><title>{title}</title></head><body>{body}</body></html>"
    article = parse(page.encode(), url="https://gazette.example/quay", content_type="text/html", now=NOW).article
    assert article is not None
    return article


def told(body: str) -> list[str]:
    return list(paragraphs(block for block in read(body).blocks if not isinstance(block, Figure)))


def p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        "תגובות (12)",
        "3 تعليقات",
        "12 comments",
        "عودة",
        "العودة إلى الرئيسية",
        "Back to top",
        "Retour à l’accueil",
        "חזרה לרשימה",
        "بازگشت به فهرست",
        "كل الحقوق محفوظة للجريدة 2026",
        "شارك Facebook Twitter WhatsApp",
        "فيسبوك تويتر واتساب",
        "يمكنكم متابعة آخر الأخبار عبر تطبيق الجريدة",
        "Cet article est réservé aux abonnés.",
        "Already a subscriber? Log in to read on",
        "هذا المقال مخصص للمشتركين فقط",
        "הכתבה למנויים בלבד",
        "إذا وجدت هذه الصورة غير لائقة فأبلغ عنها",
        "Il vous reste 57.09% de cet article à lire. La suite est réservée aux abonnés.",
        "Pour ajouter l’article à vos sélections",
        "Identifiez-vous",
        "Keep reading",
        "Anzeige",
        "Publicidad",
    ],
)
def test_a_line_of_the_page_is_no_story(line: str) -> None:
    assert told(f"<div><h1>البلدة تفتح رصيفها الجديد</h1>{p(*STORY, line)}</div>") == list(STORY)


@pytest.mark.parametrize(
    "line",
    [
        "العودة إلى الحياة",
        "Lire, c'est voyager",
        "Mehr zu verlieren als zu gewinnen",
        "Back to school with less",
        "Twitter had been asked for a comment.",
        "اشترك الصيادون في بناء الرصيف بأيديهم.",
        "Comments",
        "صورة المدينة التي رأيتها غيرت ما كنت أعرفه عنها.",
    ],
)
def test_a_short_line_of_the_story_stays(line: str) -> None:
    assert told(f"<div><h1>البلدة تفتح رصيفها الجديد</h1>{p(*STORY[:2], line, STORY[2])}</div>") == [
        *STORY[:2],
        line,
        STORY[2],
    ]


def test_a_list_under_a_heading_about_others_goes_with_it() -> None:
    others = "<h4>مواضيع مشابهة</h4><ol><li><a href=/2>السوق القديمة تغلق أبوابها</a></li></ol>"
    assert told(f"<div><h1>البلدة تفتح رصيفها الجديد</h1>{p(*STORY)}<div class=y>{others}</div></div>") == list(STORY)


def test_a_short_headline_beside_the_site_s_name_is_the_title_and_is_said_once() -> None:
    article = read(f"<div><h1>رصيف جديد</h1>{p(*STORY)}</div>", "رصيف جديد - الجريدة")
    assert article.title == "رصيف جديد"
    assert list(paragraphs(article.blocks)) == list(STORY)


def test_a_short_lower_heading_beside_the_paper_s_name_is_the_title() -> None:
    logo = "<h1><a href=/>الجريدة</a></h1>"
    body = f"<div><h2>رصيف جديد</h2><span>الخميس 5 مارس 2026 - 22:10</span><div>{p(*STORY)}</div></div>"
    article = read(logo + body, "رصيف جديد - الجريدة")
    assert article.title == "رصيف جديد"
    assert article.published == datetime(2026, 3, 5, 22, 10, tzinfo=UTC)
    post = f"<div class=post><h3 class=entry-title>رصيف جديد</h3><div>{p(*STORY)}</div></div>"
    assert read(post, "مدونة الحي: رصيف جديد").title == "رصيف جديد"


OTHERS = "".join(f"<li><a href=/{n}>خبر آخر من أخبار البلدة رقم {n} عن أحوال الناس</a></li>" for n in range(6))


def kind(body: str, title: str) -> DocumentKind:
    page = f"<html lang=ar><head><title>{title}</title></head><body>{body}</body></html>"
    return parse(page.encode(), url="https://gazette.example/n/7", content_type="text/html", now=NOW).kind


def test_a_short_story_beside_lists_of_others_is_a_story() -> None:
    body = f"<main><h1>رصيف جديد</h1><div>{p(STORY[0])}</div></main><aside><ol>{OTHERS}</ol></aside>"
    assert kind(body, "رصيف جديد | الجريدة") is DocumentKind.ARTICLE


def test_a_section_with_a_sentence_about_itself_is_a_list() -> None:
    body = f"<main><h1>أخبار البلدة</h1><p>{STORY[0]}</p><ul>{OTHERS}</ul></main>"
    assert kind(body, "أخبار البلدة | الجريدة") is DocumentKind.FRONT_PAGE


def test_a_list_of_links_that_hand_the_page_on_is_no_story() -> None:
    share = (
        "<ul><li><a href=https://facebook.com/sharer>فيسبوك</a></li><li><a href=https://twitter.com/intent/x>تويتر</a>"
        "</li><li><a href='mailto:?subject=x'>أرسل</a></li></ul>"
    )
    assert told(f"<div><h1>البلدة تفتح رصيفها الجديد</h1>{share}{p(*STORY)}</div>") == list(STORY)


def test_what_is_read_most_is_no_story() -> None:
    most = "<div><h3>Most Popular</h3><ol><li><a href=/3>The clinic that never closes</a></li></ol></div>"
    body = f"<div><h1>البلدة تفتح رصيفها الجديد</h1>{p(*STORY[:2])}{most}{p(STORY[2])}</div>"
    assert told(body) == list(STORY)


def test_a_short_story_with_many_links_in_its_sentences_is_a_story() -> None:
    linked = [f"{line} وانظر <a href=/w{n}>ما كتبناه عن السوق</a> يومها، ثم في الربيع." for n, line in enumerate(STORY)]
    page = f"<div><h1>رصيف جديد</h1>{p(*linked, *linked)}</div>".replace("/w", "/w1", 3)
    assert kind(page, "رصيف جديد | الجريدة") is DocumentKind.ARTICLE


def test_a_link_in_lines_is_named_by_the_first() -> None:
    cards = "".join(
        f"<li><a href=/item/{n}><div class=t><span class=h>كلام البلدية رقم {n} عن الميناء</span>"
        f"<span class=s>سطر ثان أقصر يشرح العنوان</span></div></a></li>"
        for n in range(6)
    )
    page = f"<html lang=ar><head><title>الجريدة</title></head><body><ul>{cards}</ul></body></html>"
    found = parse(page.encode(), url="https://gazette.example/", content_type="text/html", now=NOW)
    assert [item.title for item in found.items] == [f"كلام البلدية رقم {n} عن الميناء" for n in range(6)]


def test_the_picture_over_an_aggregator_s_title_and_its_notice_is_shown() -> None:
    body = (
        "<div><img src=/p/9.jpg><div>شكرا على الإبلاغ!</div><div>سيتم حجب هذه الصورة تلقائيا عندما يتم الإبلاغ عنها."
        f"</div><h2>البلدة تفتح رصيفها الجديد</h2><div>نشر في الأسبوع يوم 3 - 4 - 2018</div>{p(*STORY)}"
        "<div><a href=https://week.example/z>انقر هنا لقراءة الخبر من مصدره.</a></div></div>"
    )
    article = read(body)
    assert [image.url for image in article.images] == ["https://gazette.example/p/9.jpg"]
    assert article.source == "الأسبوع"


def test_a_short_line_in_the_largest_letters_that_the_title_repeats_is_the_headline() -> None:
    head = "<div><font size=5>رصيف البلدة الجديد</font></div><p><font size=2>الاثنين 12 تشرين الثاني 2007</font></p>"
    article = read(f"<table><tr><td>{head}{p(*STORY)}</td></tr></table>", "المحليات - رصيف البلدة الجديد")
    assert (article.title, article.published) == ("رصيف البلدة الجديد", datetime(2007, 11, 12, tzinfo=UTC))
    assert list(paragraphs(article.blocks)) == list(STORY)


def test_a_box_that_asks_readers_to_have_letters_goes_whole() -> None:
    box = (
        "<div><a href='#past'>skip past newsletter promotion</a><p>Free daily letter</p><p>Our morning email breaks "
        "down the key stories.</p></div><p id=past>after newsletter promotion</p>"
    )
    body = f"<div><h1>البلدة تفتح رصيفها الجديد</h1>{p(*STORY[:2])}{box}{p(STORY[2])}</div>"
    assert told(body) == list(STORY)


def test_a_card_s_line_that_is_a_date_is_its_date() -> None:
    cards = "".join(
        f"<div class=card><a href=/node/{n}>كلام البلدية رقم {n} عن الميناء</a><div class=d>{n + 1} شتنبر 2026</div>"
        "<div>3 صور</div></div>"
        for n in range(6)
    )
    page = f"<html lang=ar><head><title>الجريدة</title></head><body>{cards}</body></html>"
    found = parse(page.encode(), url="https://gazette.example/", content_type="text/html", now=NOW)
    assert [item.published for item in found.items] == [datetime(2026, 9, n + 1, tzinfo=UTC) for n in range(6)]


@pytest.mark.parametrize(
    "lead",
    ["À découvrir", "Mehr zum Thema", "Lesen Sie auch:", "Leggi anche", "Czytaj więcej", "Читайте также", "Les også"],
)
def test_a_list_of_links_goes_with_the_line_over_it_in_other_languages_too(lead: str) -> None:
    links = "<ul><li><a href=https://other.example/a>A library opens</a></li><li><a href=https://other.example/b>B</a></li></ul>"
    assert told(
        f"<article><h1>البلدة تفتح رصيفها الجديد</h1>{p(*STORY[:2])}<p>{lead}</p>{links}{p(STORY[2])}</article>"
    ) == list(STORY)


def test_a_link_behind_a_word_and_a_bar_leads_away() -> None:
    other = "FUNDA OKUNYE | <a href=/library>A library in another town opens on Sundays</a>"
    assert told(f"<article><h1>البلدة تفتح رصيفها الجديد</h1>{p(*STORY, other)}</article>") == list(STORY)


def test_a_wide_bar_parts_the_title_from_the_paper_s_name() -> None:
    assert (
        read(f"<div><h1>港の町が新しい埠頭を開いた</h1>{p(*STORY)}</div>", "港の町が新しい埠頭を開いた｜日報").title
        == "港の町が新しい埠頭を開いた"
    )
