"""The edition is served."""

from datetime import UTC, datetime
from urllib.request import urlopen

from tui import edition
from tui.edition.server import EditionServer


def test_every_source_but_the_failing_one_answers() -> None:
    with EditionServer(datetime(2026, 3, 1, 9, tzinfo=UTC)) as server:
        for source in edition.sources(server.base):
            if "rabwa" not in source.address:
                with urlopen(source.address) as response:
                    assert response.status == 200
