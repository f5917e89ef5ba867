# ruff: noqa: E501, ASYNC220  a bench: one line a thing
"""What the cached client costs: hits and misses beside httpx without a cache and hishel, and refreshes of a whole press.

    python tests/bench/bench_net.py                       hits and misses
    python tests/bench/bench_net.py --server PATH         also cold and warm refreshes; PATH is a script that serves
                                                          feeds (--feeds, --items, --origins, --port, --latency-ms)
    python tests/bench/bench_net.py --server PATH --newsboat    and newsboat beside it, when it is installed

Each line is a ratio to read, not a promise: the machine decides. hishel is optional (``pip install hishel``).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from tui.net.client import Client, ClientSettings, Purpose

SIZE = 60_000
SERVER = """
import asyncio, sys
body = bytes(range(97, 123)) * (int(sys.argv[1]) // 26 + 1)
body = body[:int(sys.argv[1])]
head = b"HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\nCache-Control: max-age=3600\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body)
async def serve(reader, writer):
    try:
        while True:
            await reader.readuntil(b"\\r\\n\\r\\n")
            writer.write(head + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""
Get = Callable[[str], Awaitable[Any]]


async def rate(get: Get, urls: list[str], at_once: int = 1) -> float:
    """Fetches a second."""
    began = time.perf_counter()
    for start in range(0, len(urls), at_once):
        if at_once == 1:
            await get(urls[start])
        else:
            await asyncio.gather(*(get(url) for url in urls[start : start + at_once]))
    return len(urls) / (time.perf_counter() - began)


@contextlib.asynccontextmanager
async def ours(directory: Path) -> AsyncIterator[Get]:
    client = Client(ClientSettings(directory / "ours.db", proxies=False))

    async def get(url: str) -> Any:
        outcome = await client.fetch(url, purpose=Purpose.READ, private_ok=True)
        assert len(outcome.body) == SIZE, outcome.failure

    yield get
    await client.aclose()


@contextlib.asynccontextmanager
async def plain(directory: Path) -> AsyncIterator[Get]:
    async with httpx.AsyncClient(trust_env=False) as client:

        async def get(url: str) -> Any:
            assert len((await client.get(url)).content) == SIZE

        yield get


@contextlib.asynccontextmanager
async def hishel(directory: Path) -> AsyncIterator[Get]:
    from hishel import AsyncSqliteStorage, CacheOptions
    from hishel.httpx import AsyncCacheTransport

    storage = AsyncSqliteStorage(database_path=str(directory / "hishel.db"))
    rules = CacheOptions(shared=False)  # its default stores everything for ever
    transport = AsyncCacheTransport(httpx.AsyncHTTPTransport(), storage=storage, rfc=rules)
    async with httpx.AsyncClient(transport=transport, trust_env=False) as client:

        async def get(url: str) -> Any:
            assert len((await client.get(url)).content) == SIZE

        yield get


async def hits_and_misses(seconds: float) -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(SIZE)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    base = f"http://127.0.0.1:{server.stdout.readline().strip()}/"
    print(f"{SIZE // 1000} kB bodies, fetches a second   {'misses':>8} {'hits':>8} {'hits, 20 at once':>18}")
    try:
        for make in (plain, hishel, ours):
            name = make.__name__
            with tempfile.TemporaryDirectory() as directory:
                try:
                    async with make(Path(directory)) as get:
                        await get(base + "warm-up")
                        misses = await rate(get, [f"{base}{name}/{i}" for i in range(int(80 * seconds))])
                        known = [f"{base}{name}/{i % 50}" for i in range(int(400 * seconds))]
                        hits, twenty = await rate(get, known), await rate(get, known, 20)
                except ImportError:
                    print(f"  {name:<28} not installed")
                    continue
                print(f"  {name:<28} {misses:>14,.0f} {hits:>8,.0f} {twenty:>18,.0f}")
    finally:
        server.terminate()
        server.wait()


# -- keys while servers mean harm --------------------------------------------------------------------------------------

EVIL = """
import asyncio, gzip
bomb = gzip.compress(bytes(30 << 20), 9)
ok = b"HTTP/1.1 200 OK\\r\\n"
endless = {
    b"/body": (ok + b"Connection: close\\r\\n\\r\\n", b"x" * 65536),
    b"/tiny-chunks": (ok + b"Transfer-Encoding: chunked\\r\\n\\r\\n", b"2\\r\\nab\\r\\n" * 9000),
    b"/interim": (b"", b"HTTP/1.1 103 E\\r\\nX: y\\r\\n\\r\\n" * 100),
    b"/fields": (ok, b"X: " + b"y" * 1000 + b"\\r\\n"),
    b"/bomb": (ok + b"Content-Encoding: gzip\\r\\n\\r\\n", bomb),
}
async def serve(reader, writer):
    try:
        first, piece = endless[(await reader.readuntil(b"\\r\\n\\r\\n")).split()[1].split(b"?")[0]]
        writer.write(first)
        while True:
            writer.write(piece)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


async def key_waits(seconds: float) -> None:
    """How late a key is noticed while sixteen answers of a kind pour in."""
    server = subprocess.Popen([sys.executable, "-c", EVIL], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    base = f"http://127.0.0.1:{server.stdout.readline().strip()}/"
    try:
        with tempfile.TemporaryDirectory() as name:
            settings = ClientSettings(Path(name) / "c.db", proxies=False, per_host=16, total_timeout=seconds)
            client = Client(settings)
            for kind in ("bomb", "body", "tiny-chunks", "interim", "fields"):
                waits: list[float] = []

                async def keys(waits: list[float] = waits) -> None:
                    while True:
                        began = time.perf_counter()
                        await asyncio.sleep(0.005)
                        waits.append(time.perf_counter() - began - 0.005)

                await client.fetch(base + kind, private_ok=True, purpose=Purpose.FORCE)
                pressing, began = asyncio.create_task(keys()), time.perf_counter()
                urls = [f"{base}{kind}?{i}" for i in range(16)]
                outcomes = await asyncio.gather(
                    *(client.fetch(u, private_ok=True, purpose=Purpose.FORCE) for u in urls)
                )
                pressing.cancel()
                took, waits = time.perf_counter() - began, sorted([*waits, 0.0])
                said = {o.failure.kind.value for o in outcomes if o.failure}
                print(
                    f"  16 x endless {kind:<12} {took:>6.2f} s  a key waits: half {waits[len(waits) // 2] * 1e3:>5.1f} ms, "
                    f"95 % {waits[int(len(waits) * 0.95)] * 1e3:>5.1f} ms, worst {waits[-1] * 1e3:>5.1f} ms  {said}"
                )
            await client.aclose()
    finally:
        server.terminate()
        server.wait()


# -- refreshing a press ---------------------------------------------------------------------------------------------


def free_ports(count: int) -> int:
    """The first of ``count`` free ports in a row."""
    for first in range(20_000, 60_000, 97):
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for port in range(first, first + count):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", port))
            return first
    raise OSError("no free ports")


@contextlib.contextmanager
def press(script: Path, latency: int) -> Any:
    port = free_ports(20)
    options = ["--feeds", "100", "--items", "30", "--origins", "20", "--port", str(port), "--latency-ms", str(latency)]
    child = subprocess.Popen(
        [sys.executable, str(script), *options, "--prerender"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert child.stderr is not None
    child.stderr.readline()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/urls", timeout=10) as answer:
            yield answer.read().decode().split()
    finally:
        child.terminate()
        child.wait()


def peak_kilobytes() -> int:
    """Of this process alone: ru_maxrss would begin with what its parent had."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.partition("VmHWM:")[2].split()[0])


async def refresh(urls: list[str], directory: Path) -> None:
    """Run in a process of its own: seconds, worst wait of a key, CPU seconds, peak memory."""
    settings = ClientSettings(directory / "refresh.db", proxies=False, refresh_window=0)
    client = Client(settings)
    waits: list[float] = []

    async def keys() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            waits.append(time.perf_counter() - began - 0.005)

    pressing = asyncio.create_task(keys())
    for name in ("cold", "warm"):
        waits.clear()
        cpu, began = time.process_time(), time.perf_counter()
        outcomes = await asyncio.gather(*(client.fetch(url, private_ok=True) for url in urls))
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        await client.tidy()
        kinds = {kind: sum(o.kind == kind for o in outcomes) for kind in {o.kind for o in outcomes}}
        peak = peak_kilobytes() / 1000
        waits.sort()
        print(
            f"  khabar's client, {name:<9} {took:>7.2f} s  cpu {cpu:>5.2f} s  peak {peak:>4.0f} MB  key waits: "
            f"95 % {waits[int(len(waits) * 0.95)] * 1e3:.1f} ms, worst {waits[-1] * 1e3:.1f} ms   "
            + ", ".join(f"{count} {kind.value}" for kind, count in kinds.items()),
            flush=True,
        )
    pressing.cancel()
    await client.aclose()


def newsboat(urls: list[str], directory: Path) -> None:
    """The same feeds, sixteen reload threads; parsing and storing included (ours above is fetching and caching only)."""
    (directory / "urls").write_text("\n".join(urls) + "\n")
    (directory / "config").write_text("reload-threads 16\n")
    files = {"-u": "urls", "-c": "newsboat.db", "-C": "config"}
    command = [
        "newsboat",
        *(part for option, name in files.items() for part in (option, f"{directory}/{name}")),
        "-x",
        "reload",
    ]
    for name in ("cold", "warm"):
        usage, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        environment = {**os.environ, "HOME": str(directory)}
        subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
        print(f"  newsboat, {name:<16} {took:>7.2f} s  cpu {cpu:>5.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0, help="about how long each measurement takes")
    parser.add_argument("--server", type=Path)
    parser.add_argument("--newsboat", action="store_true")
    parser.add_argument("--refresh", nargs=2, metavar=("URLS", "DIRECTORY"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.refresh:
        asyncio.run(refresh(Path(options.refresh[0]).read_text().split(), Path(options.refresh[1])))
        return
    asyncio.run(hits_and_misses(options.seconds))
    asyncio.run(key_waits(min(options.seconds, 5.0)))
    for latency in (0, 100) if options.server else ():
        print(f"100 feeds of 30 items, 20 origins, {latency} ms latency", flush=True)
        with press(options.server, latency) as urls, tempfile.TemporaryDirectory() as name:
            directory = Path(name)
            (directory / "list").write_text("\n".join(urls))
            subprocess.run([sys.executable, __file__, "--refresh", str(directory / "list"), name], check=True)
            if options.newsboat and shutil.which("newsboat"):
                newsboat(urls, directory)


if __name__ == "__main__":
    main()
