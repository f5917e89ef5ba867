"""A lease: one owner at a time, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.news.model import Item, Source
from tui.store import since
from tui.store.lease import SECONDS, Lease
from tui.store.store import Store

ROOT = Path(__file__).parents[2]


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_one_owner_at_a_time(tmp_path: Path) -> None:
    first, second = Store.open(tmp_path / "a.sqlite"), Store.open(tmp_path / "a.sqlite")
    ours, theirs = Lease.of(first, "refresh"), Lease.of(second, "refresh")
    assert ours.take() is None
    assert ours.take() is None, "taking again is renewing"
    holder = theirs.take()
    assert holder is not None
    assert (holder.pid, ours.holder()) == (os.getpid(), None)
    assert Lease.of(second, "other").take() is None
    theirs.release()
    assert theirs.take() is not None, "only the owner gives it back"
    ours.release()
    assert theirs.take() is None


def test_a_lease_ends_and_a_wrong_clock_does_not_hold_it(tmp_path: Path) -> None:
    clock = Clock()
    store = Store.open(tmp_path / "a.sqlite", clock=clock)
    ours, theirs = Lease.of(store, "refresh"), Lease.of(store, "refresh")
    assert ours.take() is None
    clock.now += timedelta(seconds=SECONDS - 1)
    assert theirs.take() is not None
    clock.now += timedelta(seconds=1)
    assert theirs.take() is None
    clock.now -= timedelta(days=1)
    assert ours.take() is None, "an end that lies a day ahead was written under a wrong clock"


def test_a_killed_owner_stands_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    store = Store.open(path)
    script = (
        "import sys, time; from pathlib import Path; from tui.store.lease import Lease;"
        " from tui.store.store import Store;"
        "print(Lease.of(Store.open(Path(sys.argv[1])), 'refresh').take(), flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"None\n"
        lease = Lease.of(store, "refresh")
        holder = lease.take()
        assert holder is not None
        assert holder.pid == other.pid
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert lease.take() is None


def test_what_is_no_lease_holds_nothing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "a.sqlite")
    for nonsense in ("", "{", "[]", '{"token": 1}', '{"token":"x","pid":"y","host":"","until":1e999}'):
        store.remember("lease.refresh", nonsense)
        assert Lease.of(store, "refresh").take() is None


def test_new_stories_are_those_after_an_id_also_when_the_last_was_deleted(tmp_path: Path) -> None:
    clock = Clock()
    store = Store.open(tmp_path / "a.sqlite", clock=clock)
    source = store.add_source(Source("https://example.org/f", "صحيفة"))
    assert since.last_id(store) == 0
    store.add_items(source, [Item("1", "الهلال يفوز"), Item("2", "طقس الغد")])
    mark = since.last_id(store)
    clock.now += timedelta(days=100)
    assert store.prune(90) == 2
    assert since.last_id(store) == mark
    store.add_items(source, [Item("3", "الهلال يخسر"), Item("4", "Rain", text="over the harbour")])
    new = since.ids_since(store, mark)
    assert len(new) == 2
    assert [s.title for s in since.stories_since(store, mark, ["هلال"])] == []
    assert [s.title for s in since.stories_since(store, mark, ["الهلال"])] == ["الهلال يخسر"]
    assert [s.title for s in since.stories_since(store, mark, ["harbour lang:en or rain", "source:صحيفة -الهلال"])] == [
        "Rain"
    ]
    assert since.stories_since(store, new[-1], ["rain"]) == []
