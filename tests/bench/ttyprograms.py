"""khabar, khabar with Textual's own output, and newsboat, over the same Arabic stories."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.bench.bench_store import Press
from tests.bench.ttymeter import Meter
from tests.support.ptyscreen import homes
from tui.news.model import Item, Paragraph, Source, Text
from tui.store.store import Store

ROOT = Path(__file__).parents[2]
SOURCES = 20
JOINED = "[\ufe8d-\ufefc]{2}"


@dataclass(frozen=True, slots=True)
class Program:
    """How to start it, and its names for the keys of the bench."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    ready: str
    """what stands on the screen when it may be used"""
    opening: Sequence[tuple[str, str]] = ()
    """keys to the list of all stories, and what shows then"""
    keys: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def running(self, columns: int, rows: int) -> Iterator[Meter]:
        """On a pty, with the list of all stories on the screen."""
        with Meter.on_a_pty(self.argv, self.env, columns, rows, str(ROOT)) as meter:
            self.open(meter)
            yield meter

    def open(self, meter: Meter) -> None:
        """Wait for it and go to the list of all stories."""
        meter.wait_for(self.ready)
        meter.settle()
        for key, shown in self.opening:
            meter.type(key)
            meter.wait_for(shown)
            meter.settle()


def stories(count: int, paragraphs: int) -> Iterator[tuple[int, list[Item]]]:
    """Source number and its stories, the newest first; ``paragraphs`` of sixty words each."""
    press, now = Press(), datetime.now(UTC).replace(microsecond=0)
    for source in range(SOURCES):
        items = []
        for number in range(source, count, SOURCES):
            body = [press.text(60) for _ in range(paragraphs)]
            at = now - timedelta(seconds=(number + 1) * 43)
            title, link = press.title(), f"https://paper{source}.example/{number}"
            blocks = tuple(Paragraph(Text(text)) for text in body)
            items.append(Item(f"{number}", title, link, at, text=body[0], blocks=blocks, full=True, language="ar"))
        yield source, items


def khabar(
    home: Path, count: int, paragraphs: int, *, name: str = "khabar", settings: str = "", base: str = ""
) -> Program:
    """khabar over a store of so many stories; ``settings`` are lines of its configuration.

    ``base``: where its sources are served; "": nowhere, and it works offline.
    """
    store = home / "data" / "khabar" / "khabar.sqlite"
    configuration = home / "config" / "khabar" / "khabar.toml"
    if not store.exists():
        store.parent.mkdir(parents=True)
        filling = Store.open(store)
        for number, items in stories(count, paragraphs):
            address = f"{base or f'https://paper{number}.example'}/{number}"
            source = filling.add_source(Source(address, f"صحيفة {number}", language="ar"))
            for start in range(0, len(items), 500):
                filling.add_items(source, items[start : start + 500])
        filling.close()
    configuration.parent.mkdir(parents=True, exist_ok=True)
    configuration.write_text(f"refresh_minutes = 0\n{settings}\n", encoding="utf-8")
    argv = [sys.executable, "-m", "tui", "--lang", "ar", *([] if base else ["--offline"])]
    env = {**homes(home), "COLORTERM": "truecolor"}
    keys = {"down": "j", "page": "pagedown", "open": "enter", "back": "escape", "refresh": "R"}
    return Program(name, argv, env, JOINED, keys=keys)


def newsboat(home: Path, documents: Mapping[str, bytes], base: str) -> Program:
    """newsboat with the stories of these documents, which are served at ``base``, and a list of all of them."""
    home.mkdir(parents=True, exist_ok=True)
    argv = ["newsboat", "-u", f"{home}/urls", "-C", f"{home}/config", "-c", f"{home}/cache.db"]
    env = {"HOME": str(home), "COLORTERM": "truecolor"}
    everything = '"query:All:unread = \\"yes\\" or unread = \\"no\\""'
    (home / "urls").write_text("\n".join([everything, *(f"{base}{path}" for path in documents)]) + "\n", "utf-8")
    options = "auto-reload no\nmax-items 0\ngoto-first-unread no\nbind-key j down\n"
    (home / "config").write_text(options, encoding="utf-8")
    subprocess.run([*argv, "-x", "reload"], check=True, env={**os.environ, **env}, stdout=subprocess.DEVNULL)
    keys = {"down": "j", "page": "pagedown", "open": "enter", "back": "q", "refresh": "R"}
    return Program("newsboat", argv, env, "All", [("enter", "Articles in feed")], keys)


def documents(count: int, paragraphs: int) -> dict[str, bytes]:
    """The stories as feeds, by path."""
    return {f"/{number}": rss(number, items) for number, items in stories(count, paragraphs)}


def rss(number: int, items: Sequence[Item]) -> bytes:
    """A feed of these stories."""
    entries = "".join(
        f"<item><guid>{item.id}</guid><title>{item.title}</title><link>{item.link}</link>"
        f"<pubDate>{format_datetime(item.published or datetime.now(UTC))}</pubDate><description><![CDATA["
        f"{''.join(f'<p>{block.text.text}</p>' for block in item.blocks if isinstance(block, Paragraph))}"
        f"]]></description></item>"
        for item in items
    )
    head = f"<title>صحيفة {number}</title><link>https://paper{number}.example/</link><description/>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


@contextmanager
def serving(document: Callable[[str], bytes]) -> Iterator[str]:
    """Serves what ``document`` gives for a path; the base address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = document(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
