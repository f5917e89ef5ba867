"""The kiosk behind a real sshd on loopback, set up by the lines of the README."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kiosk.conftest import KHABAR, Host, leave
from tests.support.ptyscreen import PtyScreen

README = (Path(__file__).parents[2] / "README.md").read_text()
SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(
    not (SSHD and shutil.which("ssh")), reason="openssh-server and openssh-client are not installed"
)
ACCOUNT = pwd.getpwuid(os.getuid()).pw_name


@dataclass(frozen=True)
class Server:
    """An sshd on loopback, and how a client reaches it."""

    host: Host
    folder: Path
    port: int

    def ssh(self, *words: str, program: str = "ssh", key: str = "reader") -> list[str]:
        options = {
            "IdentityFile": self.folder / key,
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR",
            "BatchMode": "yes",
            "Port": self.port,
            "SetEnv": "PYTHONINSPECT=1",
        }
        given = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return [program, "-F", "none", *given, *words]

    def run(self, *words: str, program: str = "ssh", seconds: float = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.ssh(*words, program=program),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )


def block() -> str:
    """The Match block as the README gives it."""
    found = re.search(r"^    Match User .*?(?=^$|^\S)", README, re.MULTILINE | re.DOTALL)
    assert found, "the README has lost its lines for sshd_config"
    return "\n".join(line.removeprefix("    ") for line in found.group().splitlines())


def free_port() -> int:
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        return int(end.getsockname()[1])


@pytest.fixture
def server(host: Host) -> Iterator[Server]:
    """sshd with the README's block for this account, in its own folder, on a port of its own."""
    folder = host.config.parent / "ssh"
    folder.mkdir(mode=0o700)
    for name in ("host", "reader", "other"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    keys = folder / "keys"
    keys.write_text((folder / "reader.pub").read_text() + (folder / "other.pub").read_text())
    command = f"{KHABAR} --kiosk --config {host.config}"
    lines = block().replace("Match User news", f"Match User {ACCOUNT}")
    lines = re.sub(r"ForceCommand \S+ --kiosk", f"ForceCommand {command}", lines)
    lines = re.sub(r"AuthorizedKeysFile \S+", f"AuthorizedKeysFile {keys}", lines)
    assert command in lines and str(keys) in lines
    port = free_port()
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nUsePAM no\nStrictModes no\n"
        f"PermitRootLogin prohibit-password\nAcceptEnv *\nPermitUserEnvironment yes\nX11Forwarding yes\n"
        f"Subsystem sftp internal-sftp\n{lines}\n"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where Debian's sshd separates its privileges
    assert SSHD
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "sshd_config")], stderr=log)
    try:
        deadline = time.monotonic() + 20
        while True:
            with socket.socket() as end:
                if end.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None and time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.05)
        yield Server(host, folder, port)
    finally:
        process.terminate()
        process.wait()


def test_a_reader_reads_a_story_and_leaves(server: Server) -> None:
    words = server.ssh("-tt", f"{ACCOUNT}@127.0.0.1", "id; sh -i")
    environment = {"LC_ALL": "C.UTF-8", "HOME": str(server.folder)}
    with PtyScreen(words, columns=100, rows=30, env=environment) as terminal:
        terminal.wait_for("harbour", timeout=60)
        terminal.settle()
        terminal.press("s", "enter")
        terminal.wait_for("First paragraph")
        assert "uid=" not in terminal.text, "the client's command was ignored"
        terminal.press("o")
        terminal.wait_for("paper.example")
        assert leave(terminal) == 0, terminal.text
        assert b"\x1b[?1049l" in terminal.output and ">>>" not in terminal.text
    names = [path.name for path in (server.host.folder / "readers").glob("*.sqlite")]
    assert len(names) == 1 and names[0].startswith("key-"), "who came with another key is another reader"
    with PtyScreen(server.ssh("-tt", f"{ACCOUNT}@127.0.0.1", key="other"), env=environment) as terminal:
        terminal.wait_for("harbour", timeout=60)
        terminal.settle()
        assert leave(terminal) == 0
    assert len(list((server.host.folder / "readers").glob("key-*.sqlite"))) == 2


def test_commands_and_files_get_one_sentence(server: Server) -> None:
    there = f"{ACCOUNT}@127.0.0.1"
    (server.folder / "file").write_text("x")
    for words, program in (
        ([there, "id"], "ssh"),
        ([there, "khabar", "export"], "ssh"),
        (["-s", there, "sftp"], "ssh"),
        ([str(server.folder / "file"), f"{there}:{server.folder}/copied"], "scp"),
        (["-O", str(server.folder / "file"), f"{there}:{server.folder}/copied"], "scp"),
        ([f"{there}:/etc/passwd", str(server.folder / "stolen")], "scp"),
        ([f"{there}:/etc/passwd", str(server.folder / "stolen")], "sftp"),
    ):
        done = server.run(*words, program=program)
        assert done.returncode != 0, (program, words, done)
        assert "uid=" not in done.stdout + done.stderr and "root:" not in done.stdout
        if program == "ssh" and "-s" not in words:  # sshd gives the client no standard error of a subsystem
            assert done.stderr.count("khabar:") == 1 and not done.stdout, done
    assert not (server.folder / "copied").exists() and not (server.folder / "stolen").exists()


def test_nothing_is_forwarded(server: Server) -> None:
    there = f"{ACCOUNT}@127.0.0.1"
    with socket.socket() as inside:
        inside.bind(("127.0.0.1", 0))
        inside.listen()
        inside.settimeout(0.2)
        target, local, remote = inside.getsockname()[1], free_port(), free_port()
        done = server.run("-W", f"127.0.0.1:{target}", there)
        assert done.returncode != 0
        words = ["-N", "-o", "ExitOnForwardFailure=yes", "-L", f"{local}:127.0.0.1:{target}", there]
        client = subprocess.Popen(server.ssh(*words), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                with socket.socket() as end:
                    if end.connect_ex(("127.0.0.1", local)) == 0:
                        end.settimeout(10)
                        assert end.recv(1) == b"", "the channel was refused"
                        break
                time.sleep(0.1)
            else:
                pytest.fail("the client never listened")
        finally:
            client.kill()
            client.wait()
        with pytest.raises(TimeoutError):
            inside.accept()
        assert server.run("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{remote}:127.0.0.1:1", there).returncode != 0
    log = (server.folder / "log").read_text()
    assert "administratively prohibited" in log or "refused" in log or "disabled" in log, log


def test_no_agent_and_no_variables_of_the_clients_reach_the_session(server: Server) -> None:
    agent = subprocess.run(["ssh-agent", "-c"], capture_output=True, text=True, check=True).stdout
    names = dict(re.findall(r"setenv (\w+) ([^;]+);", agent))
    try:
        environment = {**names, "HOME": str(server.folder), "LC_ALL": "C.UTF-8"}
        words = server.ssh("-A", "-tt", f"{ACCOUNT}@127.0.0.1")
        with PtyScreen(words, env=environment) as terminal:
            terminal.wait_for("harbour", timeout=60)
            terminal.settle()
            sessions = [
                path.parent
                for path in Path("/proc").glob("[0-9]*/cmdline")
                if f"\0{server.host.config}\0".encode() in _read(path) + b"\0" and b"khabar_kiosk" in _read(path)
            ]
            assert len(sessions) == 1
            kept = {entry.partition(b"=")[0] for entry in _read(sessions[0] / "environ").split(b"\0")}
            assert not kept & {b"SSH_AUTH_SOCK", b"PYTHONINSPECT", b"HOME", b"PATH", b"SSH_ORIGINAL_COMMAND"}
            assert b"SSH_CONNECTION" in kept
            assert leave(terminal) == 0
    finally:
        os.kill(int(names["SSH_AGENT_PID"]), 15)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
