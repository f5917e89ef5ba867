"""Front and article pages of the papers' own sites, with everything around the text that real sites put there."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tui.edition.feeds import MEDIA_TYPES, iso
from tui.edition.markup import Writer, escape
from tui.edition.papers import PageStyle, Paper, direction
from tui.edition.texts import Story, words

CSS = (
    "body{font:1.1rem/1.7 serif;max-width:44rem;margin:auto;padding:1rem}nav a,.share a{margin-inline-end:1rem}"
    ".advert{background:#f4efe2;padding:1rem}figcaption{font-size:.9rem;color:#555}"
)


def items(text: str) -> list[str]:
    """Split a list of site words at its bars."""
    return [part.strip() for part in text.split("|") if part.strip()]


def day(story: Story, writer: Writer, paper: Paper) -> str:
    """The date line of a story, or ""."""
    published = writer.published(story)
    return iso(published, paper.offset)[:10].replace("-", "/") if published else ""


def front_page(paper: Paper, stories: Sequence[Story], writer: Writer) -> str:
    """The paper's front page: a list of its headlines."""
    ui = words(paper.language)
    rows = "".join(
        f'<li><h3><a href="{writer.address(s)}">{escape(writer.title(s))}</a></h3>'
        f"<p>{escape(writer.teaser(s, 24))}</p></li>\n"
        for s in stories
        if s.title
    )
    head = _head(paper, paper.title, writer, "")
    main = f"<main><h1>{escape(paper.title)}</h1>\n<ul>\n{rows}</ul></main>\n"
    return f"{head}<body>\n{_nav(paper, ui)}{main}{_foot(paper, ui)}"


def article_page(paper: Paper, story: Story, others: Sequence[Story], writer: Writer) -> str:
    """The page of one story; ``others`` are the paper's other stories, for "read also"."""
    match paper.style:
        case PageStyle.OLD:
            return _old(paper, story, others, writer)
        case PageStyle.PLAIN:
            return _plain(paper, story, others, writer)
        case _:
            return _modern(paper, story, others, writer)


def _modern(paper: Paper, story: Story, others: Sequence[Story], writer: Writer) -> str:
    ui = words(paper.language)
    title = writer.title(story)
    published = writer.published(story)
    moment = f'<time datetime="{iso(published, paper.offset)}">{day(story, writer, paper)}</time>' if published else ""
    by = f'<span class="author" rel="author">{escape(story.by)}</span> ' if story.by else ""
    body = writer.body(story)
    body[2:2] = [_advert(ui)] if len(body) > 3 else []
    body[4:4] = [_also(others[:1], writer, ui)] if len(body) > 5 else []
    heading = f"<h1>{escape(title)}</h1>\n" if title else ""
    return (
        f"{_head(paper, title, writer, _metadata(paper, story, writer))}<body>\n{_nav(paper, ui)}"
        f'<main><article>\n<header>{heading}<p class="byline">{by}{moment}</p></header>\n{_share(ui)}'
        f'<div class="article-body" itemprop="articleBody">\n{chr(10).join(body)}\n</div>\n'
        f"{_share(ui)}</article>\n{_comments(ui)}<aside>{_also(others[1:5], writer, ui)}</aside></main>\n"
        + _foot(paper, ui)
    )


def _plain(paper: Paper, story: Story, others: Sequence[Story], writer: Writer) -> str:
    ui = words(paper.language)
    title = writer.title(story)
    follow = f'<p class="follow-google">{escape(ui["follow"])}</p>\n' if "follow" in ui else ""
    byline = " | ".join(part for part in (story.by, day(story, writer, paper)) if part)
    body = "\n".join(writer.body(story))
    return (
        f'{_head(paper, title, writer, "")}<body>\n<div id="top">{_nav(paper, ui)}</div>\n'
        f'<div class="col-8"><div class="post-title"><h1>{escape(title)}</h1></div>\n'
        f'<div class="post-meta">{escape(byline)}</div>\n{_share(ui)}'
        f'<div class="post-text">\n{body}\n{follow}</div>\n<div class="tags">{escape(story.section)}</div></div>\n'
        f'<div class="col-4">{_advert(ui)}{_also(others[:5], writer, ui)}</div>\n{_foot(paper, ui)}'
    )


def _old(paper: Paper, story: Story, others: Sequence[Story], writer: Writer) -> str:
    ui = words(paper.language)
    title = escape(writer.title(story))
    also = "<br>".join(f'<a href="{writer.address(s)}">{escape(writer.title(s))}</a>' for s in others[:4] if s.title)
    body = "\n".join(writer.body(story, captions=False))
    return (
        f'<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset={paper.encoding}">\n'
        f"<title>{title} - {escape(paper.title)}</title></head>\n"
        '<body bgcolor="#ffffff"><table width="780" align="center" border="0"><tr><td colspan="2" bgcolor="#335522">'
        f'<font color="white" size="5">{escape(paper.title)}</font></td></tr>\n'
        f'<tr><td width="180" valign="top">{"<br>".join(items(ui["nav"]))}<hr>{also}</td>\n'
        f'<td valign="top"><h1><font size="5">{title}</font></h1>\n'
        f'<font size="2" color="gray">{escape(story.by)} {day(story, writer, paper)}</font>\n'
        f'<div class="text">{body}</div>\n</td></tr>\n'
        f'<tr><td colspan="2" align="center"><font size="1">{ui["rights"]} {escape(paper.title)}</font></td></tr>'
        "</table></body></html>\n"
    )


def _head(paper: Paper, title: str, writer: Writer, metadata: str) -> str:
    alternate = ""
    if paper.feed:
        alternate = (
            f'<link rel="alternate" type="{MEDIA_TYPES[paper.feed]}" title="{escape(paper.title)}"'
            f' href="{writer.base}{paper.announced_path}">\n'
        )
    whole = f"{title} | {paper.title}" if title and title != paper.title else paper.title
    return (
        f'<!DOCTYPE html>\n<html lang="{paper.language}" dir="{direction(paper.language)}">\n<head>\n'
        f'<meta charset="{paper.encoding}">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(whole)}</title>\n{alternate}{metadata}<style>{CSS}</style>\n</head>\n"
    )


def _metadata(paper: Paper, story: Story, writer: Writer) -> str:
    published = writer.published(story)
    picture = story.picture
    properties = {
        "og:type": "article",
        "og:title": writer.title(story),
        "og:site_name": paper.title,
        "og:url": writer.address(story),
        "og:description": writer.teaser(story, 30),
        "og:image": writer.picture_address(picture) if picture else "",
        "article:published_time": iso(published, paper.offset) if published else "",
    }
    tags = "".join(
        f'<meta property="{name}" content="{escape(value)}">\n' for name, value in properties.items() if value
    )
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": writer.title(story),
        "datePublished": properties["article:published_time"] or None,
        "author": {"@type": "Person", "name": story.by} if story.by else None,
        "publisher": {"@type": "Organization", "name": paper.title},
        "image": properties["og:image"] or None,
        "inLanguage": paper.language,
    }
    graph = json.dumps({k: v for k, v in linked.items() if v}, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<link rel="canonical" href="{writer.address(story)}">\n{tags}'
        f'<script type="application/ld+json">{graph}</script>\n'
    )


def _nav(paper: Paper, ui: dict[str, str]) -> str:
    links = "".join(f'<a href="{paper.home}">{escape(word)}</a> ' for word in items(ui["nav"]))
    logo = f'<a class="logo" href="{paper.home}">{escape(paper.title)}</a>'
    return f'<header class="site">{logo}<nav>{links}</nav></header>\n'


def _share(ui: dict[str, str]) -> str:
    links = "".join(f'<a class="share_icon" href="#">{escape(word)}</a> ' for word in items(ui["share"]))
    return f'<div class="share">{links}</div>\n'


def _advert(ui: dict[str, str]) -> str:
    text = f"<small>{escape(ui['advert'])}</small> {escape(ui['advert text'])}"
    return f'<div class="advert" role="complementary">{text}</div>'


def _also(others: Sequence[Story], writer: Writer, ui: dict[str, str]) -> str:
    rows = "".join(f'<li><a href="{writer.address(s)}">{escape(writer.title(s))}</a></li>' for s in others if s.title)
    return f'<div class="related"><strong>{escape(ui["also"])}</strong><ul>{rows}</ul></div>' if rows else ""


def _comments(ui: dict[str, str]) -> str:
    return (
        f'<section class="comments"><h4>{escape(ui["comments"])}</h4><p>{escape(ui["comments text"])}</p></section>\n'
    )


def _foot(paper: Paper, ui: dict[str, str]) -> str:
    links = "".join(f'<a href="{paper.home}">{escape(word)}</a> ' for word in items(ui["footer"]))
    return f"<footer>{links}<p>{escape(ui['rights'])} {escape(paper.title)}</p></footer>\n</body>\n</html>\n"
