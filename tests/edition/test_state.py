"""A second start finds the same addresses and bytes, whatever else happens on the machine."""

import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tui.edition.server import CAN_SHARE
from tui.edition.state import EditionState, full_hour, open_edition, served_at

NOW = datetime(2026, 3, 5, 14, 37, tzinfo=UTC)


def tag(port: int) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("HEAD", "/rss")
        response = connection.getresponse()
        response.read()
        return str(response.headers["ETag"])
    finally:
        connection.close()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    state = EditionState(4711, full_hour(NOW))
    state.save(tmp_path / "deep" / "edition.json")
    assert EditionState.load(tmp_path / "deep" / "edition.json") == state


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"port": "x", "anchor": "2026-03-05T14:00:00+00:00"}',
        '{"port": 1, "anchor": "2026-03-05T14:00:00"}',
        '{"port": 70000, "anchor": "2026-03-05T14:00:00+00:00"}',
        '{"port": 1, "anchor": 5}',
        '{"port": 1}',
    ],
)
def test_what_cannot_be_understood_is_no_state(tmp_path: Path, text: str) -> None:
    path = tmp_path / "edition.json"
    path.write_text(text)
    assert EditionState.load(path) is None


def test_an_anchor_is_kept_for_six_hours() -> None:
    state = EditionState(4711, full_hour(NOW))
    assert state.anchor == datetime(2026, 3, 5, 14, tzinfo=UTC)
    assert state.at(NOW + timedelta(hours=5)) == state
    assert state.at(NOW + timedelta(hours=6)) == EditionState(4711, datetime(2026, 3, 5, 20, tzinfo=UTC))
    assert state.at(NOW - timedelta(hours=3)).anchor == datetime(2026, 3, 5, 11, tzinfo=UTC)  # the clock was put back


def test_a_second_start_serves_the_same_at_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "edition.json"
    with open_edition(path, NOW) as first:
        before = first.port, tag(first.port)
    with open_edition(path, NOW + timedelta(hours=2)) as second:
        assert (second.port, tag(second.port)) == before
    with open_edition(path, NOW + timedelta(hours=9)) as third:
        assert third.port == before[0]
        assert tag(third.port) != before[1]


def test_a_port_that_somebody_else_holds_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "edition.json"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        EditionState(other.getsockname()[1], full_hour(NOW)).save(path)
        with open_edition(path, NOW) as server:
            assert server.port != other.getsockname()[1]
            assert EditionState.load(path) == EditionState(server.port, full_hour(NOW))


RUN = """
import sys
from datetime import datetime
from pathlib import Path
from tui.edition.state import open_edition
with open_edition(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])) as server:
    print(server.port, flush=True)
    sys.stdin.read()
"""


def start(path: Path, now: datetime) -> tuple[subprocess.Popen[str], int]:
    command = [sys.executable, "-c", RUN, str(path), now.isoformat()]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_two_khabars_share_one_edition_and_either_may_be_killed(tmp_path: Path) -> None:
    path = tmp_path / "edition.json"
    process, port = start(path, NOW)
    try:
        with open_edition(path, NOW + timedelta(minutes=30)) as mine:
            assert mine.port == port
            expected = tag(port)
            process.kill()
            process.communicate()
            if CAN_SHARE:
                assert tag(port) == expected
                assert served_at(port).startswith("2026-03-05T14:00:00+00:00")
    finally:
        process.kill()
        process.communicate()


def test_a_running_edition_of_another_hour_is_not_joined(tmp_path: Path) -> None:
    path = tmp_path / "edition.json"
    process, port = start(path, NOW)
    try:
        with open_edition(path, NOW + timedelta(hours=7)) as mine:
            assert mine.port != port
            assert tag(mine.port) != tag(port)
    finally:
        process.kill()
        process.communicate()


def test_a_place_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with open_edition(tmp_path / "file" / "edition.json", NOW) as server:
        assert tag(server.port)


def test_nobody_serves_at_a_free_port() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert served_at(free.getsockname()[1]) == ""
