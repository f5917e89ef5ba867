"""A file, a directory or a disk that cannot be written: what is there is shown, and the reader is told."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import WRITER, child, failed, numbers
from tui.news.model import View
from tui.store import errors
from tui.store.errors import NoticeKind


@contextmanager
def read_only(directory: Path) -> Iterator[None]:
    """A directory nobody can write, not even root: a read-only bind mount."""
    if failed("mount", "--bind", str(directory), str(directory)):
        pytest.skip("bind mounts are not permitted here")
    try:
        if failed("mount", "-o", "remount,bind,ro", str(directory)):
            pytest.skip("read-only bind mounts are not permitted here")
        yield
    finally:
        subprocess.run(["umount", "-l", directory], check=True)


def test_a_read_only_directory(bench: Bench) -> None:
    stories = bench.fill(5)
    bench.close()
    with read_only(bench.path.parent):
        store = bench.store
        assert [notice.kind for notice in store.notices] == [NoticeKind.READ_ONLY]
        assert not store.writable
        assert [story.id for story in store.stories(View())] == [story.id for story in stories]
        assert len(store.stories(View(search="headline"))) == 5
        for action in (
            lambda: store.mark_read([1]),
            lambda: store.remember("a", "b"),
            lambda: bench.fill(1),
            store.undo,
        ):
            with pytest.raises(errors.StoreReadOnly) as caught:
                action()
            assert str(bench.path) in caught.value.sentence
        bench.close()


def test_a_read_only_directory_with_stories_that_wait_for_the_index(bench: Bench) -> None:
    bench.later = True
    bench.fill(5)
    bench.close()
    with read_only(bench.path.parent):
        assert len(bench.search("headline")) == 5
        assert bench.search("headline3 ") == ["Paper headline3"]
        assert bench.search("-headline3 body4 ") == ["Paper headline4"]
        assert bench.store.count(View(search="body")) == 5
        bench.close()


def test_a_read_only_directory_after_a_kill(bench: Bench) -> None:
    """What was confirmed last lies in the write-ahead log: it is shown, too."""
    process = child(WRITER, str(bench.path), "run")
    assert process.stdout is not None
    confirmed = numbers(process.stdout.readline())
    process.kill()
    process.communicate()
    assert bench.path.with_name(bench.path.name + "-wal").stat().st_size
    with read_only(bench.path.parent):
        assert (story := bench.store.story(confirmed[0])) and story.read
        assert bench.store.notices[0].kind is NoticeKind.READ_ONLY
        bench.close()


def test_no_file_and_nowhere_to_make_it(bench: Bench) -> None:
    with read_only(bench.path.parent):
        bench.path = bench.path.parent / "sub" / "khabar.sqlite3"
        assert [notice.kind for notice in bench.store.notices] == [NoticeKind.TEMPORARY]
        assert len(bench.fill(3)) == 3, "reading works for the session"
        place = bench.store.path
        bench.close()
        assert not place.parent.exists()
