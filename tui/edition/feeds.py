"""Feeds as papers write them: RSS 2.0, Atom, JSON Feed and RSS 1.0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from tui.edition.markup import Writer, escape
from tui.edition.papers import FeedFormat, Paper
from tui.edition.texts import PICTURES, Story

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TEASER_WORDS = 40

MEDIA_TYPES = {
    FeedFormat.RSS: "application/rss+xml",
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.JSON: "application/feed+json",
    FeedFormat.RDF: "application/rdf+xml",
}


def rfc822(moment: datetime, offset: int = 0) -> str:
    """Return ``moment`` as RFC 822 writes it, on a clock ``offset`` minutes ahead of UTC."""
    local = moment.astimezone(timezone(timedelta(minutes=offset)))
    day = f"{_DAYS[local.weekday()]}, {local.day:02} {MONTHS[local.month - 1]} {local.year}"
    return f"{day} {local:%H:%M:%S} {local:%z}"


def iso(moment: datetime, offset: int = 0) -> str:
    """Return ``moment`` as RFC 3339 writes it, on a clock ``offset`` minutes ahead of UTC."""
    return moment.astimezone(timezone(timedelta(minutes=offset))).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed to be written: its paper, its own address and its stories, newest first."""

    paper: Paper
    address: str
    tagline: str
    stories: Sequence[Story]

    @property
    def updated(self) -> Story | None:
        """The newest dated story."""
        return next((s for s in self.stories if s.age is not None), None)


def feed(channel: Channel, writer: Writer) -> str:
    """Return the channel in its paper's format."""
    match channel.paper.feed:
        case FeedFormat.ATOM:
            return _atom(channel, writer)
        case FeedFormat.JSON:
            return _json(channel, writer)
        case FeedFormat.RDF:
            return _rdf(channel, writer)
        case _:
            return rss(channel, writer)


def identifier(story: Story) -> str:
    """Return the story's identifier, the same wherever the edition is served (RFC 4151)."""
    return f"tag:{story.paper}.example,2026:{story.number}"


def _element(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{attributes}>{escape(text)}</{name}>\n" if text else ""


def _content(story: Story, writer: Writer) -> str:
    return "\n".join(writer.body(story))


def rss(channel: Channel, writer: Writer) -> str:
    """Return an RSS 2.0 feed, with ``content:encoded`` when the paper gives its whole text."""
    paper = channel.paper
    newest = channel.updated
    items = "".join(_rss_item(channel, story, writer) for story in channel.stories)
    return (
        f'<?xml version="1.0" encoding="{paper.encoding}"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
        + _element("title", paper.title)
        + _element("link", writer.base + paper.home)
        + _element("description", channel.tagline)
        + _element("language", paper.language)
        + f'<atom:link href="{channel.address}" rel="self" type="application/rss+xml"/>\n'
        + (_element("lastBuildDate", rfc822(_when(newest, writer), paper.offset)) if newest else "")
        + "<ttl>30</ttl>\n"
        + items
        + "</channel>\n</rss>\n"
    )


def _rss_item(channel: Channel, story: Story, writer: Writer) -> str:
    paper = channel.paper
    published = writer.published(story)
    picture = story.picture
    enclosure = ""
    if picture:
        length = (PICTURES / picture.lines[0]).stat().st_size
        enclosure = f'<enclosure url="{writer.picture_address(picture)}" type="image/png" length="{length}"/>\n'
    whole = f"<content:encoded><![CDATA[{_content(story, writer)}]]></content:encoded>\n" if paper.full else ""
    return (
        "<item>\n"
        + _element("title", writer.title(story))
        + _element("link", writer.address(story))
        + _element("guid", identifier(story), ' isPermaLink="false"')
        + (_element("pubDate", rfc822(published, paper.offset)) if published else "")
        + _element("dc:creator", story.by)
        + _element("category", story.section)
        + _element("description", f"<p>{escape(writer.teaser(story, TEASER_WORDS))}</p>")
        + whole
        + enclosure
        + "</item>\n"
    )


def _when(story: Story, writer: Writer) -> datetime:
    return writer.published(story) or writer.anchor


def _atom(channel: Channel, writer: Writer) -> str:
    paper = channel.paper
    newest = channel.updated
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{paper.language}" xml:base="{writer.base}{paper.home}">\n'
        + _element("title", paper.title)
        + _element("subtitle", channel.tagline)
        + f'<link rel="self" href="{channel.address}"/>\n<link rel="alternate" type="text/html" href="./"/>\n'
        + _element("id", f"tag:{paper.slug}.example,2026:feed")
        + _element("updated", iso(_when(newest, writer) if newest else writer.anchor, paper.offset))
        + "".join(_atom_entry(channel, story, writer) for story in channel.stories)
        + "</feed>\n"
    )


def _atom_entry(channel: Channel, story: Story, writer: Writer) -> str:
    paper = channel.paper
    moment = iso(_when(story, writer), paper.offset)
    address = writer.address(story).removeprefix(writer.base + paper.home)  # relative: xml:base makes it whole
    return (
        "<entry>\n"
        + f'<title type="text">{escape(writer.title(story))}</title>\n'
        + f'<link rel="alternate" type="text/html" href="{address}"/>\n'
        + _element("id", identifier(story))
        + (_element("published", moment) if story.age is not None else "")
        + _element("updated", moment)
        + (f"<author><name>{escape(story.by)}</name></author>\n" if story.by else "")
        + (f'<category term="{escape(story.section)}"/>\n' if story.section else "")
        + _element("summary", writer.teaser(story, TEASER_WORDS))
        + (_element("content", _content(story, writer), ' type="html"') if paper.full else "")
        + "</entry>\n"
    )


def _json(channel: Channel, writer: Writer) -> str:
    import json

    paper = channel.paper
    items: list[dict[str, object]] = []
    for story in channel.stories:
        published = writer.published(story)
        item: dict[str, object] = {"id": identifier(story), "url": writer.address(story)}
        if story.title:
            item["title"] = writer.title(story)
        if published:
            item["date_published"] = iso(published, paper.offset)
        if story.by:
            item["authors"] = [{"name": story.by}]
        if story.section:
            item["tags"] = [story.section]
        if story.picture:
            item["image"] = writer.picture_address(story.picture)
        item["summary"] = writer.teaser(story, TEASER_WORDS)
        item["content_html"] = _content(story, writer)
        items.append(item)
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": paper.title,
        "home_page_url": writer.base + paper.home,
        "feed_url": channel.address,
        "description": channel.tagline,
        "language": paper.language,
    }
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1)


def _rdf(channel: Channel, writer: Writer) -> str:
    paper = channel.paper
    entries = "".join(f'<rdf:li resource="{writer.address(story)}"/>\n' for story in channel.stories)
    items = "".join(
        f'<item rdf:about="{writer.address(story)}">\n'
        + _element("title", writer.title(story))
        + _element("link", writer.address(story))
        + (_element("dc:date", iso(_when(story, writer), paper.offset)) if story.age is not None else "")
        + _element("dc:creator", story.by)
        + _element("dc:subject", story.section)
        + _element("description", writer.teaser(story, TEASER_WORDS))
        + "</item>\n"
        for story in channel.stories
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<channel rdf:about="{channel.address}">\n'
        + _element("title", paper.title)
        + _element("link", writer.base + paper.home)
        + _element("description", channel.tagline)
        + _element("dc:language", paper.language)
        + f"<items><rdf:Seq>\n{entries}</rdf:Seq></items>\n</channel>\n{items}</rdf:RDF>\n"
    )
