"""Commands that take longer than a moment say how far they are, and Ctrl-C ends them with what is in kept."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.test_saving import ROOT, Terminal
from tests.support.ptyscreen import homes
from tui.commands.context import Context
from tui.commands.progress import Counting
from tui.config import Settings
from tui.locale import load
from tui.news.model import Source
from tui.paths import Paths
from tui.sources.opml import write_opml
from tui.store.store import Store


@pytest.mark.parametrize(("every", "lines"), [(0.0, 2), (60.0, 0)])
def test_numbers_now_and_then_and_none_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: float, lines: int
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    counting = Counting(Context(Paths.under(tmp_path), Settings(), load("en")), "command.importing", every)
    for done in (500, 1_000, 1_200):
        counting.told(done, 1_200)
    said = terminal.getvalue().splitlines()
    assert len(said) == lines
    assert all(load("en").number(n) in line for line, n in zip(said, (500, 1_000), strict=False))


def started(program: str, env: Mapping[str, str]) -> subprocess.Popen[str]:
    """khabar in a process of its own, with something slowed down, once it says "now"."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", textwrap.dedent(program)],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    return process


def test_ctrl_c_in_an_import_keeps_what_is_in(tmp_path: Path) -> None:
    env = homes(tmp_path) | {"LANG": "C.UTF-8"}
    file = tmp_path / "feeds.opml"
    file.write_bytes(write_opml([Source(f"https://feed{n}.example/", f"Feed {n}") for n in range(1_200)]))
    process = started(
        f"""
        import sys, time
        from tui.store import state
        from tui.cli import run
        def pause():
            print("now", flush=True)
            time.sleep(60)
        state.SLICE, state.pause = 0, pause
        sys.exit(run(["import", {str(file)!r}]))
        """,
        env,
    )
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "500 sources are in and stay" in said and "Traceback" not in said
    with closing(Store.open(tmp_path / "data" / "khabar" / "khabar.sqlite")) as store:
        assert len(store.sources()) == 500
        store.undo()
        assert store.sources() == []


def test_ctrl_c_in_a_fetch_says_that_what_came_is_kept(tmp_path: Path) -> None:
    env = homes(tmp_path) | {"LANG": "C.UTF-8"}
    file = tmp_path / "data" / "khabar" / "khabar.sqlite"
    file.parent.mkdir(parents=True)
    with closing(Store.open(file)) as store:
        store.add_source(Source("https://feed.example/", "Feed"))
    process = started(
        """
        import asyncio, sys
        from tui.desk.refresh import Refresher
        from tui.cli import run
        async def long(*_, **__):
            print("now", flush=True)
            await asyncio.sleep(60)
        Refresher._source = long
        sys.exit(run(["fetch"]))
        """,
        env,
    )
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "khabar: The refresh was stopped; what came is kept.\n")


def test_a_disk_that_fills_in_an_import_keeps_what_is_in(tmp_path: Path) -> None:
    env = homes(tmp_path) | {"LANG": "C.UTF-8"}
    file = tmp_path / "feeds.opml"
    file.write_bytes(write_opml([Source(f"https://feed{n}.example/", f"Feed {n}") for n in range(6_000)]))
    program = f"""
        import resource, signal, sys
        from tui.store import state
        from tui.cli import run
        state.SLICE = 0
        run(["sources"])
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
        sys.exit(run(["import", {str(file)!r}]))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    stopped, why = done.stderr.splitlines()
    assert "check the disk" in why or "disk is full" in why
    with closing(Store.open(tmp_path / "data" / "khabar" / "khabar.sqlite")) as store:
        kept = len(store.sources())
        assert 0 < kept < 6_000
        assert load("en").plural("command.import-stopped", kept) in stopped
