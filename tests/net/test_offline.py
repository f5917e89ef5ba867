"""Offline: by wish, found out by ourselves, and back."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.net.asking import Answer, Make, Serve
from tui.net.client import FailureKind, OutcomeKind, Purpose
from tui.net.connectivity import Connectivity


async def test_everything_ever_read_opens_and_misses_say_so_at_once(
    serve: Serve, make_client: Make, answer: Answer
) -> None:
    press = await serve(
        {
            "/old": answer(b"old", "Cache-Control: max-age=0"),
            "/strict": answer(b"strict", "Cache-Control: no-cache, must-revalidate"),
            "/fresh": answer(b"fresh", "Cache-Control: max-age=99"),
            "/vary": answer(b"vary", "Cache-Control: max-age=99", "Vary: *"),
        }
    )
    told: list[bool] = []
    client = make_client(on_offline=told.append)
    for path in ("/old", "/strict", "/fresh", "/vary"):
        await client.fetch(press.url(path), private_ok=True)
    client.offline = True
    assert client.offline
    began = time.monotonic()
    for path, kind in (("/old", "stale"), ("/strict", "stale"), ("/fresh", "fresh"), ("/vary", "stale")):
        for purpose in Purpose:
            outcome = await client.fetch(press.url(path), purpose=purpose, private_ok=True)
            assert (outcome.kind.value, outcome.body) == (kind, path[1:].encode())
            assert (outcome.failure is None) is (kind == "fresh")
    miss = await client.fetch(press.url("/never"), private_ok=True)
    assert (miss.kind, miss.body) == (OutcomeKind.OFFLINE, b"")
    assert miss.failure is not None and miss.failure.kind is FailureKind.OFFLINE
    assert time.monotonic() - began < 5  # nothing was waited for
    assert len(press.seen) == 4
    client.offline = False
    assert (await client.fetch(press.url("/never"), private_ok=True)).status == 404
    assert told == [True, False]


async def test_offline_from_the_start_never_loads_httpx(tmp_path: Path) -> None:
    script = """
import asyncio, sys
from pathlib import Path
from tui.net.client import Client, ClientSettings
async def main():
    client = Client(ClientSettings(Path(sys.argv[1]), offline=True))
    print((await client.fetch("http://press.example/")).kind)
    await client.aclose()
asyncio.run(main())
assert "httpx" not in sys.modules and "httpcore" not in sys.modules
"""
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(tmp_path / "c"), stdout=subprocess.PIPE
    )
    out, _ = await done.communicate()
    assert (done.returncode, out) == (0, b"offline\n")


def connectivity(route: Callable[[], bool], names: Callable[[], bool], told: list[bool]) -> Connectivity:
    async def resolve(host: str, port: int) -> list[str]:
        if not names():
            raise OSError
        return ["192.0.2.1"]

    return Connectivity(forced=False, probe_seconds=0.02, changed=told.append, resolve=resolve, route=route)


def off(one: Connectivity) -> bool:
    return one.offline


async def test_without_a_route_one_failure_is_enough_and_it_recovers() -> None:
    told: list[bool] = []
    there = False
    one = connectivity(lambda: there, lambda: True, told)
    one.failed("a", FailureKind.CONNECT)
    assert off(one)
    await asyncio.sleep(0.06)
    assert off(one)
    there = True
    await asyncio.sleep(0.06)
    assert (off(one), told) == (False, [True, False])


async def test_with_a_route_three_names_in_a_row_have_to_fail() -> None:
    told: list[bool] = []
    names = False
    one = connectivity(lambda: True, lambda: names, told)
    one.failed("a", FailureKind.DNS)
    one.failed("a", FailureKind.DNS)
    one.failed("b", FailureKind.DNS)
    one.succeeded()
    one.failed("c", FailureKind.DNS)
    one.failed("d", FailureKind.DNS)
    one.failed("d", FailureKind.TIMEOUT)
    assert not off(one)
    one.failed("e", FailureKind.DNS)
    assert off(one)
    await asyncio.sleep(0.06)
    assert off(one)
    names = True
    await asyncio.sleep(0.06)
    assert told == [True, False]


@pytest.mark.parametrize(
    "kind", [FailureKind.SERVER, FailureKind.CERTIFICATE, FailureKind.CUT_SHORT, FailureKind.REFUSED]
)
async def test_other_failures_are_not_the_network(kind: FailureKind) -> None:
    one = connectivity(lambda: False, lambda: False, [])
    one.failed("a", kind)
    assert not off(one)


async def test_the_user_has_the_last_word() -> None:
    told: list[bool] = []
    one = connectivity(lambda: False, lambda: False, told)
    one.force(True)
    one.succeeded()
    assert off(one)
    one.force(False)
    one.failed("a", FailureKind.CONNECT)
    assert one.lost
    one.force(False)
    assert not off(one)
    assert told == [True, False, True, False]
    one.stop()


NAMESPACE = """
import asyncio, json, subprocess, sys, time
from pathlib import Path
from tui.net.client import Client, ClientSettings
async def main():
    told, out = [], []
    client = Client(ClientSettings(Path(sys.argv[1]), proxies=False, probe_seconds=0.1), on_offline=told.append)
    for path in ("a", "b"):
        began = time.monotonic()
        outcome = await client.fetch("http://9.9.9.9/" + path)
        out.append([outcome.kind.value, outcome.failure.kind.value, time.monotonic() - began < 5])
    out.append(client.offline)
    for command in ("ip link set lo up", "ip addr add 198.51.100.2/24 dev lo", "ip route add default dev lo"):
        subprocess.run(command.split(), check=True)
    for _ in range(50):
        await asyncio.sleep(0.1)
        if not client.offline:
            break
    print(json.dumps([*out, client.offline, told]))
    await client.aclose()
asyncio.run(main())
"""


async def test_a_machine_without_network(tmp_path: Path) -> None:
    """A network namespace of its own: nothing there, then an interface with a route."""
    child = await asyncio.create_subprocess_exec(
        "unshare",
        "-rn",
        sys.executable,
        "-c",
        NAMESPACE,
        str(tmp_path / "c"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(child.communicate(), 30)
    if child.returncode and (b"unshare" in err or b"'ip'" in err):
        pytest.skip("no right to make a network namespace, or no ip command")
    assert child.returncode == 0, err.decode()
    first, second, offline, after, told = json.loads(out)
    assert first == second == ["offline", "offline", True]
    assert (offline, after, told) == (True, False, [True, False])
