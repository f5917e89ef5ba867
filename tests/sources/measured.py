"""A parser process that forks for every document, so that each one's memory and time are its own.

``python -m tests.sources.measured SECONDS``: requests of the worker on stdin; on stdout for each a frame with the most
memory it took, in megabytes, and as its body the parser's answer; or with what killed it.
"""

from __future__ import annotations

import json
import os
import resource
import sys

from tui.sources import worker_process
from tui.sources.frames import HEADER, frame, sizes


def main(seconds: int, again: bool) -> None:
    """Serve until the input ends."""
    worker_process.warm_up(again)
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    while len(header := inbox.read(HEADER.size)) == HEADER.size:
        text, size = sizes(header)
        request, body = json.loads(inbox.read(text)), inbox.read(size)
        pid = os.fork()
        if pid == 0:
            worker_process.confine()
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            answer = worker_process.answered(request, body, again)
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            outbox.write(frame({"megabytes": megabytes}, answer[HEADER.size :]))
            outbox.flush()
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status:
            outbox.write(frame({"status": status}))
            outbox.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), again="again" in sys.argv)
