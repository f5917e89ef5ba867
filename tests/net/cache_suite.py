"""Run the public suite http-tests/cache-tests against a loopback reverse proxy built on our exchange.

    python tests/net/cache_suite.py PATH_OF_THE_SUITE [--id TEST] [--json FILE]

The suite is not part of this project: clone github.com/http-tests/cache-tests, run ``npm install undici`` in it (needed
by the tests of interim responses), and pass its path; node must be on the PATH. Exit 0 when at least 136 required cases
pass and every failing required one is explained in ``cache_suite.md`` beside this file.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tui.net import caching
from tui.net.bodies import Bodies
from tui.net.caching import Verdict
from tui.net.exchange import Answer, Exchange, Via
from tui.net.fields import HOP_BY_HOP, Fields, decode_field
from tui.net.freshness import current_age
from tui.net.guard import parse_address
from tui.net.limits import Budget
from tui.net.messages import Received, Request, Stored
from tui.net.outcome import ClientSettings
from tui.net.responses import ResponseStore
from tui.net.wire import Wire

LEAST = 136
REASONS = Path(__file__).with_name("cache_suite.md")
SUMMARY = """
import { readFileSync } from 'fs'
import { determineTestResult, resultTypes } from '%(suite)s/test-engine/lib/results.mjs'
import tests from '%(suite)s/tests/index.mjs'
const results = JSON.parse(readFileSync('%(results)s'))
const names = new Map(Object.entries(resultTypes).map(([name, type]) => [type, name]))
const out = []
for (const suite of tests) {
  for (const test of suite.tests) {
    if (test.browser_only) continue
    const type = determineTestResult(tests, test.id, results)
    out.push({ id: test.id, name: test.name, kind: test.kind ?? 'required', cdn: test.cdn_only === true,
      result: names.get(type), why: String(results[test.id]) })
  }
}
console.log(JSON.stringify(out))
"""


class Proxy:
    """A private cache in front of one origin."""

    def __init__(self, origin: str, directory: Path) -> None:
        self.origin = origin
        settings = ClientSettings(directory / "cache.db", per_host=64, total=64, proxies=False)
        self.store = ResponseStore(settings.cache_path, limit=settings.cache_bytes)
        bodies = Bodies(directory, max_raw=settings.max_raw, max_decoded=settings.max_decoded)
        self.exchange = Exchange(self.store, bodies)
        self.wire = Wire(settings, bodies)
        self.background: set[asyncio.Task[Answer]] = set()

    async def answer(self, request: Request) -> tuple[Answer | None, float | None]:
        """The answer and its age when it came from the cache; None for a gateway timeout."""
        stored = self.exchange.stored(request, inside=True)
        decision = caching.decide(request, stored, time.time())
        if decision.verdict is Verdict.UNANSWERABLE:
            return None, None
        if stored is not None and decision.verdict in (Verdict.USE, Verdict.USE_AND_RENEW):
            if decision.verdict is Verdict.USE_AND_RENEW:
                task = asyncio.create_task(self.exchange.ask(request, stored, decision, self.send))
                self.background.add(task)
                task.add_done_callback(self.background.discard)
            answer = await self.exchange.serve(stored, Via.CACHE, request=request.fields)
            if answer is not None:
                return answer, decision.age
        try:
            answer = await self.exchange.ask(request, stored, decision, self.send)
        except Exception as error:
            if os.environ.get("VERBOSE"):
                print(repr(error), file=sys.stderr)
            if stored is None or not caching.stale_on_error(stored, decision):
                return None, None
            return await self.exchange.serve(stored, Via.STALE, request=request.fields), decision.age
        return answer, self._age(stored, decision.age, answer)

    def _age(self, stored: Stored | None, before: float, answer: Answer) -> float | None:
        if answer.via is Via.CONFIRMED and stored is not None:
            now = time.time()
            again = Stored(0, "GET", "", 200, answer.fields, (), now, now, b"")
            return current_age(again, now)
        return before if answer.via is Via.STALE else None

    async def send(self, request: Request) -> Received:
        return await self.wire.send(request, parse_address(request.url), private=True, budget=Budget(30))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, path, _ = head[0].split(" ", 2)
                pairs = [(n, v.strip()) for n, _, v in (line.partition(":") for line in head[1:] if line)]
                fields = Fields(pairs)
                body = await reader.readexactly(int(fields.get("content-length", "0")))
                gone = HOP_BY_HOP | {"host", "content-length"} | set(fields.members("connection"))
                request = Request(method, self.origin + path, fields.without(gone), body)
                answer, age = await self.answer(request)
                writer.write(self._message(method, answer, age))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    @staticmethod
    def _message(method: str, answer: Answer | None, age: float | None) -> bytes:
        if answer is None:
            return b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n"
        gone = HOP_BY_HOP | set(answer.fields.members("connection"))
        if answer.status != 304 and method != "HEAD":
            gone |= {"content-length"}
        out = answer.fields.without(gone)
        if age is not None:
            out = out.without({"age"}).plus(("age", str(int(age))))
        if answer.status not in (204, 304) and method != "HEAD":
            out = out.plus(("content-length", str(len(answer.raw))))
        lines = "".join(f"{n}: {v}\r\n" for n, v in out)
        reason = answer.reason or "OK"
        return f"HTTP/1.1 {answer.status} {reason}\r\n{lines}\r\n".encode("latin-1", "replace") + answer.raw


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def node(*arguments: str, cwd: Path, env: dict[str, str]) -> bytes:
    child = await asyncio.create_subprocess_exec(
        "node", "--no-warnings", *arguments, cwd=cwd, env={**os.environ, **env}, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await child.communicate()
    return out


async def run(suite: Path, test: str) -> list[dict[str, str]]:
    port, directory = free_port(), Path(tempfile.mkdtemp(prefix="cache-suite-"))
    env = {"npm_config_protocol": "http", "npm_config_port": str(port), "npm_config_pidfile": str(directory / "pid")}
    server = await asyncio.create_subprocess_exec(
        "node", "test-engine/server/server.mjs", cwd=suite, env={**os.environ, **env}, stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    await server.stdout.readline()
    proxy = Proxy(f"http://127.0.0.1:{port}", directory)
    listener = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, backlog=512)
    base = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        await asyncio.wrap_future(proxy.store.prepare())
        client = {"npm_config_base": base, "npm_config_id": test, "npm_package_config_id": ""}
        out = await node("test-engine/cli.mjs", cwd=suite, env=client)
        if test:
            print(decode_field(out))
            return []
        results = directory / "results.json"
        results.write_bytes(out)
        script = directory / "summary.mjs"
        script.write_text(SUMMARY % {"suite": suite, "results": results}, encoding="utf-8")
        found: list[dict[str, str]] = json.loads(await node(str(script), cwd=suite, env={}))
        return found
    finally:
        listener.close()
        await proxy.wire.aclose()
        proxy.store.close()
        server.terminate()
        await server.wait()


def report(found: list[dict[str, str]]) -> int:
    counts = Counter((f["kind"], f["result"]) for f in found)
    for (kind, result), number in sorted(counts.items()):
        print(f"{kind:10} {result:16} {number}")
    explained = set(re.findall(r"`([\w=-]+)`", REASONS.read_text(encoding="utf-8"))) if REASONS.exists() else set()
    failing = [f for f in found if f["kind"] == "required" and f["result"] != "pass"]
    for f in failing:
        mark = "explained" if f["id"] in explained else "NOT EXPLAINED"
        print(f"{f['result']:16} {f['id']:45} {'cdn' if f['cdn'] else '':4} {mark}: {f['why'][:110]}")
    enough = counts["required", "pass"] >= LEAST
    return 0 if enough and all(f["id"] in explained for f in failing) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--id", default="", help="one test, with the suite's own report")
    parser.add_argument("--json", type=Path, help="write every result here")
    options = parser.parse_args()
    found = asyncio.run(run(options.suite.resolve(), options.id))
    if options.id:
        return 0
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return report(found)


if __name__ == "__main__":
    sys.exit(main())
