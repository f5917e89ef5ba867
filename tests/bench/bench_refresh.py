"""A whole refresh, parsing and storing included, beside newsboat on the same server.

    python tests/bench/bench_refresh.py PATH/TO/feedserver.py [--rounds 3]

The server is any program that takes --feeds, --items, --port, --latency-ms and --origins and lists its feeds at /urls.
khabar's time is that of the desk in one process, from an empty store to the last story stored (cold) and again when
nothing has changed (warm); newsboat's is that of ``newsboat -x reload`` with 16 threads. Rounds alternate.
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
from pathlib import Path

from tui.desk.desk import open_desk
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


async def refresh(home: Path, urls: list[str], keys: list[float]) -> tuple[float, int]:
    """Seconds of one refresh, and the stories stored; ``keys`` takes how late a key's turn on the loop came."""
    desk = open_desk(home / "khabar.sqlite", home / "responses.sqlite")
    followed = desk.sources.follow([Source(url, url) for url in urls])
    desk.network.worker().start()
    await desk.network.client()

    async def keyboard() -> None:
        while True:
            wanted = time.perf_counter() + 0.01
            await asyncio.sleep(0.01)
            keys.append(max(0.0, time.perf_counter() - wanted))

    typing = asyncio.create_task(keyboard())
    began = time.perf_counter()
    await desk.refresher.run([source.id for source in followed])
    seconds = time.perf_counter() - began
    typing.cancel()
    stories = desk.reading.count(View())
    await desk.aclose()
    return seconds, stories


def newsboat(home: Path, urls: list[str]) -> float:
    """Seconds of newsboat's reload into the cache under ``home``."""
    home.mkdir(exist_ok=True)
    (home / "urls").write_text("\n".join(urls) + "\n")
    (home / "config").write_text("reload-threads 16\n")
    argv = ["newsboat", "-q", "-u", f"{home}/urls", "-C", f"{home}/config", "-c", f"{home}/cache.db", "-x", "reload"]
    began = time.perf_counter()
    subprocess.run(argv, check=True, env={**os.environ, "HOME": str(home)}, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for latency in (0, 100):
        times: dict[str, list[float]] = {}
        keys: list[float] = []
        with serving(arguments.server, latency) as urls, tempfile.TemporaryDirectory() as folder:
            for number in range(arguments.rounds):
                home = Path(folder) / f"khabar{number}"
                home.mkdir()
                for kind in ("cold", "warm"):
                    seconds, stories = asyncio.run(refresh(home, urls, keys))
                    times.setdefault(f"khabar {kind}", []).append(seconds)
                if shutil.which("newsboat"):
                    for kind in ("cold", "warm"):
                        times.setdefault(f"newsboat {kind}", []).append(newsboat(Path(folder) / f"boat{number}", urls))
        keys.sort()
        print(f"latency {latency} ms, {len(urls)} feeds, {stories} stories stored")
        for kind in ("cold", "warm"):
            ours = statistics.median(times[f"khabar {kind}"])
            theirs = statistics.median(times.get(f"newsboat {kind}", [float("nan")]))
            print(f"  {kind}: khabar {ours:5.2f} s   newsboat {theirs:5.2f} s   ratio {ours / theirs:.2f}")
        print(f"  a key waits {keys[len(keys) * 95 // 100] * 1000:.1f} ms (p95), {keys[-1] * 1000:.1f} ms at worst")
    print(f"peak memory of khabar's process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
