"""In which order sources are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from tui.news.model import Source

RUN = 6
"""Sources of one host that are asked one behind the other, over the connections that are open then. The others of a
host with many wait for the next round: it shall not hold up the rest."""


def by_host(sources: Iterable[Source]) -> list[Source]:
    """The sources of one host together, hosts in the order of their first source; of each at most RUN in a round."""
    places: dict[str, int] = {}
    asked: Counter[str] = Counter()
    keyed: list[tuple[int, int, Source]] = []
    for source in sources:
        host = urlsplit(source.address).netloc.lower()
        keyed.append((asked[host] // RUN, places.setdefault(host, len(places)), source))
        asked[host] += 1
    return [source for _, _, source in sorted(keyed, key=lambda entry: entry[:2])]
