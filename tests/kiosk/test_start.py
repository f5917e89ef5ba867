"""What a kiosk believes of how it was called: the administrator's words, and nothing of the client's."""

from __future__ import annotations

import base64
import hashlib
import os
import pwd
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.commands.kiosk import _options
from tui.kiosk import asks_for_a_command, is_kiosk, start, who

HARMFUL = (
    "PYTHONPATH PYTHONINSPECT PYTHONSTARTUP LD_PRELOAD TEXTUAL TEXTUAL_DRIVER KHABAR_X HOME XDG_CONFIG_HOME EDITOR "
    "BROWSER PAGER http_proxy HTTPS_PROXY SSL_CERT_FILE SSLKEYLOGFILE PATH DISPLAY WAYLAND_DISPLAY TMUX  TERMINFO "
    "NETRC LOCPATH TMPDIR COLUMNS SSH_ORIGINAL_COMMAND SSH_AUTH_SOCK LC_ALL; lc_all LOGNAME USER MALLOC_TRACE "
    "SQLITE_TMPDIR"
)


@pytest.mark.parametrize(
    "name",
    HARMFUL.split(),
)
def test_what_is_not_known_to_be_harmless_is_left_behind(name: str) -> None:
    assert name not in start.clean({name: "1"})


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("TERM", "xterm-256color", True),
        ("TERM", "../../tmp/x", False),
        ("LANG", "ar_MA.UTF-8", True),
        ("LC_ALL", "fa_IR@euro", True),
        ("LC_ALL", "/tmp/locale", False),
        ("TZ", "Africa/Casablanca", True),
        ("TZ", ":/etc/passwd", False),
        ("TZ", "/etc/passwd", False),
        ("TZ", "../../etc/passwd", False),
        ("NO_COLOR", "1", True),
        ("SSH_CONNECTION", "10.0.0.1 50000 10.0.0.2 22", True),
        ("SSH_CONNECTION", "fe80::1%eth0 50000 fe80::2%eth0 22", True),
        ("LANG", "ar\x1b[2J", False),
        ("LANG", "x" * 100, False),
    ],
)
def test_values_are_of_the_shape_they_should_have(name: str, value: str, kept: bool) -> None:
    assert (start.clean({name: value}).get(name) == value) is kept


def test_the_first_of_each_option_counts_and_the_rest_is_ignored() -> None:
    words = [
        "--kiosk",
        "--reader",
        "ali",
        "--config",
        "/etc/a.toml",
        "--reader",
        "omar",
        "--config",
        "/tmp/b",
        "id",
        "-x",
    ]
    options = _options([*words, "--what", "https://example.org/", "--", "--anonymous"])
    assert (options.reader, options.config, options.anonymous) == ("ali", "/etc/a.toml", False)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (["-c", "id"], True),
        (["-c", "scp -t ."], True),
        (["-c", "/usr/lib/openssh/sftp-server"], True),
        (["-c", ""], True),
        (["-c"], True),
        (["-c", "khabar --kiosk --reader omar"], True),
        (["-c", "khabar --kiosk; id"], True),
        (["-c", "khabar --kiosk\nid"], True),
        (["-c", "khabar --kiosk"], False),
        (["-c", "/usr/local/bin/khabar --kiosk"], False),
        ([], False),
    ],
)
def test_a_login_shell_runs_no_command_but_itself(words: list[str], refused: bool) -> None:
    assert asks_for_a_command(words) is refused


def test_a_login_shell_is_a_kiosk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "khabar"
    program.touch()
    account = pwd.struct_passwd(("news", "x", 1, 1, "", "/", str(program)))
    monkeypatch.setattr(pwd, "getpwuid", lambda _: account)
    assert is_kiosk([], str(program)) and is_kiosk(["-c", "id"], str(program))
    assert not is_kiosk(["fetch"], str(program)), "the host's own refresher may run as this account"
    assert not is_kiosk([], "/usr/bin/true")
    assert is_kiosk(["fetch", "--kiosk"], "/usr/bin/true")


@given(st.text(max_size=300), st.text(max_size=300))
def test_names_of_readers_are_safe_and_tell_readers_apart(one: str, two: str) -> None:
    name = who.file_name(one)
    assert name == Path(name).name and not name.startswith((".", "-")) and len(name) <= 80
    assert name.isascii() and name.isprintable() and "/" not in name and " " not in name
    assert (name == who.file_name(two)) == (one == two)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "ALI", "علي", "a/b", "a\0b", "\ud800", "x" * 300])
def test_odd_names_are_no_paths(name: str) -> None:
    found = who.file_name(name)
    assert Path("/var", found).resolve().parent == Path("/var")
    assert "+" in found
    assert who.file_name(found) != found, "nobody can take the name of another's file"


def test_a_key_is_its_fingerprint(tmp_path: Path) -> None:
    blob = b"\x00\x00\x00\x0bssh-ed25519 and the rest"
    path = tmp_path / "sshauth"
    path.write_text(f"publickey ssh-ed25519 {base64.b64encode(blob).decode()}\npassword\n")
    found = who.reader_of("", {"SSH_USER_AUTH": str(path)})
    assert found == f"key-{hashlib.sha256(blob).hexdigest()[:40]}"
    assert who.file_name(found) == found
    assert who.reader_of("ali", {"SSH_USER_AUTH": str(path)}) == "ali"


@pytest.mark.parametrize("text", ["", "publickey", "publickey ssh-rsa", "publickey ssh-rsa !!", "\xff\0", "password\n"])
def test_without_a_key_it_is_the_account(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sshauth"
    path.write_text(text, encoding="latin-1")
    assert who.reader_of("", {"SSH_USER_AUTH": str(path)}) == pwd.getpwuid(os.getuid()).pw_name


def test_sshds_file_is_a_plain_file(tmp_path: Path) -> None:
    account = pwd.getpwuid(os.getuid()).pw_name
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "fifo", tmp_path / "link", tmp_path / "absent"):
        assert who.reader_of("", {"SSH_USER_AUTH": str(path)}) == account
