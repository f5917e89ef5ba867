"""Many bytes lie in a file without a name; on a full or forbidden disk they stay in memory, and none is lost."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from tui.net.spool import SMALL, Spool

PIECES = [bytes([n]) * (SMALL // 3 + n) for n in range(20)]


def fill(spool: Spool) -> None:
    for piece in PIECES:
        if data := spool.add(piece):
            spool.put_away(data)


def test_few_bytes_never_see_the_disk(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "nowhere")
    assert not spool.add(b"x" * SMALL)
    assert spool.small
    assert spool.whole() == b"".join(spool.pieces()) == b"x" * SMALL


def test_many_lie_on_the_disk_without_a_name(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    fill(spool)
    assert not spool.small
    assert spool._near.tell() <= SMALL
    assert list(tmp_path.iterdir()) == []
    assert spool.whole() == b"".join(spool.pieces()) == b"".join(PIECES)
    assert max(map(len, spool.pieces())) <= SMALL
    spool.close()


def test_a_forbidden_disk(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "nowhere")
    fill(spool)
    assert spool.whole() == b"".join(spool.pieces()) == b"".join(PIECES)


@pytest.mark.parametrize("room", [0, 1, SMALL, SMALL * 2 + 5])
def test_a_disk_that_becomes_full(tmp_path: Path, room: int) -> None:
    spool = Spool(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        fill(spool)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert spool.whole() == b"".join(spool.pieces()) == b"".join(PIECES)
    spool.close()
