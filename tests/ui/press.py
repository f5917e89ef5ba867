"""A reader's desk over a real store, filled with a small press of two languages, for the tests of the screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.config import Settings
from tui.desk.desk import Desk, open_desk
from tui.locale import load
from tui.news.model import Article, Item, Link, Mark, MarkKind, Paragraph, Quote, Source, Text
from tui.ui.app import KhabarApp

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
ARABIC = (
    "المجلس البلدي يقرّ خطة النقل الجديدة بنسبة 62%",
    "فريق الميناء يفوز على ضيفه (1-0) في الوقت الضائع",
    "أمطار متوقعة من الخميس إلى الأحد في السواحل الشمالية",
    "معرض الكتاب يفتح أبوابه أمام 340 دار نشر",
    "باحثون يرصدون طائرًا نادرًا قرب «بحيرة الصفصاف»",
)
ENGLISH = (
    "Council adopts the new transport plan",
    "Rain expected on the northern coast until Sunday",
    "Book fair opens with 340 publishers",
    "Rare bird seen near Willow Lake",
    "Harbour museum lends its oldest map",
)
BODY = (
    "وقالت رئيسة المجلس إن الخطة «ثمرة عمل سنتين»، وإن النسبة بلغت 62% من الأصوات "
    "بعد نقاش دام 4 ساعات في قاعة Atlas Hall. "
)


def items(titles: tuple[str, ...], name: str, *, start: int = 0, paragraphs: int = 1) -> list[Item]:
    """One item a title, the first the newest."""
    return [
        Item(
            id=f"{name}-{start + number}",
            title=title,
            link=f"https://{name}.example/story/{start + number}",
            published=NOW - timedelta(minutes=7 * (start + number) + 3),
            text=BODY,
            blocks=body(paragraphs, name),
            full=True,
            language="ar" if name == "sahifa" else "en",
        )
        for number, title in enumerate(titles)
    ]


def body(paragraphs: int, name: str) -> tuple[Paragraph | Quote, ...]:
    """Paragraphs, the first with a link, and a quotation."""
    url = f"https://{name}.example/linked"
    first = Paragraph(Text(BODY, (Mark(4, 10, MarkKind.LINK, url),)))
    return (first, Quote((Text("«سنبدأ من الغد»، قالت."),)), *(Paragraph(Text(BODY * 3)) for _ in range(paragraphs)))


def fill(desk: Desk, *, each: int = 20, paragraphs: int = 1) -> None:
    """Two papers with ``each`` stories."""
    for name, title, titles in (("sahifa", "صحيفة الساحل", ARABIC), ("herald", "The Herald", ENGLISH)):
        source = desk.store.add_source(Source(address=f"https://{name}.example/feed", title=title))
        repeated = tuple(f"{titles[i % 5]} ({i})" if i >= 5 else titles[i] for i in range(each))
        desk.store.add_items(source, items(repeated, name, paragraphs=paragraphs))


def open_press(folder: Path, **how: int) -> Desk:
    """A filled desk that never reaches the network."""
    desk = open_desk(folder / "store.db", folder / "cache.db", offline=True, clock=lambda: NOW)
    if not desk.store.sources():
        fill(desk, **how)
    return desk


def make_app(desk: Desk, language: str = "en", settings: Settings | None = None) -> KhabarApp:
    """The application over a desk, at a fixed time."""
    return KhabarApp(
        desk=desk, settings=settings or Settings(full_text=False), locale=load(language), clock=lambda: NOW
    )


__all__ = ["NOW", "Article", "Link", "fill", "items", "make_app", "open_press"]
