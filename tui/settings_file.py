"""Changing one setting in the reader's file: every other line, and every comment, stays as it was.

A line is edited, and the result is read again: when anything but the one setting would differ, the file is written in a
way that lines do not show (several-line texts, inline tables), and it is left alone.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path

from tui.config import TEMPLATE, Problem

Value = str | bool | int
_HEADER = re.compile(r"\s*\[")


class NotPlainError(ValueError):
    """The file sets this in a way that is no line of its own."""


def with_setting(text: str, name: str, value: Value) -> str:
    """``text`` (TOML) with one setting changed or added; ``name`` is "theme" or "images.show".

    Raises NotPlainError, and TOMLDecodeError when ``text`` is no TOML.
    """
    table, _, key = name.rpartition(".")
    before = tomllib.loads(text)
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    made = "".join(_edited(lines, table, key, f"{key} = {_toml(value)}"))
    wanted = json.loads(json.dumps(before, default=str))
    (wanted.setdefault(table, {}) if table else wanted)[key] = value
    try:
        same = json.loads(json.dumps(tomllib.loads(made), default=str)) == wanted
    except tomllib.TOMLDecodeError:
        same = False
    if not same:
        raise NotPlainError(name)
    return made


def save(path: Path, name: str, value: Value) -> Problem | None:
    """Write one setting to the file, at once and whole; what is in the way, or None.

    A file that is not there begins as the template; a link to a file elsewhere stays a link.
    """
    path = Path(os.path.realpath(path))
    try:
        text = path.read_bytes().decode() if path.exists() else TEMPLATE
        _replace(path, with_setting(text, name, value).encode())
    except (NotPlainError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return Problem(path, 0, "config.odd", {"name": name})
    except OSError as error:
        return Problem(path, 0, "config.unwritable", {"detail": error.strerror or type(error).__name__})
    return None


def _replace(path: Path, content: bytes) -> None:
    """Another file in its place, with its rights; a failure leaves what was there."""
    import tempfile

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(13, os.strerror(13))
    handle, made = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor
            file.write(content)
            file.flush()
            os.fsync(handle)
            if path.exists():
                os.fchmod(handle, path.stat().st_mode & 0o777)
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _edited(lines: list[str], table: str, key: str, made: str) -> list[str]:
    first, last = _section(lines, table)
    if first < 0:
        return [*lines, f"\n[{table}]\n", f"{made}\n"]
    own = re.compile(rf"""\s*(?:{key}|"{key}"|'{key}')\s*=""")
    for at in range(first, last):
        if own.match(lines[at]):
            return [*lines[:at], f"{made}{_comment(lines[at].partition('=')[2])}\n", *lines[at + 1 :]]
    offered = re.compile(rf"\s*#\s*{key}\s*=")
    at = next((at + 1 for at in range(first, last) if offered.match(lines[at])), _end(lines, first, last))
    return [*lines[:at], f"{made}\n", *lines[at:]]


def _section(lines: list[str], table: str) -> tuple[int, int]:
    """The lines of a table ("" for the part before any) as a range; (-1, -1) when it has no header."""
    headers = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    if not table:
        return 0, headers[0] if headers else len(lines)
    header = re.compile(rf"\s*\[\s*{table}\s*\]")
    for number, at in enumerate(headers):
        if header.match(lines[at]):
            return at + 1, headers[number + 1] if number + 1 < len(headers) else len(lines)
    return -1, -1


def _end(lines: list[str], first: int, last: int) -> int:
    """Behind the last setting of a section, before what is said above the next one."""
    set_ = [at for at in range(first, last) if lines[at].strip() and not lines[at].lstrip().startswith("#")]
    return set_[-1] + 1 if set_ else first


def _comment(rest: str) -> str:
    """What follows a value: its comment with the blanks before it."""
    for found in re.finditer("#", rest):
        value = rest[: found.start()]
        try:
            tomllib.loads(f"x = {value}")
        except tomllib.TOMLDecodeError:
            continue
        return value[len(value.rstrip()) :] + rest[found.start() :].rstrip("\n\r")
    return ""
