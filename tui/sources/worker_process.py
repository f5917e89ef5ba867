"""The parser process: ``python -m tui.sources.worker_process``, requests on stdin, documents on stdout.

With the argument ``again`` it is the one that reads pages again; see ``tui.sources.again``.

It imports everything first, then gives up what a parser does not need: new files, sockets, processes and memory. It
ends when its input ends, which is when its parent is gone, however that ended; an alarm ends it in the middle of a
document that nobody waits for any more.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from tui.news import codec
from tui.news.pictures import Colours, Grain
from tui.sources import landlock
from tui.sources.decoding import CODECS
from tui.sources.frames import HEADER, frame, sizes
from tui.sources.parse import parse
from tui.sources.rules import from_data

MEMORY = 512 * 1024 * 1024
"""Bytes of address space beyond what the imports took."""
ALARM = 15
"""Seconds after which a document is given up from inside; the host waits 10."""

_SAMPLES = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>a</title><item><title>b</title>'
    b"<pubDate>Thu, 11 Dec 2025 14:30:00 +0100</pubDate>"
    b"<description>&lt;p&gt;c&lt;/p&gt;</description></item></channel></rss>",
    b"<rss><channel><item><title>b</title></wrong></rss>",
    b'<html><body><h1>a</h1><p>b <a href="/c">c</a></p></body></html>',
    b"<html><body><article><h1>a</h1>" + b"<p>A sentence, and one more; so it goes on.</p>" * 40,
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_html": "<p>a</p>"}]}',
    b"<urlset><url><loc>http://example.org/a</loc></url></urlset>",
)


def main(again: bool) -> None:
    """Serve requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the reader, not for us
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    warm_up(again)
    confine()
    outbox.write(frame({"ready": os.getpid()}))
    outbox.flush()
    with suppress(BrokenPipeError):
        while serve(inbox, outbox, again):
            pass


def warm_up(again: bool = False) -> None:
    """Import and compile all that parsing will need, for no file can be opened later."""
    now = datetime.fromisoformat("2025-12-11T14:30:00+00:00")
    for name in CODECS:
        "a".encode(name)
    for sample in _SAMPLES:
        codec.encode(parse(sample, url="http://example.org/", now=now, again=again))
    if again:  # nobody asks it for pictures
        return
    with suppress(ImportError):  # without Pillow there are no pictures, and all else
        from tui.sources import imaging

        imaging.warm_up()


def confine() -> None:
    """No new files or sockets, no processes, no core file, bounded memory; where Linux allows it no file at all."""
    used = 0
    with suppress(OSError):
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()  # noqa: PTH123, SIM115
    landlock.give_up_files()  # while there is still a number for an open file
    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 0)]
    if sys.platform == "linux":
        limits += [(resource.RLIMIT_AS, used + MEMORY), (resource.RLIMIT_NPROC, 0)]
    for kind, value in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def serve(inbox: BinaryIO, outbox: BinaryIO, again: bool) -> bool:
    """Answer one request; False when there are no more."""
    header = inbox.read(HEADER.size)
    if len(header) < HEADER.size:
        return False
    text, size = sizes(header)
    request, body = json.loads(inbox.read(text)), inbox.read(size)
    if len(body) < size:
        return False
    signal.alarm(ALARM)
    answer = answered(request, body, again)
    signal.alarm(0)
    outbox.write(answer)
    outbox.flush()
    return True


def answered(request: dict[str, Any], body: bytes, again: bool = False) -> bytes:
    """The frame that answers one request: a document, or what stopped it."""
    try:
        if "columns" in request:
            return _pictured(request, body)
        document = parse(
            body,
            url=request["url"],
            content_type=request["type"],
            now=datetime.fromisoformat(request["now"]),
            rules=[from_data(rule) for rule in request.get("rules", ())],
            again=again,
        )
        return frame({"id": request["id"], "document": codec.encode(document)})
    except MemoryError:
        os._exit(70)  # whatever is left of the heap is not to be trusted
    except Exception as error:  # one document's fault must not be the next one's
        return frame({"id": request["id"], "error": type(error).__name__})


def _pictured(request: dict[str, Any], body: bytes) -> bytes:
    """The frame that answers a request for a picture."""
    from tui.sources import imaging

    colours, grain = Colours(request["colours"]), Grain(**request["grain"]) if request["grain"] else None
    made = imaging.raster(body, request["columns"], request["rows"], colours, grain)
    coded = {name: base64.b64encode(data).decode() for name, data in (("pixels", made.pixels), ("fine", made.fine))}
    picture = asdict(made) | coded
    return frame({"id": request["id"], "picture": picture})


if __name__ == "__main__":
    main(again="again" in sys.argv[1:])
