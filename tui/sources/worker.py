"""The host's side of the parser process: documents go out, values come back, and nothing a document does can hurt.

One child is kept; it parses one document after the other while the next ones are already on their way. A document
that takes more than ``seconds``, or more memory than there is, costs itself and the child: a new one takes the rest.
Imports nothing heavy: the parsers are loaded in the child only.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import site
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.news import codec
from tui.news.model import Document
from tui.news.pictures import Colours, Grain, Raster
from tui.sources.frames import HEADER, frame, sizes
from tui.sources.rules import SiteRule, rules_for, to_data

AHEAD = 4
"""Documents sent before the first is answered."""
_NONSENSE = "The parser's answer made no sense."
_START_SECONDS = 30.0
COMMAND = (sys.executable, "-P", *(("-s", "-B") if sys.flags.isolated else ()), "-m", "tui.sources.worker_process")
"""The child's program; isolated where this one is: no packages of the account's own, no bytecode written."""
AGAIN = (*COMMAND, "again")
"""The program of the child that reads pages again; see ``tui.sources.again``."""
AGAIN_SECONDS = 5.0
"""What a second reading may take: the reader has waited for the first one."""


class ParserFailed(Exception):  # noqa: N818 - said in a sentence to the reader
    """A document could not be parsed; ``sentence`` says why, for the source's health."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(slots=True, eq=False)
class _Job:
    number: int
    message: bytes
    answer: asyncio.Future[Any]
    """A Document or a Raster, by what was asked."""
    sent: bool = field(default=False)


class Worker:
    """Parses documents in a child process. Use from one event loop; ``aclose`` when done."""

    def __init__(
        self,
        *,
        seconds: float = 10.0,
        rules: Sequence[SiteRule] = (),
        rest: float | None = None,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        """``rest``: seconds without a document after which the child ends, its memory given back; None: never."""
        self._command = command
        self._rest = rest
        self._rules = tuple(rules)
        self._seconds = seconds
        self._jobs: deque[_Job] = deque()
        self._count = 0
        self._wake = asyncio.Event()
        self._runner: asyncio.Task[None] | None = None
        self._child: _Child | None = None
        self._ready = False
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id, or None while there is none."""
        return self._child.pid if self._child and not self._child.gone else None

    def start(self) -> None:
        """Start the child in the background, so that the first document finds it warm."""
        if self._closed:
            raise RuntimeError("the worker is closed")
        if self._runner is None or self._runner.done():
            self._runner = asyncio.get_running_loop().create_task(self._run(), name="parser")

    async def parse(self, body: bytes, *, url: str, content_type: str = "", now: datetime | None = None) -> Document:
        """The document that ``body`` holds; see ``tui.sources.parse``. Raises ParserFailed for a poisoned one."""
        self.start()
        self._count += 1
        moment = (now or datetime.now(UTC)).isoformat()
        message = frame(
            {
                "id": self._count,
                "url": url,
                "type": content_type,
                "now": moment,
                "rules": to_data(rules_for(self._rules, url)),
            },
            body,
        )
        job = _Job(self._count, message, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        self._wake.set()
        self._send()
        document: Document = await job.answer
        return document

    async def raster(
        self, body: bytes, columns: int, rows: int, colours: Colours = Colours.TRUE, grain: Grain | None = None
    ) -> Raster:
        """The picture in ``body``; see ``tui.sources.imaging``. Raises ParserFailed when it cannot be shown.

        Somebody looks at its place already: it goes before the documents that have not been sent.
        """
        self.start()
        self._count += 1
        pixels = asdict(grain) if grain else None
        request = {"id": self._count, "columns": columns, "rows": rows, "colours": str(colours), "grain": pixels}
        job = _Job(self._count, frame(request, body), asyncio.get_running_loop().create_future())
        self._jobs.insert(sum(other.sent for other in self._jobs), job)
        self._wake.set()
        self._send()
        made: Raster = await job.answer
        return made

    async def aclose(self) -> None:
        """End the child; documents still waited for fail."""
        self._closed = True
        if self._runner is not None:
            self._runner.cancel()
            with suppress(asyncio.CancelledError):
                await self._runner
        await self._end_child()
        while self._jobs:
            self._refuse(self._jobs.popleft(), "The program is closing.")

    async def _run(self) -> None:
        """Keep a child and feed it, for ever; a child that dies takes the document it was at with it."""
        starts = 0
        while True:
            try:
                await self._start_child()
                starts = 0
                await self._serve()
                await self._end_child()
                await self._until_wanted()
            except _LostError as lost:
                await self._end_child()
                for job in self._jobs:
                    job.sent = False
                if lost.sentence and self._jobs:
                    self._refuse(self._jobs.popleft(), lost.sentence)
                if lost.at_start:
                    starts += 1
                    if starts >= 3:
                        while self._jobs:
                            self._refuse(self._jobs.popleft(), "The parser process does not start.")
                        return

    async def _start_child(self) -> None:
        child = await _Child.start(self._command)
        self._child = child
        try:
            async with asyncio.timeout(_START_SECONDS):
                await child.receive()
        except (_LostError, TimeoutError) as error:
            raise _LostError("", at_start=True) from error
        self._ready = True

    async def _until_wanted(self) -> None:
        for job in self._jobs:  # one that came while the child was ending went to nobody
            job.sent = False
        while not self._jobs:
            self._wake.clear()
            await self._wake.wait()

    async def _serve(self) -> None:
        """Answer jobs; returns when there were none for so long that the child may end."""
        child = self._child
        assert child is not None
        while True:
            while not self._jobs:
                self._wake.clear()
                try:
                    async with asyncio.timeout(self._rest):
                        await self._wake.wait()
                except TimeoutError:
                    return
                if child.gone:  # it died of something else, in its sleep
                    raise _LostError("")
            self._send()
            await self._answer_first(child)

    def _send(self) -> None:
        """Send what is waiting, a few documents ahead of the answers."""
        if self._child is None or not self._ready:
            return
        for job in list(self._jobs)[:AHEAD]:
            if not job.sent:
                job.sent = True
                self._child.send(job.message)

    async def _answer_first(self, child: _Child) -> None:
        """Wait for the answer to the first job, no longer than a document may take."""
        try:
            async with asyncio.timeout(self._seconds):
                answer = await child.receive()
        except TimeoutError as error:
            raise _LostError(
                f"The document took more than {self._seconds:g} seconds to read and was given up."
            ) from error
        job = self._jobs[0]
        if answer.get("id") != job.number:
            raise _LostError(_NONSENSE)
        await self._settle(job, answer)
        self._jobs.popleft()

    async def _settle(self, job: _Job, answer: dict[str, Any]) -> None:
        if job.answer.done():
            return
        if "picture" in answer:
            made = answer["picture"]
            job.answer.set_result(Raster(**made | {name: base64.b64decode(made[name]) for name in ("pixels", "fine")}))
            return
        if "document" not in answer:
            self._refuse(job, f"The document could not be read ({answer.get('error', 'unknown error')}).")
            return
        try:
            document = await asyncio.to_thread(codec.decode, Document, answer["document"])  # takes a while
        except ValueError:
            self._refuse(job, _NONSENSE)
        else:
            if not job.answer.done():
                job.answer.set_result(document)

    @staticmethod
    def _refuse(job: _Job, sentence: str) -> None:
        if not job.answer.done():
            job.answer.set_exception(ParserFailed(sentence))

    async def _end_child(self) -> None:
        child, self._child, self._ready = self._child, None, False
        if child is not None:
            await child.end()


class _Child:
    """One parser process and the socket to it. The socket closes with this process, and the child ends with it."""

    def __init__(
        self, process: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self.pid = process.pid

    @classmethod
    async def start(cls, command: tuple[str, ...]) -> _Child:
        """Start a process; it is not ready before its first frame."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = _spawn(command, theirs)
        reader, writer = await asyncio.open_connection(sock=ours)
        return cls(process, reader, writer)

    @property
    def gone(self) -> bool:
        """True when the process has ended."""
        return self._reader.at_eof() or self._process.poll() is not None

    def send(self, message: bytes) -> None:
        """Send a frame; the transport buffers what the socket does not take, a broken one shows when receiving."""
        with suppress(OSError, RuntimeError):
            self._writer.write(message)

    async def receive(self) -> dict[str, Any]:
        """The next frame. Raises _LostError when none will come."""
        try:
            text, _ = sizes(await self._reader.readexactly(HEADER.size))
            answer = json.loads(await self._reader.readexactly(text))
        except (asyncio.IncompleteReadError, ValueError, OSError) as error:
            raise _LostError("The document broke the parser (out of memory or a crash) and was given up.") from error
        if not isinstance(answer, dict):
            raise _LostError(_NONSENSE)
        return answer

    async def end(self) -> None:
        """Kill the process and wait for its end."""
        self._writer.transport.abort()
        self._process.kill()
        await asyncio.to_thread(self._process.wait)


class _LostError(Exception):
    """The child is gone or has to go; ``sentence`` is for the first job, "" when it is not to blame."""

    def __init__(self, sentence: str, *, at_start: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.at_start = at_start


def _spawn(command: tuple[str, ...], theirs: socket.socket) -> subprocess.Popen[bytes]:
    """A parser process that talks over ``theirs``; a few milliseconds, so no thread is needed for it."""
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        env=_environment(),
        cwd="/",
        stdin=theirs.fileno(),
        stdout=theirs.fileno(),
        stderr=subprocess.DEVNULL,
    )


def _environment() -> dict[str, str]:
    """The child's environment: nothing but the path to this package when it is not an installed one."""
    root = str(Path(__file__).parents[2])
    environment = {"LANG": "C.UTF-8", "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "random")}
    if root not in [*site.getsitepackages(), site.getusersitepackages()]:
        environment["PYTHONPATH"] = root
    return environment
