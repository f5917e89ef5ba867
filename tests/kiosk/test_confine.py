"""The fence and the limits, in processes of their own: what is forgotten elsewhere stops here."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def fenced(program: str, folder: Path, megabytes: int = 256) -> subprocess.CompletedProcess[str]:
    """A Python process inside the fence; ``tried`` says what an attempt came to."""
    head = f"""
        import asyncio, json, os, resource, shutil, socket, sqlite3, subprocess, sys
        from pathlib import Path
        sys.path.insert(0, {str(ROOT)!r})
        from tui.kiosk import confine
        from tui.sources.worker import AGAIN, COMMAND
        folder = Path({str(folder)!r})
        confine.limit({megabytes})
        confine.fence(str(folder))
        def tried(work):
            try:
                work()
                return "done"
            except BaseException as error:
                return type(error).__name__
    """
    code = textwrap.dedent(head) + textwrap.dedent(program)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


def test_nothing_starts_but_the_parsers(tmp_path: Path) -> None:
    done = fenced(
        """
        import pty
        print(json.dumps([
            tried(lambda: subprocess.run(["/bin/true"])),
            tried(lambda: subprocess.Popen("id", shell=True)),
            tried(lambda: subprocess.Popen([*COMMAND, "-c", "x"])),
            tried(lambda: subprocess.Popen([*AGAIN, "again"])),
            tried(lambda: subprocess.Popen([sys.executable, "-i"])),
            tried(lambda: os.system("true")),
            tried(lambda: os.execv("/bin/true", ["true"])),
            tried(lambda: os.posix_spawn("/bin/true", ["true"], {})),
            tried(lambda: os.fork()),
            tried(lambda: pty.spawn("/bin/true")),
            tried(lambda: breakpoint()),
        ]))
        for command in (COMMAND, AGAIN):
            parser = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            parser.kill()
            parser.wait()
        """,
        tmp_path,
    )
    assert json.loads(done.stdout) == ["PermissionError"] * 11, done.stderr
    assert done.returncode == 0, done.stderr


def test_files_are_written_in_the_folder_only(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    (out / "kept").write_text("x")
    (folder / "door").symlink_to(out)
    done = fenced(
        f"""
        out = Path({str(out)!r})
        print(json.dumps([
            tried(lambda: (out / "a").write_text("x")),
            tried(lambda: (folder / "door" / "a").write_text("x")),
            tried(lambda: (folder / ".." / "out" / "a").write_text("x")),
            tried(lambda: os.open(out / "a", os.O_CREAT | os.O_WRONLY)),
            tried(lambda: open(os.fsencode(out / "kept"), "r+b")),
            tried(lambda: open(out / "kept", "ab")),
            tried(lambda: os.open("kept", os.O_WRONLY, dir_fd=os.open(out, os.O_RDONLY))),
            tried(lambda: (out / "kept").unlink()),
            tried(lambda: (out / "kept").rename(folder / "kept")),
            tried(lambda: (folder / "own").rename(out / "own")),
            tried(lambda: (out / "new").mkdir()),
            tried(lambda: os.symlink(out, out / "link")),
            tried(lambda: shutil.rmtree(out)),
            tried(lambda: shutil.copy(out / "kept", out / "b")),
            tried(lambda: sqlite3.connect(out / "db")),
            tried(lambda: sqlite3.connect(f"file:{{out}}/db?mode=rwc", uri=True)),
        ]))
        own = folder / "own"
        own.write_text("x")
        own.rename(folder / "moved")
        (folder / "moved").unlink()
        sqlite3.connect(folder / "db").execute("CREATE TABLE t (x)")
        sqlite3.connect(f"file:{{folder}}/db?mode=ro", uri=True).execute("SELECT * FROM t")
        open(os.devnull, "w").close()
        """,
        folder,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found == ["PermissionError"] * 16, found
    assert sorted(path.name for path in out.iterdir()) == ["kept"]


def test_nothing_listens_and_nothing_inside_is_reached(tmp_path: Path) -> None:
    done = fenced(
        """
        def connect(host, family=socket.AF_INET):
            with socket.socket(family) as end:
                end.settimeout(0.001)
                end.connect((host, 9))
        print(json.dumps([
            tried(lambda: socket.socket().bind(("127.0.0.1", 0))),
            *(tried(lambda h=h: connect(h)) for h in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1")),
            tried(lambda: connect("::1", socket.AF_INET6)),
            tried(lambda: connect("::ffff:127.0.0.1", socket.AF_INET6)),
        ]))
        asyncio.run(asyncio.sleep(0))
        """,
        tmp_path,
    )
    assert json.loads(done.stdout) == ["PermissionError"] * 7, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="these limits are Linux's")
def test_memory_core_files_and_privileges_are_limited(tmp_path: Path) -> None:
    done = fenced(
        """
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        print(json.dumps([
            tried(lambda: bytearray(400_000_000)),
            resource.getrlimit(resource.RLIMIT_CORE),
            status["NoNewPrivs"].strip(),
            resource.getrlimit(resource.RLIMIT_CPU)[1],
        ]))
        (folder / "private").touch()
        """,
        tmp_path,
    )
    assert json.loads(done.stdout) == ["MemoryError", [0, 0], "1", 3600], done.stderr
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600
