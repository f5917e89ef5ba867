"""The kiosk on a pty, tried hard: keys, dialogs, pasted bytes, addresses, commands and environment lead nowhere."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.kiosk.conftest import Host, leave
from tests.support.ptyscreen import KEYS, PtyScreen
from tui.store.store import Store
from tui.ui.actions import ACTIONS
from tui.ui.kiosk import ALLOWED

ROOT = Path(__file__).parents[2]
CONTROL = [chr(n) for n in range(1, 32)] + ["\x7f", "\x1bOP", "\x1b[24~", "\x1b[1;5A", "\x1b[20;2~"]
"""Ctrl-A to Ctrl-_ (Ctrl-Z suspends, Ctrl-\\\\ quits, Ctrl-C interrupts elsewhere), and function keys."""


def tree(*folders: Path) -> dict[str, int]:
    """Everything below some folders, files with the time they were last written (a folder gets its bytecode)."""
    return {
        str(path): 0 if path.is_dir() else path.lstat().st_mtime_ns
        for folder in folders
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts
    }


def children(pid: int) -> list[str]:
    """The command lines of a process's children."""
    numbers = [n for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]
    return [Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ") for number in numbers]


def reaped(pid: int) -> int:
    """Page faults of children that have ended (proc(5), cminflt): not 0 once there was any."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[8])


def keys_of_the_registry() -> list[str]:
    names = {"forward": "right", "backward": "left", "alt+backward": "escape", "alt+forward": "escape"}
    signs = {"slash": "/", "question_mark": "?", "colon": ":", "full_stop": "."}
    typed = [names.get(key, signs.get(key, key)) for action in ACTIONS for key in action.keys if action.id != "quit"]
    return [chr(ord(key[-1]) & 31) if key.startswith("ctrl+") else key for key in typed]


def test_every_key_and_every_dialog(host: Host, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    before = tree(home, ROOT / "tui", ROOT / "styles")
    environment = {"HOME": str(home), "BROWSER": "xterm", "DISPLAY": ":7", "EDITOR": "vi"}
    with host.session("--reader", "ali", env=environment) as terminal:
        pid = terminal.process.pid
        for number, dialog in enumerate(("", "?", "\x10", "S", "c", "a", "Q", "B", "/", "enter")):
            registry = keys_of_the_registry()[number % 4 :: 4 if dialog else 1]
            control = CONTROL[number % 2 :: 2 if dialog else 1]
            for key in (*registry, *control):
                if dialog:
                    terminal.press(dialog)
                if key in ("\x11", "q"):
                    continue
                terminal.process.write(KEYS.get(key, key).encode())
                terminal.read(0.01)
                assert terminal.process.isalive(), f"{key!r} after {dialog!r} ended khabar:\n{terminal.text}"
            terminal.press("escape", "escape")
            assert terminal.process.isalive()
            assert all("worker_process" in line for line in children(pid)), children(pid)
        terminal.settle()
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        assert state in "SR", "not stopped"
        assert "Traceback" not in terminal.text
        assert leave(terminal) == 0, terminal.text
    assert tree(home, ROOT / "tui", ROOT / "styles") == before
    assert {path.name for path in host.folder.iterdir()} <= {
        *("khabar.sqlite", "khabar.sqlite-wal", "khabar.sqlite-shm", "cache", "readers", "reports.sqlite3"),
        "khabar.log",
    }
    log = host.folder / "khabar.log"
    assert not log.exists() or "not for a kiosk" not in log.read_text(), "the fence was needed: something forgot"


def test_no_process_is_started_for_reading(host: Host) -> None:
    with host.session() as terminal:
        pid = terminal.process.pid
        terminal.press(
            "enter", "space", "o", "y", "Q", "escape", "s", "m", "u", "/", "h", "a", "r", "enter", "?", "escape"
        )
        terminal.settle()
        assert (children(pid), reaped(pid)) == ([], 0), "these stories are whole: not even the parser is needed"


def test_what_is_withheld_is_nowhere_to_be_seen(host: Host) -> None:
    withheld = {action.id for action in ACTIONS} - set(ALLOWED.split())
    assert {"refresh_source", "refresh_all"} <= withheld
    with host.session("--lang", "en", size=(120, 50)) as terminal:
        terminal.press("?")
        text = terminal.wait_for("Moving")
        for _ in range(3):
            terminal.press("pagedown")
            text += terminal.settle()
        assert "ask all sources" not in text and "add, switch off" not in text
        terminal.press("escape", "\x10")
        terminal.wait_for("Undo|undo")
        for letter in "refresh":
            terminal.press(letter)
        assert "Refresh" not in terminal.settle()
        terminal.press("escape", "S")
        text = terminal.wait_for("Paper 1")
        assert "adds" not in text and "removes" not in text
        for key in ("a", "r", "d", " ", "\x1b[3~"):
            terminal.press(key)
        assert "Paper 0" in terminal.settle() and "Paper 1" in terminal.text
        assert leave(terminal) == 0
    store = Store.open(host.folder / "khabar.sqlite")
    assert [source.enabled for source in store.sources()] == [True, True]


FORGED = (
    b"\x1b]52;c;?\x07" + b"\x1b]0;x\x07" + b"\x1bP$q q\x1b\\",
    b"\x1b[200~file:///etc/passwd\n\x1a\x03\x1c\x1b[201~",
    b"\x1b[200~" + bytes(range(32)) + b"\x7f\x80\x9b31m\xff\xfe" + b"\x1b[201~",
    b"\x1b[200~never closed " + bytes(range(1, 27)),
    b"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<64;10;5M" + b"\x1b[M   " + b"\x1b[?1;2c\x1b[>0;0;0c",
    b"\x1b[8;1;1t\x1b[I\x1b[O\x1b[99999999999;9999999u\x1b[27;5;122~",
    b"\x1b" * 500 + b"\x9b\x9d\x90" * 100,
    b"!sh\r:!sh\r|sh\r\x1bxshell\r\x1b!\r",
)


def test_pasted_and_forged_bytes_do_nothing_but_type(host: Host) -> None:
    with host.session("--reader", "ali") as terminal:
        pid = terminal.process.pid
        for bytes_ in FORGED:
            for dialog in ("", "/", "a"):
                if dialog:
                    terminal.press(dialog)
                terminal.process.write(bytes_)
                terminal.read(0.1)
                terminal.process.write(b"\x1b[201~")
                terminal.press("escape", "escape")
                terminal.settle(0.1)
                assert terminal.process.isalive(), f"{bytes_!r} after {dialog!r}:\n{terminal.text}"
                assert all("worker_process" in line for line in children(pid))
                assert "root:" not in terminal.text and "uid=" not in terminal.text
        terminal.settle()
        assert leave(terminal) == 0, terminal.text


@contextmanager
def inside() -> Iterator[tuple[int, list[str]]]:
    """A server in the host's own network; its port, and the requests it had."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<p>secret</p>")

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


def test_no_address_leads_to_files_or_into_the_hosts_network(host: Host) -> None:
    with inside() as (port, asked), host.session("--lang", "en", size=(120, 30)) as terminal:
        for address, said in (
            ("file:///etc/passwd", "Only"),
            ("ftp://example.org/", "Only"),
            ("data:text/html,x", "valid|Only"),
            ("/etc/passwd", "valid"),
            (f"http://127.0.0.1:{port}/", "leads"),
            (f"127.0.0.1:{port}", "leads"),
            (f"http://localhost:{port}/", "leads"),
            (f"http://[::1]:{port}/", "leads"),
            (f"http://0x7f000001:{port}/", "leads"),
            (f"http://[::ffff:127.0.0.1]:{port}/", "leads"),
            ("http://169.254.169.254/latest/meta-data/", "leads"),
            ("http://10.0.0.1/", "leads"),
        ):
            terminal.press("a")
            terminal.wait_for("Tab complete")
            terminal.process.write(address.encode())
            terminal.press("enter")
            text = terminal.wait_for(said)
            assert "root:" not in text and "secret" not in text
            terminal.press("escape", "escape")
            terminal.settle(0.2)
        assert "typed yourself" not in terminal.text
        assert children(terminal.process.pid) == []
    assert asked == []


@pytest.mark.parametrize(
    "words", [["-c", "id", "--help", "https://example.org/"], ["fetch", "--version", "--", "export"]]
)
def test_words_behind_change_nothing(host: Host, words: list[str]) -> None:
    with host.session(*words) as terminal:
        assert "uid=" not in terminal.text
        assert leave(terminal) == 0


@pytest.mark.parametrize("arguments", [[], ["-c", "scp -t ."]])
def test_without_a_terminal_there_is_one_sentence(host: Host, arguments: list[str]) -> None:
    done = subprocess.run(
        host.argv(*arguments), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1 and "terminal" in done.stderr


def test_the_environment_has_no_say(host: Host, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    (trap / "config" / "khabar").mkdir(parents=True)
    touched = tmp_path / "touched"
    code = f"open({str(touched)!r}, 'a').write('x')\n"
    (trap / "trap.py").write_text(code)
    (trap / "textual_trap.py").write_text(code)
    (trap / "config" / "khabar" / "khabar.toml").write_text('language = "fr"\n[keys]\nquit = "Z"\n')
    environment = {
        "HOME": str(trap),
        "XDG_CONFIG_HOME": str(trap / "config"),
        "XDG_DATA_HOME": str(trap / "data"),
        "PYTHONSTARTUP": str(trap / "trap.py"),
        "PYTHONINSPECT": "1",
        "PYTHONBREAKPOINT": "trap.run",
        "PYTHONWARNINGS": "error",
        "TEXTUAL_DRIVER": "textual_trap:Driver",
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": str(tmp_path / "textual.log"),
        "http_proxy": "http://127.0.0.1:9",
        "TMUX": "/tmp/no,1,0",
        "SSH_ORIGINAL_COMMAND": "id",
        "BROWSER": "sh -c id",
        "LANG": "en_GB.UTF-8",
        "SSLKEYLOGFILE": str(tmp_path / "keys"),
    }
    with host.session("--reader", "ali", env=environment) as terminal:
        known = Path(f"/proc/{terminal.process.pid}/environ").read_bytes().split(b"\0")
        names = {entry.partition(b"=")[0].decode() for entry in known if entry}
        assert names <= {"TERM", "LANG", "MALLOC_ARENA_MAX", "LC_CTYPE"}
        terminal.press("enter", "\x03", "\x03", "escape")
        assert "Unread" in terminal.settle()
        assert leave(terminal) == 0, "and no prompt of Python's came after it"
    assert not touched.exists() and not (tmp_path / "keys").exists() and not (tmp_path / "textual.log").exists()
    assert not (trap / "data").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="a mount of one's own needs root")
def test_as_a_login_shell(host: Host, tmp_path: Path) -> None:
    passwd = tmp_path / "passwd"
    account = pwd.getpwuid(0)
    passwd.write_text(f"{account.pw_name}:x:0:0::{tmp_path}:{host.argv()[0]}\n")
    enter = ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/passwd && exec "$@"', str(passwd)]
    if subprocess.run([*enter, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespaces here")
    shell = host.argv()[0]
    done = subprocess.run([*enter, shell, "-c", "id"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "") and "no commands" in done.stderr
    with PtyScreen([*enter, shell], env={"LC_ALL": "C.UTF-8"}) as terminal:
        assert terminal.wait_exit(30) == 1
        assert "no news here yet" in terminal.text, "it looked where a kiosk does: in /var/lib/khabar"


@pytest.mark.skipif(os.getuid() != 0, reason="a network of one's own needs root")
def test_pages_and_redirects_of_the_public_network_lead_nowhere_inside(host: Host) -> None:
    if (
        not shutil.which("ip")
        or subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no network namespaces here")
    words = ["unshare", "--net", sys.executable, "-m", "tests.kiosk.public_host", str(host.config)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, timeout=110, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["asked"] == []
    assert list(found["said"]) == ["/private", "/name", "/wrapped", "/file", "/page", "link"]
    assert [line[-2] for line in found["children"]] == ["tui.sources.worker_process"], "one parser, and nothing else"
