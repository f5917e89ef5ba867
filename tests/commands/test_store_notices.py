"""What the store has to say of its file is said by every command, once, on stderr, in the reader's language."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.ptyscreen import PtyScreen, homes
from tui.news.model import Item, Source
from tui.store import schema
from tui.store.store import Store

ROOT = Path(__file__).parents[2]
NEWER = {"en": "written by a newer khabar", "ar": "إصدار أحدث", "fr": "un khabar plus récent"}


class Reader:
    """Somebody who runs commands over a store of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.store = home / "data" / "khabar" / "khabar.sqlite"
        self.store.parent.mkdir(parents=True)
        with closing(Store.open(self.store)) as store:
            store.add_items(store.add_source(Source("https://example.org/feed", "Paper")), [Item("1", "A story")])

    def run(self, *argv: str, language: str = "en") -> subprocess.CompletedProcess[str]:
        """Standard output and standard error of a command that sends nothing over the network."""
        return subprocess.run(
            [sys.executable, "-m", "tui", "--offline", "--lang", language, *argv],
            capture_output=True,
            text=True,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **homes(self.home)},
            cwd=ROOT,
            check=False,
            timeout=60,
        )

    def change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.store)) as connection:
            connection.execute(statement)
            connection.commit()


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


@pytest.mark.parametrize("language", NEWER)
def test_every_command_says_that_nothing_can_be_kept(reader: Reader, language: str) -> None:
    reader.change(f"PRAGMA user_version = {schema.VERSION + 3}")
    for command in ("headlines", "headlines --json", "sources", "sources --health", "rules", "lists", "export"):
        said = reader.run(*command.split(), language=language).stderr.splitlines()
        assert [NEWER[language] in line for line in said].count(True) == 1, (command, said)
        assert str(reader.store) in "".join(said)


def test_commands_that_would_change_it_say_it_too(reader: Reader) -> None:
    reader.change(f"PRAGMA user_version = {schema.VERSION + 3}")
    for command in ("rules add weather hide", "lists add mine weather", "remove 1", "notify news", "fetch"):
        done = reader.run(*command.split())
        assert NEWER["en"] in done.stderr.splitlines()[0], command
        assert "Traceback" not in done.stderr


def test_what_was_saved_of_a_damaged_file_is_told_once(reader: Reader) -> None:
    with reader.store.open("r+b") as file:
        file.write(bytes(4096))
    first, second = reader.run("headlines"), reader.run("headlines")
    assert "A story" in first.stdout
    assert "The store was damaged: 1 stories" in first.stderr
    assert first.stderr.count("\n") == 1
    assert (second.stdout, second.stderr) == (first.stdout, "")


def test_doctor_says_it_among_its_findings_and_completions_nothing(reader: Reader) -> None:
    reader.change(f"PRAGMA user_version = {schema.VERSION + 3}")
    doctor = reader.run("doctor")
    assert NEWER["en"] in doctor.stdout
    assert doctor.stderr == ""
    completions = reader.run("completions", "--list", "stories")
    assert "A story" in completions.stdout
    assert completions.stderr == ""


def test_details_go_to_the_log_and_not_between_the_sentences(reader: Reader) -> None:
    reader.change("ALTER TABLE stories RENAME COLUMN title TO name")
    done = reader.run("headlines")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"khabar: {reader.store} could not be used: start khabar again; if it happens again, `khabar doctor` names the"
        " log that has the details."
    ]
    assert "Traceback" in (reader.home / "state" / "khabar" / "khabar.log").read_text()


def stand_in_the_way(reader: Reader, thing: str) -> None:
    reader.store.unlink()
    if thing == "pipe":
        os.mkfifo(reader.store)
    elif thing == "device":
        reader.store.symlink_to("/dev/full")
    else:
        reader.change("CREATE TABLE songs (title)")
        reader.change("PRAGMA user_version = 5")


@pytest.mark.parametrize("thing", ["pipe", "device", "foreign database"])
def test_something_else_in_the_place_of_the_store(reader: Reader, thing: str) -> None:
    stand_in_the_way(reader, thing)
    for command in ("headlines", "fetch", "read 1", "sources", "import -", "notify"):
        done = reader.run(*command.split(), language="fr")
        assert done.returncode == 1, command
        assert done.stderr.count("\n") == 1, done.stderr
        assert f"{reader.store} est" in done.stderr
        assert "déplacez-l" in done.stderr
    doctor = reader.run("doctor", language="fr")
    assert (doctor.returncode, doctor.stderr) == (1, "")
    assert "déplacez-l" in doctor.stdout
    completions = reader.run("completions", "--list", "stories")
    assert (completions.returncode, completions.stdout, completions.stderr) == (1, "", "")


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("thing", ["pipe", "foreign database"])
def test_the_screen_says_what_is_in_its_way(reader: Reader, thing: str, language: str) -> None:
    stand_in_the_way(reader, thing)
    command = [sys.executable, "-m", "tui", "--lang", language, "--offline"]
    with PtyScreen(command, env=homes(reader.home), cwd=str(ROOT)) as terminal:
        assert terminal.wait_exit(20) == 1
        said = terminal.output.decode()
    assert "khabar.sqlite" in said
    assert "\x1b[?1049h" not in said, "the screen never opened"
    assert "Traceback" not in said
    if language == "fr":
        assert "déplacez-l" in said
