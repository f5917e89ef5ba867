"""A repair where things lie in its way, and where the store's file lies elsewhere, behind a link."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.store.conftest import Bench
from tests.store.faults import PAGE, child, corrupted, whole
from tests.store.test_other_things import THINGS, put
from tui.news.model import View
from tui.store.connection import mark
from tui.store.errors import NoticeKind
from tui.store.readers import ReaderStore


def behead(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(PAGE))


@pytest.mark.parametrize("ending", [".lock", ".damaged", ".salvage", ".salvage-wal", ".salvage.copy", ".salvaged"])
@pytest.mark.parametrize("thing", THINGS)
def test_something_in_the_way_of_a_repair(bench: Bench, thing: str, ending: str) -> None:
    ids, _ = corrupted(bench, 40)
    behead(bench.path)
    put(bench.path.with_name(bench.path.name + ending), thing)
    assert [notice.kind for notice in bench.store.notices] == [NoticeKind.SET_ASIDE]
    assert {story.id for story in bench.store.stories(View(), limit=1_000)} == ids
    if thing == "full folder":
        assert len(list(bench.path.parent.rglob("a file"))) == 1, "what somebody put there is still there"
    bench.close()
    assert bench.store.notices == [], "the repair is over"


@pytest.mark.parametrize("thing", THINGS)
def test_something_where_damage_is_noted(bench: Bench, thing: str) -> None:
    """It does not make a sound store look damaged, and a damaged one is noted all the same."""
    bench.fill(3)
    bench.close()
    put(bench.path.with_name(bench.path.name + ".damaged"), thing)
    assert bench.store.notices == []
    bench.close()
    mark(bench.path)
    assert [notice.kind for notice in bench.store.notices] == [NoticeKind.SET_ASIDE]
    assert bench.store.counts().all == 3


def test_something_where_a_saved_file_waits(bench: Bench) -> None:
    put(bench.path.with_name(bench.path.name + ".salvaged"), "full folder")
    assert bench.store.notices == []
    bench.fill(1)
    assert bench.path.is_file()


@pytest.mark.parametrize("ending", ["", ".lock"])
def test_two_that_repair_at_once_do_it_once(bench: Bench, ending: str) -> None:
    ids, _ = corrupted(bench, 200)
    behead(bench.path)
    if ending:
        put(bench.path.with_name(bench.path.name + ending), "folder")
    program = "print(len(store.notices), len(store.stories(View(), limit=1000)), flush=True)"
    outputs = [process.communicate(timeout=60)[0] for process in [child(program, str(bench.path)) for _ in range(3)]]
    assert sorted(output.split()[0] for output in outputs) == ["0", "0", "1"]
    assert {output.split()[1] for output in outputs} == {str(len(ids))}


@pytest.fixture
def elsewhere(bench: Bench) -> Path:
    """The file that the store's path is a link to."""
    target = bench.path.parent / "disk" / "news.db"
    target.parent.mkdir()
    bench.path.symlink_to(Path("disk", "news.db"))
    return target


def test_a_link_stays_a_link(bench: Bench, elsewhere: Path) -> None:
    ids, _ = corrupted(bench, 40)
    assert elsewhere.is_file()
    behead(elsewhere)
    (notice,) = bench.store.notices
    aside = Path(dict(notice.values)["path"])
    assert notice.kind is NoticeKind.SET_ASIDE
    assert bench.path.is_symlink()
    assert aside.parent == elsewhere.parent, "the disk it lies on has room for it"
    assert {story.id for story in bench.store.stories(View(), limit=1_000)} == ids
    bench.close()
    assert {file.name for file in bench.path.parent.iterdir()} == {bench.path.name, "disk"}
    whole(elsewhere)


def test_reports_lie_beside_the_link(bench: Bench, elsewhere: Path) -> None:
    bench.store.report_image("image", "reader")
    assert bench.path.with_name("reports.sqlite3").exists()
    assert [file.name for file in elsewhere.parent.glob("reports*")] == []


def test_a_link_into_a_disk_that_is_not_there(bench: Bench, elsewhere: Path) -> None:
    elsewhere.parent.rmdir()
    assert [notice.kind for notice in bench.store.notices] == [NoticeKind.TEMPORARY]
    assert not elsewhere.parent.exists(), "nothing is made where the disk will be mounted"


def test_a_link_to_itself(bench: Bench) -> None:
    bench.path.symlink_to(bench.path)
    assert [notice.kind for notice in bench.store.notices] == [NoticeKind.TEMPORARY]
    assert bench.path.is_symlink()


def test_a_readers_link_stays_a_link(bench: Bench, tmp_path: Path) -> None:
    story = bench.fill(3)[0]
    own, target = tmp_path / "own.sqlite", tmp_path / "disk" / "own.sqlite"
    target.parent.mkdir()
    own.symlink_to(target)
    with closing(ReaderStore.open_for(own, bench.path)) as store:
        store.star([story.id])
    behead(target)
    with closing(ReaderStore.open_for(own, bench.path)) as store:
        store.star([story.id])
    assert own.is_symlink()
    assert len([path for path in target.parent.iterdir() if ".damaged-" in path.name]) == 1
