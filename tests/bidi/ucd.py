"""Where the Unicode Character Database is (Debian: package unicode-data), and how its test files read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

UCD = Path("/usr/share/unicode")


def data_lines(name: str) -> Iterator[str]:
    """The lines of a test file without comments; skips the test where the file is missing."""
    path = UCD / name
    if not path.exists():
        pytest.skip(f"{path} is missing: install Debian's unicode-data")
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.split("#")[0].strip()
        if line:
            yield line
