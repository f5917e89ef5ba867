"""Whose story an aggregator's feed tells: there dc:creator is the paper, not a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tui.news.model import Item
from tui.sources.aggregator import article_shape, is_family


def papers_of(items: Sequence[Item], url: str) -> tuple[Item, ...]:
    """``items`` with the author moved to ``source`` when the feed at ``url`` is an aggregator's.

    A feed is one when its host is of the family, or when the links have the family's shape and each paper's slug
    goes with one author and each author with one slug, for two papers at least.
    """
    if not items or not (is_family(url) or _is_aggregator(items, url)):
        return tuple(items)
    return tuple(
        replace(item, source=item.author, author="") if item.author and not item.source else item for item in items
    )


def _is_aggregator(items: Sequence[Item], url: str) -> bool:
    authors: dict[str, set[str]] = defaultdict(set)
    slugs: dict[str, set[str]] = defaultdict(set)
    for item in items:
        match = article_shape(item.link, url)
        if match is None or not item.author:
            return False
        authors[match["paper"]].add(item.author)
        slugs[item.author].add(match["paper"])
    ends = ("/fr/rss", "/en/rss", *(f"/{slug}/rss" for slug in authors))
    alone = len(items) >= 3 and url.rstrip("/").endswith(ends)  # one paper's feed, or a day with one paper only
    return (len(authors) >= 2 or alone) and all(len(group) == 1 for group in (*authors.values(), *slugs.values()))
