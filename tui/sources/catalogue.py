"""The built-in catalogue of sources: what to offer, and what to follow at the first start in a language and country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tui.news.folding import fold
from tui.news.model import Source
from tui.sources.letters import direction_of

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One source that can be followed."""

    title: str
    address: str
    language: str
    """BCP 47 primary tag."""
    country: str
    """ISO 3166 alpha-2."""
    verified: bool = False
    """Reported as answering with fresh items in 2026."""
    doubtful: bool = False
    """Several addresses are in use, or it was reported down: followed only by choice, and switched off at first."""
    on: tuple[str, ...] = ()
    """Countries in which it is followed at first start; "*" for everywhere the language is read."""

    @property
    def source(self) -> Source:
        """The entry as a source to follow."""
        return Source(
            address=self.address,
            title=self.title,
            language=self.language,
            country=self.country,
            direction=direction_of(self.language),
            enabled=not self.doubtful,
        )


@cache
def entries() -> tuple[CatalogueEntry, ...]:
    """Every entry, in the catalogue's order."""
    data = tomllib.loads(resources.files(__package__).joinpath("catalogue.toml").read_text("utf-8"))
    return tuple(
        CatalogueEntry(
            title=entry["title"],
            address=entry["address"],
            language=language,
            country=entry["country"],
            verified=entry.get("verified", False),
            doubtful=entry.get("doubtful", False),
            on=tuple(entry.get("on", ())),
        )
        for language, group in data.items()
        for entry in group["sources"]
    )


def for_locale(tag: str) -> list[Source]:
    """The sources followed at first start for a locale tag ("ar-MA", "fr_FR.UTF-8", "he").

    The country's own papers come first, then those of the language at large; English for a language without any.
    """
    language, country = _parts(tag)
    if language not in {entry.language for entry in entries()}:
        language = FALLBACK
    mine = [entry for entry in entries() if entry.language == language and not entry.doubtful]
    home = [entry for entry in mine if country and country in entry.on]
    abroad = [entry for entry in mine if "*" in entry.on]
    return [entry.source for entry in (*home, *abroad)]


def search(text: str) -> list[CatalogueEntry]:
    """The entries whose title, address, language or country hold every word of ``text``; all for an empty text."""
    words = fold(text).split()
    return [entry for entry in entries() if all(word in _haystack(entry) for word in words)]


def _haystack(entry: CatalogueEntry) -> str:
    return f"{fold(entry.title)} {entry.address.casefold()} {entry.language} {entry.country.casefold()}"


def _parts(tag: str) -> tuple[str, str]:
    """Language and country of a BCP 47 tag or a POSIX locale name; a script subtag between them is skipped."""
    pieces = tag.split(".", maxsplit=1)[0].split("@", maxsplit=1)[0].replace("_", "-").split("-")
    country = next((piece.upper() for piece in pieces[1:] if len(piece) == 2), "")
    return pieces[0].lower(), country
