"""Who reads: a name of the administrator's, the key the reader came with, the account, or nobody.

The name becomes the name of a file, and two names never share one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_UNSAFE = re.compile(r"[^a-z0-9_-]+")
_LONGEST = 65_536


def file_name(reader: str) -> str:
    """A reader's name as the name of a file, without its ending: itself where that is safe, else with a hash of it.

    "+" stands in names with a hash only, so a plain name is never taken for one.
    """
    if _PLAIN.fullmatch(reader) and not reader.endswith(".sqlite"):
        return reader
    like = _UNSAFE.sub("-", reader.lower()).strip("-")[:24]
    return f"{like}+{hashlib.sha256(reader.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def reader_of(name: str, environ: Mapping[str, str]) -> str:
    """The reader of a session: the name given, else the key they came with, else the account."""
    return name.strip() or _key(environ.get("SSH_USER_AUTH", "")) or _account()


def _key(path: str) -> str:
    """The fingerprint of the key in sshd's file (ExposeAuthInfo): lines of "publickey TYPE BASE64"; "" without one."""
    for line in _lines(path):
        method, _, rest = line.partition(" ")
        if method == "publickey":
            try:
                blob = base64.b64decode(rest.split()[1], validate=True)
            except (IndexError, binascii.Error):
                continue
            return f"key-{hashlib.sha256(blob).hexdigest()[:40]}"
    return ""


def _lines(path: str) -> list[str]:
    """The lines of sshd's file; none of a file that another one made, or that is no plain file."""
    if not path:
        return []
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, encoding="ascii", errors="replace") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_uid not in (0, os.getuid()):
                return []
            return file.read(_LONGEST).splitlines()
    except OSError:
        return []


def _account() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def file_of(folder: Path, reader: str) -> Path:
    """The file of a reader."""
    return folder / f"{file_name(reader)}.sqlite"
