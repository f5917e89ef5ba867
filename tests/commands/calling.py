"""khabar as a script calls it, with folders of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.ptyscreen import homes
from tui.news.model import Block, Item, Source
from tui.store.store import Store

ROOT = Path(__file__).parents[2]
KHABAR = (sys.executable, "-m", "tui")


class Cli:
    """khabar with folders of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **homes(home)}
        self.store = home / "data" / "khabar" / "khabar.sqlite"

    def __call__(self, *argv: str, stdin: bytes = b"", code: int = 0) -> str:
        done = subprocess.run(
            [*KHABAR, *argv], input=stdin, capture_output=True, env=self.env, cwd=ROOT, check=False, timeout=60
        )
        self.errors = done.stderr.decode()
        assert done.returncode == code, f"{argv}: {done.returncode}, {self.errors}"
        assert "Traceback" not in self.errors
        return done.stdout.decode()

    def records(self, *argv: str, code: int = 0) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self(*argv, "--json", code=code).splitlines()]

    def shell(self, line: str) -> subprocess.CompletedProcess[bytes]:
        command = line.replace("khabar", f"{sys.executable} -m tui")
        return subprocess.run(
            ["sh", "-c", command], capture_output=True, env=self.env, cwd=ROOT, timeout=60, check=False
        )

    def configure(self, text: str) -> None:
        file = self.home / "config" / "khabar" / "khabar.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def stored(self, *titles: str, blocks: tuple[Block, ...] = ()) -> list[int]:
        """Put stories into the store as a refresh would."""
        store = Store.open(self.store)
        source = store.add_source(Source("https://example.org/feed", "Paper", language="en"))
        moment = datetime(2026, 11, 23, 8, tzinfo=UTC)
        items = [
            Item(t, t, link=f"https://example.org/{abs(hash(t))}", published=moment, blocks=blocks) for t in titles
        ]
        ids = list(store.add_items(source, items).new)
        store.close()
        return ids
