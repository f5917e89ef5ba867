"""Run in a network namespace of its own, where a public address is ours: what pages and redirects lead to.

    unshare --net python -m tests.kiosk.public_host CONFIG

Prints one JSON object: what the screen said for each address, and what the servers inside were asked.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.kiosk.conftest import Host, leave

PUBLIC = "93.184.215.14"
INSIDE = 8081
PAGE = (
    "<html><head><title>A page outside</title></head><body><article><h1>A page outside</h1>"
    + "<p>This paragraph is long enough to be the text of an article, and so is the next one of them all.</p>" * 6
    + '<p>It has <a href="http://127.0.0.1:8081/link">a link to the inside</a> in it.</p></article></body></html>'
)
asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    """A site: a page, and redirects to where nothing of ours should go."""

    def do_GET(self) -> None:
        """Answer."""
        if self.server.server_port == INSIDE:  # type: ignore[attr-defined]
            asked.append(self.path)
        target = {
            "/private": f"http://127.0.0.1:{INSIDE}/redirect",
            "/name": f"http://localhost:{INSIDE}/name",
            "/wrapped": f"http://[::ffff:127.0.0.1]:{INSIDE}/wrapped",
            "/file": "file:///etc/passwd",
        }.get(self.path)
        self.send_response(302 if target else 200)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0" if target else str(len(PAGE)))
        self.end_headers()
        self.wfile.write(b"" if target else PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def main() -> None:
    """Serve, and let a reader try."""
    for words in (("link", "set", "lo", "up"), ("addr", "add", f"{PUBLIC}/32", "dev", "lo")):
        subprocess.run(["ip", *words], check=True)
    for address in ((PUBLIC, 80), ("127.0.0.1", INSIDE)):
        threading.Thread(target=ThreadingHTTPServer(address, Handler).serve_forever, daemon=True).start()
    config = Path(sys.argv[1])
    host = Host(config.parent / "host", config)
    said: dict[str, str] = {}
    with host.session("--lang", "en", size=(110, 30)) as terminal:
        for path in ("/private", "/name", "/wrapped", "/file", "/page"):
            terminal.press("a")
            terminal.wait_for("address")
            terminal.process.write(f"http://{PUBLIC}{path}".encode())
            terminal.press("enter")
            said[path] = terminal.wait_for({"/file": r"not\s+a\s+web", "/page": "A page outside"}.get(path, "private"))
            if path != "/page":
                terminal.press("escape", "escape")
                terminal.settle()
        terminal.press("tab", "enter")
        said["link"] = terminal.wait_for("private network")
        children = [
            line.read_text().split("\0")
            for task in Path(f"/proc/{terminal.process.pid}/task").iterdir()
            for child in (task / "children").read_text().split()
            for line in [Path(f"/proc/{child}/cmdline")]
        ]
        leave(terminal)
    print(json.dumps({"said": said, "asked": asked, "children": children}))


if __name__ == "__main__":
    main()
