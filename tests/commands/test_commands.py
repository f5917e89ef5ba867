"""The command line as programs and people use it: real processes, a real server on loopback, real files."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.commands.calling import KHABAR, ROOT, Cli
from tests.support.ptyscreen import PtyScreen, homes
from tui.edition import sources as edition_sources
from tui.edition.server import EditionServer


@pytest.fixture(scope="module")
def edition() -> Iterator[EditionServer]:
    with EditionServer(datetime(2026, 11, 23, 12, tzinfo=UTC)) as server:
        yield server


@pytest.fixture
def khabar(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, edition: EditionServer) -> Cli:
    """khabar that follows the English and the Arabic daily, with their stories."""
    cli = Cli(tmp_path_factory.mktemp("filled"))
    for source in edition_sources(edition.base):
        if source.language in ("ar", "en") and "rabwa" not in source.address:  # which is the one that fails
            cli("add", source.address)
    return cli


def test_headlines_in_a_pipe_are_tab_separated_and_logical(filled: Cli) -> None:
    rows = [line.split("\t") for line in filled("headlines", "-n", "500").splitlines()]
    assert len(rows) > 40
    assert {len(row) for row in rows} == {5}
    assert all(row[0].isdigit() for row in rows)
    text = "".join(row[3] for row in rows)
    assert any("\u0621" <= c <= "\u064a" for c in text)
    assert not any("\ufb50" <= c <= "\ufeff" for c in text), "presentation forms belong to screens"


def test_headlines_as_json_have_the_documented_keys(filled: Cli) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    records = filled.records("headlines", "-n", "3")
    assert len(records) == 3
    row = next(line for line in readme.splitlines() if line.startswith("| `headlines` | id"))
    assert list(records[0]) == row.split("|")[2].strip().split(", ")


def test_headlines_find_words_and_say_where_a_query_is_wrong(filled: Cli) -> None:
    some = filled.records("headlines", "-n", "50")
    title = next(r["title"] for r in some if r["language"] == "en" and r["title"])
    found = filled.records("headlines", f'"{title}"'.replace('""', '"'))
    assert title in [r["title"] for r in found]
    filled("headlines", "is:purple", code=2)
    assert "Column" in filled.errors
    assert filled.errors.count("\n") == 1


def test_headlines_on_a_terminal_are_in_visual_order(filled: Cli) -> None:
    with PtyScreen([*KHABAR, "headlines", "-n", "30"], env=homes(filled.home), cwd=str(ROOT)) as terminal:
        assert terminal.wait_exit(20) == 0
        assert any("\ufe8d" <= c <= "\ufefc" for c in terminal.text)
        assert max(len(line.rstrip()) for line in terminal.screen.display) <= 120


def test_read_prints_the_whole_story(filled: Cli) -> None:
    for record in filled.records("headlines", "-n", "100", "Saltmere"):
        text = filled("read", str(record["id"]))
        if record["title"]:
            assert record["title"] in text
    article = filled.records("read", str(record["id"]))[0]
    assert list(article)[:3] == ["title", "source", "author"]
    assert article["paragraphs"]
    filled("read", "999999", code=2)
    assert "999999" in filled.errors


def test_read_marks_as_read(filled: Cli) -> None:
    first = filled.records("headlines", "is:unread", "-n", "1")[0]
    filled("read", str(first["id"]), "--plain")
    assert first["id"] not in [r["id"] for r in filled.records("headlines", "is:unread", "-n", "500")]


def test_read_lays_out_to_the_width(filled: Cli) -> None:
    story = next(r for r in filled.records("headlines", "-n", "50") if r["language"] == "ar")
    lines = filled("read", str(story["id"]), "--width", "40").splitlines()
    assert max(map(len, lines)) <= max(40, len(story["link"]))
    assert any("\ufe8d" <= c <= "\ufefc" for c in "".join(lines))


def test_add_fetch_sources_and_remove(khabar: Cli, edition: EditionServer) -> None:
    english = next(s for s in edition_sources(edition.base) if s.language == "en")
    khabar("add", english.address)
    assert khabar.errors.count("\n") == 1
    khabar("add", english.address)
    (row,) = khabar.records("sources")
    assert row["address"] == english.address
    (fetched,) = khabar.records("fetch", "--force", str(row["id"]))
    assert fetched["outcome"] == "revalidated"
    health = khabar("sources", "--health")
    assert "revalidated" in health
    assert "304" in health
    khabar("fetch", "no such source", code=2)
    khabar("remove", str(row["id"]))
    assert khabar.records("sources") == []
    khabar("remove", str(row["id"]), code=2)


def test_fetch_is_quiet_and_says_what_failed(khabar: Cli, edition: EditionServer) -> None:
    for source in edition_sources(edition.base):
        if source.language == "fr":
            khabar("add", source.address)
    assert khabar("fetch") == ""
    assert khabar.errors == ""
    failing = Cli(khabar.home / "other")
    failing("add", "http://127.0.0.1:9/feed", code=1)
    assert failing.errors.startswith("khabar: ")
    assert failing.errors.count("\n") == 1


def test_inspect_prints_the_object_of_the_contract(khabar: Cli, edition: EditionServer, tmp_path: Path) -> None:
    address = next(s.address for s in edition_sources(edition.base) if s.language == "he")
    (document,) = khabar.records("inspect", address)
    assert document["kind"] == "feed"
    assert len(document["items"]) >= 5
    assert set(document["items"][0]) >= {"id", "title", "link", "published", "author", "source", "text"}
    file = tmp_path / "page.html"
    body = "".join(
        f"<p>On day {n} the old pier by the harbour lost plank number {n * 7}, and nobody came.</p>" for n in range(9)
    )
    file.write_text(f"<html lang=en><title>A tale</title><article><h1>A tale</h1>{body}</article>", "utf-8")
    (page,) = khabar.records("inspect", str(file), "--base-url", "https://example.org/a", "--content-type", "text/html")
    assert page["kind"] == "article"
    assert page["article"]["paragraphs"]
    khabar("inspect", str(tmp_path / "none"), code=1)
    assert khabar.errors.count("\n") == 1


def test_show_lays_out_standard_input(khabar: Cli) -> None:
    out = khabar("show", "--width", "20", stdin="سلام (abc)\nhello\n".encode())
    rtl, ltr = out.splitlines()
    assert rtl == "(abc) ﻡﻼﺳ".rjust(20)
    assert ltr == "hello"
    assert khabar("show", "--mode", "logical", stdin="سلام\x1b[2J".encode()) == "سلام\n"


def test_import_and_export(khabar: Cli, tmp_path: Path, edition: EditionServer) -> None:
    address = next(s.address for s in edition_sources(edition.base) if s.language == "ur")
    urls = tmp_path / "urls"
    urls.write_text(f'{address} "~اخبار" urdu\nexec:rm -rf /\nfilter:x:https://example.org/f\n', "utf-8")
    planned = khabar("import", "--dry-run", str(urls))
    assert address in planned
    assert khabar.records("sources") == []
    khabar("import", str(urls))
    assert khabar.errors.count("\n") == 3, "two lines are skipped, each said"
    exported = khabar("export")
    assert address in exported
    assert "<opml" in exported
    opml = tmp_path / "out.opml"
    khabar("export", "-o", str(opml))
    other = Cli(tmp_path / "other")
    other("import", str(opml))
    assert [r["address"] for r in other.records("sources")] == [address]
    khabar("import", str(tmp_path / "none"), code=1)


def test_site_rules_are_used_and_their_faults_named(khabar: Cli, edition: EditionServer, tmp_path: Path) -> None:
    rules = tmp_path / "config" / "khabar" / "sites.toml"
    rules.parent.mkdir(parents=True)
    rules.write_text('[[site]]\nhost = "127.0.0.1"\nbody = "h1"\nauthor = ".no-such"\n[[site]]\nhost = "x/"\n', "utf-8")
    (document,) = khabar.records("inspect", edition_sources(edition.base)[0].address)
    address = next(item["link"] for item in document["items"])
    (page,) = khabar.records("inspect", address)
    assert "sites.toml, site 2: host must be" in khabar.errors
    assert page["provenance"] == "site"
    assert any('".no-such" found nothing' in error for error in page["errors"])
    file = tmp_path / "page.html"
    file.write_text("<h1>One heading of a page</h1><p>Text of it.</p>", "utf-8")
    (page,) = khabar.records("inspect", str(file), "--base-url", "http://127.0.0.1/a", "--content-type", "text/html")
    assert page["provenance"] == "site"


def test_doctor_tells_the_class_the_samples_and_the_paths(khabar: Cli) -> None:
    out = khabar("doctor", "--offline")
    for word in ("visual", "runs", "words", f"{khabar.home}/data/khabar/khabar.sqlite"):
        assert word in out


def test_usage_errors_end_with_2(khabar: Cli) -> None:
    khabar("headlines", "-n", "0", code=2)
    khabar("--no-such-option", code=2)
    khabar(code=1)
    assert "terminal" in khabar.errors, "the screen needs one"


def test_help_names_every_command(khabar: Cli) -> None:
    out = khabar("--help")
    for command in ("demo", "fetch", "headlines", "read", "add", "remove", "sources", "inspect", "show", "doctor"):
        assert f"\n  {command} " in out
        assert khabar(command, "--help").startswith("usage: khabar")


def test_a_broken_configuration_names_line_and_remedy_and_does_not_stop(khabar: Cli) -> None:
    file = khabar.home / "config" / "khabar" / "khabar.toml"
    file.parent.mkdir(parents=True)
    file.write_text('theme = "dark"\ncompact = maybe\n', encoding="utf-8")
    khabar("sources")
    assert "line 2" in khabar.errors
    khabar("sources", "--lang", "ar")
    assert "السطر 2" in khabar.errors


def test_a_reader_that_goes_away_is_no_error(filled: Cli) -> None:
    command = f"{sys.executable} -m tui headlines -n 500 | head -n 1"
    done = subprocess.run(command, shell=True, env=filled.env, cwd=ROOT, capture_output=True, check=False, timeout=60)
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


def test_readers_of_one_host_share_the_file_of_reports(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    for name in ("one", "two"):
        khabar = Cli(tmp_path / name)
        file = khabar.home / "config" / "khabar" / "khabar.toml"
        file.parent.mkdir(parents=True)
        file.write_text(f'[images]\nreports = "{shared}/reports.sqlite3"\n', encoding="utf-8")
        script = (
            "from tui.commands.context import prepare; from argparse import Namespace;"
            "desk = prepare(Namespace(config='', offline=True, lang='')).open_desk();"
            f"desk.store.report_image('hash', '{name}'); print(desk.store.image_hidden('hash', after=2));"
            "desk.store.close()"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], env=khabar.env, cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == str(name == "two")


def test_a_mistyped_command_is_no_address(khabar: Cli) -> None:
    khabar("headline", code=2)
    assert "headlines" in khabar.errors
    khabar("--lang", "xx", "sources", code=2)
    assert "xx" in khabar.errors


@pytest.mark.parametrize("address", ["press/empty", "example.invalid/page"])
def test_an_address_given_at_the_start_is_opened_or_said(filled: Cli, edition: EditionServer, address: str) -> None:
    url = f"{edition.base}/{address}" if address.startswith("press") else address
    command = [*KHABAR, url, "--lang", "en"]
    with PtyScreen(command, env=homes(filled.home), cwd=str(ROOT), columns=120, rows=30) as terminal:
        terminal.wait_for("Opening|not found|could not|cannot|no answer|not be found|nothing", timeout=20)
        text = terminal.settle()
        assert "Only http" not in text
        terminal.press("q")
        assert terminal.wait_exit() == 0


def test_a_source_that_cannot_be_removed_is_not_said_to_be(khabar: Cli, tmp_path: Path) -> None:
    (tmp_path / "urls").write_text("https://example.org/feed\n")
    khabar("import", str(tmp_path / "urls"))
    file = next(tmp_path.rglob("khabar.sqlite"))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    khabar("remove", "example.org", code=1)
    assert "newer khabar" in khabar.errors and "no longer followed" not in khabar.errors
