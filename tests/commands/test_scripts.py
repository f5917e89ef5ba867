"""What scripts rely on: documented JSON, tables, links, rules, notices."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.commands.calling import KHABAR, ROOT, Cli
from tests.support.ptyscreen import PtyScreen, homes
from tui import cli
from tui.bidi.breaks import cell_width
from tui.commands.spec import describe
from tui.edition import sources as edition_sources
from tui.edition.server import EditionServer
from tui.news.model import Article, Item, Link, Paragraph, Source, Text, View
from tui.store.store import Store

HARD = (
    "\u0641\u0627\u0632 \u00abAtlas\u00bb \u0628\u0646\u062a\u064a\u062c\u0629 (1-0)",
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd 2026",
    "\u65e5\u672c\u8a9e\u306e\u30cb\u30e5\u30fc\u30b9",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 family",
    "Cafe\u0301 Zu\u0308rich e\u0301",
    "tab\there\nand\x1b[2Jthere\u2028end",
)


@pytest.fixture
def khabar(tmp_path: Path) -> Cli:
    return Cli(tmp_path)


@pytest.fixture(scope="module")
def edition() -> Iterator[EditionServer]:
    with EditionServer(datetime(2026, 11, 23, 12, tzinfo=UTC)) as server:
        yield server


def documented() -> dict[str, list[str]]:
    """Command \u2192 keys, as the README's table has them."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("### JSON")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", readme, re.MULTILINE)
    keys: dict[str, list[str]] = {}
    for command, text in rows:
        same = re.match(r"those of `([^`]+)`(?:, and (.*))?", text)
        own = (same[2] or "") if same else re.sub(r" \[[^]]*\]| \([^)]*\)", "", text)
        keys[command] = [*(keys[same[1]] if same else []), *filter(None, own.split(", "))]
    return keys


def test_every_command_prints_the_documented_keys(khabar: Cli, edition: EditionServer, tmp_path: Path) -> None:
    keys = documented()
    english = next(s for s in edition_sources(edition.base) if s.language == "en" and "rabwa" not in s.address)
    opml = tmp_path / "urls"
    opml.write_text("https://example.org/feed\n", "utf-8")
    found = {
        "add": khabar.records("add", english.address),
        "sources": khabar.records("sources"),
        "sources --catalogue": khabar.records("sources", "--catalogue"),
        "fetch": khabar.records("fetch", "1"),
        "headlines": khabar.records("headlines"),
        "read": khabar.records("read", "1"),
        "import": khabar.records("import", "--dry-run", str(opml)),
        "inspect": khabar.records("inspect", english.address),
        "rules add": khabar.records("rules", "add", "the", "notify"),
        "rules": khabar.records("rules"),
        "rules test": khabar.records("rules", "test", "the or of or a"),
        "lists add": khabar.records("lists", "add", "mine", "is:unread"),
        "lists": khabar.records("lists"),
        "lists show": khabar.records("lists", "show", "mine"),
        "remove": khabar.records("remove", "1"),
    }
    khabar("notify")
    khabar.stored("The new story")
    found["notify"] = khabar.records("notify")
    assert set(found) == set(keys)
    for command, records in found.items():
        assert records, command
        assert {tuple(record) for record in records} == {tuple(keys[command])}, command
    having_json = {
        command.words[0]
        for command in describe(cli.build_parser()).all()
        if any("--json" in option.flags for option in command.options)
    }
    assert having_json - {"doctor"} <= {command.split()[0] for command in keys}


def test_a_cell_never_holds_a_tab_or_a_line_end(khabar: Cli) -> None:
    khabar.stored(*HARD)
    lines = khabar("headlines").splitlines()
    assert len(lines) == len(HARD)
    assert {line.count("\t") for line in lines} == {4}
    assert "\x1b" not in "".join(lines)
    khabar("rules", "add", "one\ttwo\nthree", "star")
    assert [line.count("\t") for line in khabar("rules").splitlines()] == [3]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_table_has_its_columns_under_each_other(khabar: Cli, language: str) -> None:
    khabar.stored(*HARD)
    argv = [*KHABAR, "headlines", "--lang", language, "--bidi", "visual"]
    env = {**homes(khabar.home), "TERM": "dumb"}  # not asked: a late answer would be echoed
    with PtyScreen(argv, env=env, cwd=str(ROOT), columns=70) as terminal:
        assert terminal.wait_exit(20) == 0
        text = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\)", "", terminal.output.decode())
    rows = [line for line in text.replace("\r", "").split("\n") if "Paper" in line]
    assert len(rows) == len(HARD)
    assert len({cell_width(row.partition("Paper")[0]) for row in rows}) == 1
    assert max(map(cell_width, rows)) <= 70


def test_read_lists_links_of_the_web_and_makes_them_links_on_a_terminal(khabar: Cli) -> None:
    (story,) = khabar.stored("A story", blocks=(Paragraph(Text("The text of the story.")),))
    store = Store.open(khabar.store)
    links = (Link("a page", "https://example.org/page"), Link("evil", "javascript:alert(1)"), Link("odd", "http://["))
    text = (Paragraph(Text("The text of the story.")),)
    store.save_article(story, Article("A story", text, links=links, source_link="https://example.org/a"))
    store.close()
    assert khabar("read", str(story)).endswith("Links\n[1] a page https://example.org/page\n")
    with PtyScreen([*KHABAR, "read", str(story)], env=homes(khabar.home), cwd=str(ROOT)) as terminal:
        assert terminal.wait_exit(20) == 0
        assert re.search(rb"\x1b\]8;[^;]*;https://example.org/page\x1b\\", terminal.output)
        assert b"javascript" not in terminal.output


def test_rules_and_lists(khabar: Cli) -> None:
    khabar("rules", "add", "weather", "hide")
    khabar("rules", "add", "--", "-weather", "star")
    khabar("rules", "disable", "2")
    khabar.stored("Weather of tomorrow", "Elections")
    assert [r["title"] for r in khabar.records("headlines")] == ["Elections"]
    assert [r["starred"] for r in khabar.records("headlines")] == [False]
    assert "rests" in khabar("rules")
    khabar("rules", "remove", "1")
    assert [r["id"] for r in khabar.records("rules")] == [2]
    assert [r["title"] for r in khabar.records("rules", "test", "elections")] == ["Elections"]
    khabar("lists", "add", "mine", "weather")
    khabar("lists", "add", "mine", "elections")
    assert khabar.records("lists") == [{"id": 1, "name": "mine", "query": "elections"}]
    assert [r["title"] for r in khabar.records("lists", "show", "mine")] == ["Elections"]
    khabar("lists", "remove", "1")
    assert khabar.records("lists") == []
    khabar("lists", "show", "mine", code=2)
    khabar("rules", "remove", "9", code=2)
    khabar("rules", "add", "((", "star", code=2)
    assert khabar.errors.count("\n") == 1


def test_notify_runs_a_command_and_no_shell_sees_a_title(khabar: Cli, tmp_path: Path) -> None:
    out = tmp_path / "told"
    script = tmp_path / "tell.py"
    script.write_text(
        "import json, os, sys\n"
        f"with open({str(out)!r}, 'a', encoding='utf-8') as file:\n"
        "    told = {k: v for k, v in os.environ.items() if k.startswith('KHABAR_')}\n"
        "    print(json.dumps([sys.argv[1:], told, json.load(sys.stdin)]), file=file)\n"
        f"sys.exit(os.path.exists({str(tmp_path / 'fail')!r}))\n",
        "utf-8",
    )
    khabar.configure(f"[notify]\ncommand = {json.dumps([sys.executable, str(script), 'fixed $HOME'])}\n")
    khabar("rules", "add", "goal", "notify")
    khabar.stored("An old goal")
    khabar("notify")
    assert not out.exists(), "what is stored already is not told"
    title = f"goal $(touch {tmp_path}/pwned) `id`; --help \x1b]0;x\x07 \u0647\u062f\u0641"
    khabar.stored(title, "Nothing of interest")
    (tmp_path / "fail").touch()
    khabar("notify", code=1)
    assert khabar.errors.count("\n") == 1
    (tmp_path / "fail").unlink()
    assert [r["title"] for r in khabar.records("notify", "--dry-run")] != []
    khabar("notify")
    khabar("notify")
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(told) == 2, "once when it failed, once when it did not"
    words, environment, record = told[-1]
    assert words == ["fixed $HOME"]
    assert environment["KHABAR_TITLE"].startswith("goal $(touch")
    assert "\x1b" not in environment["KHABAR_TITLE"]
    assert environment["KHABAR_LINK"] == record["link"]
    assert not (tmp_path / "pwned").exists()
    khabar.configure('[notify]\ncommand = ["/no/such/program"]\n')
    khabar.stored("Another goal")
    khabar("notify", code=1)
    assert "/no/such/program" in khabar.errors


def test_the_reader_is_told_before_stories_go(khabar: Cli) -> None:
    old = datetime(2025, 6, 1, tzinfo=UTC)
    store = Store.open(khabar.store, clock=lambda: old)
    source = store.add_source(Source("http://127.0.0.1:9/", "Paper"))
    store.add_items(source, [Item("old", "Old news")])
    store.close()
    khabar.stored("News of today")
    khabar("fetch", "1", code=1)
    assert "keep_days" in khabar.errors
    khabar("fetch", "1", code=1)
    assert "keep_days" not in khabar.errors
    store = Store.open(khabar.store)
    assert store.count(View()) == 2
    store.close()


def test_a_sentence_is_laid_out_on_a_terminal_and_logical_in_a_pipe(khabar: Cli) -> None:
    khabar("--lang", "ar", "read", "999", code=2)
    assert "لا" in khabar.errors and not re.search("[\ufe70-\ufefc]", khabar.errors)
    with PtyScreen([*KHABAR, "--lang", "ar", "read", "999"], env=khabar.env, cwd=str(ROOT)) as terminal:
        assert terminal.wait_exit(30) == 2
        first = terminal.text.splitlines()[0]
    assert first.rstrip().endswith(":khabar") and re.search("[\ufe70-\ufefc]{2}", first), first
