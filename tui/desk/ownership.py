"""Which addresses are the reader's own: only those may lead into a private network.

A server can name the address of a source too: a page announces its feed, a permanent redirect is followed for good.
Such an address, on another host or port than the reader gave, stays a stranger's for as long as it is followed: its
name could lead inside one day.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from tui.news.model import Source
from tui.store.store import Store


def same_place(one: str, other: str) -> bool:
    """Whether two addresses have the same scheme, host and port."""
    return urlsplit(one)[:2] == urlsplit(other)[:2]


def is_users_own(store: Store, source: Source, url: str) -> bool:
    """Whether ``url`` is at the host and port that the reader gave for this source."""
    return same_place(source.address, url) and not store.recall(_key(source.address))


def named_by_server(store: Store, address: str, own: str) -> None:
    """Keep in mind that a server named this address, the reader's ``own`` being another."""
    if not same_place(address, own) or store.recall(_key(own)):
        store.remember(_key(address), "server")


def typed_by_reader(store: Store, address: str) -> None:
    """The reader gave the address after all."""
    if store.recall(_key(address)):
        store.remember(_key(address), "")


def _key(address: str) -> str:
    return f"named by {address}"
