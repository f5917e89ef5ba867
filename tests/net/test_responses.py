"""The response store on real files: what is put is got, and the least used goes first."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.net.kept import MB, Open, get, put
from tui.net.fields import Fields
from tui.net.messages import Stored


def test_what_is_put_is_got(store: Open) -> None:
    one = store()
    assert put(one, "http://a/x", b"\x00raw\xff", when=50.0)
    (row,) = one.candidates("http://a/x", "GET")
    assert row == Stored(
        row.id, "GET", "http://a/x", 200, Fields([("etag", '"é"')]), (), 50.0, 50.0, b"d", False, row.size
    )
    assert one.body(row) == b"\x00raw\xff"
    assert one.candidates("http://a/x", "HEAD") == []
    assert one.candidates("http://a/y", "GET") == []


def test_the_files_are_for_their_owner_only(store: Open, path: Path) -> None:
    """What somebody reads is nobody else's business."""
    put(store(), "http://a/x", b"x")
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_variants_live_side_by_side_and_the_same_one_is_replaced(store: Open) -> None:
    one = store()
    for body, value in ((b"1", "a"), (b"2", "b"), (b"3", "a")):
        put(one, "http://a/x", body, vary=(("accept", value),))
    assert sorted(str(one.body(row)) for row in one.candidates("http://a/x", "GET")) == ["b'2'", "b'3'"]


def test_variants_are_few(store: Open) -> None:
    one = store()
    for i in range(40):
        put(one, "http://a/x", b"x", vary=(("cookie", str(i)),), when=float(i))
    kept = one.candidates("http://a/x", "GET")
    assert len(kept) == 8
    assert max(row.arrived for row in kept) == 39


def test_a_304_gives_new_fields_to_the_old_body(store: Open) -> None:
    one = store()
    put(one, "http://a/x", b"body")
    (row,) = one.candidates("http://a/x", "GET")
    assert one.update(row, Fields([("x", "y")]), 5.0, 6.0).result()
    (new,) = one.candidates("http://a/x", "GET")
    assert (new.fields.get("x"), new.requested, new.arrived, one.body(new)) == ("y", 5.0, 6.0, b"body")
    one.drop(["http://a/x"]).result()
    assert one.update(row, Fields(), 5.0, 6.0).result() is False


def test_it_is_there_after_a_restart(store: Open) -> None:
    first = store()
    put(first, "http://a/x", b"kept")
    first.set_note("hold", "1", time.time() + 60).result()
    first.close()
    second = store()
    assert get(second, "http://a/x") == b"kept"
    assert second.note("hold") == "1"


def test_notes_run_out_and_are_forgotten(store: Open) -> None:
    one = store()
    one.set_note("a", "1", time.time() - 1).result()
    one.set_note("b", "1", time.time() + 60).result()
    assert (one.note("a"), one.note("b")) == ("", "1")
    one.set_note("b", "", 0).result()
    assert one.note("b") == ""


def test_nothing_is_stored_after_closing(store: Open) -> None:
    one = store()
    one.close()
    assert put(one, "http://a/x", b"x") is False
    assert get(one, "http://a/x") is None


# -- bounds ---------------------------------------------------------------------------------------------------------


def test_the_least_recently_used_go_and_the_file_shrinks(store: Open, path: Path) -> None:
    one = store(limit=4 * MB)
    for i in range(30):
        put(one, f"http://a/{i}", os.urandom(100_000), when=1000.0 + i)
    assert get(one, "http://a/3") is not None  # a read makes it recent
    one.set_note("flush", "1", time.time() + 9).result()
    for i in range(30, 60):
        put(one, f"http://a/{i}", os.urandom(100_000), when=2000.0 + i)
    one.tidy().result()
    assert path.stat().st_size <= 4 * MB
    assert (path.parent / "http.db-wal").stat().st_size <= MB
    assert get(one, "http://a/59") is not None
    assert get(one, "http://a/3") is not None
    assert get(one, "http://a/4") is None


def test_a_smaller_limit_shrinks_an_old_file(store: Open, path: Path) -> None:
    big = store(limit=40 * MB)
    for i in range(50):
        put(big, f"http://a/{i}", os.urandom(100_000))
    big.tidy().result()
    big.close()
    assert path.stat().st_size > 4 * MB
    small = store(limit=MB)
    small.tidy().result()
    assert path.stat().st_size <= MB


def test_the_bound_holds_without_anybody_tidying(store: Open, path: Path) -> None:
    one = store(limit=4 * MB)
    largest = 0
    for i in range(200):
        put(one, f"http://a/{i}", os.urandom(60_000))
        largest = max(largest, path.stat().st_size)
    assert largest <= 4 * MB * 1.2


def test_one_response_does_not_push_out_everything(store: Open) -> None:
    one = store(limit=2 * MB)
    assert put(one, "http://a/small", b"x")
    assert put(one, "http://a/huge", bytes(MB)) is False
    assert get(one, "http://a/small") == b"x"
