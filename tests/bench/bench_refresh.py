"""A whole refresh, parsing and storing included, beside newsboat on the same server.

    python tests/bench/bench_refresh.py PATH/TO/feedserver.py [--rounds 3] [--latency 0 100]

The server is any program that takes --feeds, --items, --port, --latency-ms and --origins and lists its feeds at /urls.
khabar's time is that of the desk in one process, from an empty store to the last story stored and shown (cold), to the
last one indexed and grouped, which newsboat does not do (settled), and again when nothing has changed (warm).
``khabar fetch`` is the command from its start to its end, settled. newsboat's time is that of ``newsboat -x reload``
with 16 threads. Processor seconds are those of all processes of either. Rounds alternate.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.commands.interpreter import for_a_screen
from tui.desk.desk import open_desk
from tui.desk.events import Event, RefreshFinished
from tui.news.model import Source, View

FEEDS, ITEMS, ORIGINS = 100, 30, 20
ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def serving(program: str, latency: int) -> Iterator[list[str]]:
    """The feeds' addresses while the server runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"feeds": FEEDS, "items": ITEMS, "port": port, "latency-ms": latency, "origins": ORIGINS}
    argv = [sys.executable, program, *(word for k, v in options.items() for word in (f"--{k}", str(v)))]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield _urls(f"http://127.0.0.1:{port}/urls")
        finally:
            server.terminate()


def _urls(address: str) -> list[str]:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address) as answer:
                return [word for word in answer.read().decode().split() if word.startswith("http")]
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server does not answer")


@dataclass
class Spent:
    """What one refresh took, in seconds."""

    stored: float
    settled: float
    processor: float
    stories: int = 0


def processor() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


async def refresh(home: Path, urls: list[str], keys: list[float]) -> Spent:
    """One refresh; ``keys`` takes how late a key's turn on the loop came."""
    desk = open_desk(home / "khabar.sqlite", home / "responses.sqlite")
    followed = desk.sources.follow([Source(url, url) for url in urls])
    desk.network.worker().start()
    await desk.network.client()
    ends: list[float] = []

    def heard(event: Event) -> None:
        if isinstance(event, RefreshFinished):
            ends.append(time.perf_counter())

    desk.events.subscribe(heard)

    async def keyboard() -> None:
        while True:
            wanted = time.perf_counter() + 0.01
            await asyncio.sleep(0.01)
            keys.append(max(0.0, time.perf_counter() - wanted))

    typing = asyncio.create_task(keyboard())
    began, used = time.perf_counter(), processor()
    await desk.refresher.run([source.id for source in followed])
    settled = time.perf_counter() - began
    typing.cancel()
    stories = desk.reading.count(View())
    await desk.aclose()
    return Spent(ends[0] - began, settled, processor() - used, stories)


def command(argv: list[str], **environment: str) -> Spent:
    """A command from its start to its end."""
    began, used = time.perf_counter(), processor()
    subprocess.run(argv, check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    return Spent(seconds, seconds, processor() - used)


def fetch(home: Path, urls: list[str]) -> Spent:
    """``khabar fetch`` into what lies under ``home``."""
    home.mkdir(exist_ok=True)
    data = home / "data"
    data.mkdir(exist_ok=True)
    own = {"HOME": str(home), "XDG_DATA_HOME": str(data), "XDG_CACHE_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    (home / "urls").write_text("\n".join(urls) + "\n")
    khabar = [sys.executable, "-m", "tui"]
    subprocess.run([*khabar, "import", str(home / "urls")], check=True, env={**os.environ, **own}, capture_output=True)
    return command([*khabar, "fetch"], **own)


def newsboat(home: Path, urls: list[str]) -> Spent:
    """newsboat's reload into the cache under ``home``."""
    home.mkdir(exist_ok=True)
    (home / "urls").write_text("\n".join(urls) + "\n")
    (home / "config").write_text("reload-threads 16\n")
    files = ["-u", f"{home}/urls", "-C", f"{home}/config", "-c", f"{home}/cache.db"]
    return command(["newsboat", "-q", *files, "-x", "reload"], HOME=str(home))


def row(name: str, found: list[Spent], others: list[Spent]) -> None:
    """Print one line: medians and ratios."""
    wall, used = statistics.median(s.stored for s in found), statistics.median(s.processor for s in found)
    line = f"  {name:14} {wall:6.2f} s, processor {used:5.2f} s"
    if others:
        their_wall = statistics.median(s.stored for s in others)
        their_use = statistics.median(s.processor for s in others)
        line += f"   newsboat {their_wall:6.2f} s, {their_use:5.2f} s"
        line += f"   ratio {wall / their_wall:.2f}, {used / their_use:.2f}"
    print(line)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", type=int, nargs="+", default=[0, 100])
    arguments = parser.parse_args()
    for_a_screen()  # garbage and turns as the reader has them
    for latency in arguments.latency:
        measure(arguments.server, latency, arguments.rounds)
    print(f"peak memory of khabar's process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(server: str, latency: int, rounds: int) -> None:
    """Rounds of all programs against one server, and what they took."""
    ours: dict[str, list[Spent]] = {"cold": [], "warm": [], "fetch": []}
    theirs: dict[str, list[Spent]] = {"cold": [], "warm": []}
    keys: list[float] = []
    with serving(server, latency) as urls, tempfile.TemporaryDirectory() as folder:
        for url in urls:
            urllib.request.urlopen(url).read()  # the server makes its feeds when they are first asked for
        for number in range(rounds):
            home = Path(folder) / f"khabar{number}"
            home.mkdir()
            for kind in ("cold", "warm"):
                ours[kind].append(asyncio.run(refresh(home, urls, keys)))
            ours["fetch"].append(fetch(Path(folder) / f"fetch{number}", urls))
            if shutil.which("newsboat"):
                for kind in ("cold", "warm"):
                    theirs[kind].append(newsboat(Path(folder) / f"boat{number}", urls))
    keys.sort()
    print(f"latency {latency} ms, {len(urls)} feeds, {ours['cold'][0].stories} stories stored")
    row("cold", ours["cold"], theirs["cold"])
    print(f"  settled after  {statistics.median(s.settled for s in ours['cold']):6.2f} s")
    row("warm", ours["warm"], theirs["warm"])
    row("khabar fetch", ours["fetch"], theirs["cold"])
    print(f"  a key waits {keys[len(keys) * 95 // 100] * 1000:.1f} ms (p95), {keys[-1] * 1000:.1f} ms at worst")


if __name__ == "__main__":
    main()
