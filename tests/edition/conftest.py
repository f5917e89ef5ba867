"""A running edition for the tests of this directory."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tui.edition.server import EditionServer

ANCHOR = datetime(2026, 3, 5, 14, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[EditionServer]:
    """The edition of Thursday, 5 March 2026, 14:00 UTC, on a free port."""
    with EditionServer(ANCHOR) as running:
        yield running
