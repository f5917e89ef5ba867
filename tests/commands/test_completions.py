"""Completions in the shells themselves, and the manual page through groff: both made from the parser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.ptyscreen import PtyScreen, homes
from tui.commands.completions import command_line
from tui.commands.manual import escaped, page
from tui.news.model import Source
from tui.news.rules import SmartList
from tui.store.store import Store

ROOT = Path(__file__).parents[2]
EVIL = "$(touch pwned) `id`"


@pytest.fixture(scope="module")
def shells(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An environment in which ``khabar`` is a command and the store holds names that a shell would like to expand."""
    home = tmp_path_factory.mktemp("shells")
    env = {"LANG": "C.UTF-8", "HOME": str(home), "TERM": "xterm-256color", **homes(home)}
    program = home / "bin" / "khabar"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m tui "$@"\n', "utf-8")
    program.chmod(0o755)
    env["PATH"] = f"{program.parent}:{os.environ['PATH']}"
    store = Store.open(home / "data" / "khabar" / "khabar.sqlite")
    store.add_source(Source("https://example.org/1", "\u0627\u0644\u0635\u0628\u0627\u062d"))
    store.add_source(Source("https://example.org/2", EVIL))
    store.put_smart_list(SmartList("my list", "is:unread"))
    store.close()
    for shell in ("bash", "zsh", "fish"):
        text = subprocess.run([program, "completions", shell], capture_output=True, env=env, check=True).stdout
        (home / f"script.{shell}").write_bytes(text)
    yield env
    assert not list(home.rglob("pwned")), "a shell ran what a source calls itself"


def needs(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")


def run(env: dict[str, str], *argv: str) -> str:
    done = subprocess.run(argv, capture_output=True, env=env, cwd=env["HOME"], timeout=60, check=False)
    assert done.stderr == b"", done.stderr.decode()
    return done.stdout.decode()


def test_bash(shells: dict[str, str]) -> None:
    needs("bash")
    tries = (
        "khabar fet", "khabar rules ''", "khabar fetch --sys", "khabar --bidi = vi", "khabar --lang ar lists sh",
        "khabar rules add x no", "khabar completions ''", "khabar import script.b", "khabar remove ''",
        "khabar remove 2", "khabar lists show my", "khabar headlines -n ''",
    )  # fmt: skip
    calls = "; ".join(f"try {line}" for line in tries)
    out = run(
        shells,
        "bash",
        "--norc",
        "-c",
        f'source script.bash; try() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _khabar;'
        f' printf "%s|" "${{COMPREPLY[@]}}"; echo; }}; {calls}',
    )
    assert out.splitlines() == [
        "fetch |",
        "add |remove |enable |disable |test |",
        "--systemd |",
        "visual |",
        "show |",
        "notify |",
        "bash |zsh |fish |",
        "script.bash|",
        "\u0627\u0644\u0635\u0628\u0627\u062d |\\$\\(touch\\ pwned\\)\\ \\`id\\` |",
        "2 |",
        "my\\ list |",
        "|",
    ]


def test_fish(shells: dict[str, str]) -> None:
    needs("fish")

    def complete(line: str) -> list[str]:
        script = f"source script.fish; complete -C '{line}'"
        return [row.partition("\t")[0] for row in run(shells, "fish", "-N", "-c", script).splitlines()]

    assert complete("khabar fet") == ["fetch"]
    assert complete("khabar rules add x no") == ["notify"]
    assert complete("khabar --bidi=vi") == ["--bidi=visual"]
    assert complete("khabar remove ") == ["1", "2"]
    assert complete("khabar import script.b") == ["script.bash"]


def typed(terminal: PtyScreen, line: str, expected: str) -> None:
    """After ``line`` and a tab the screen shows what is expected, sooner or later; the line is taken back."""
    terminal.process.write(f"{line}\t".encode())
    terminal.wait_for(re.escape(expected))
    terminal.settle(0.2)
    terminal.process.write(b"\x15\x0c")
    terminal.settle(0.1)


def test_zsh(shells: dict[str, str]) -> None:
    needs("zsh")
    with PtyScreen(["zsh", "-f", "-i"], env=shells, cwd=shells["HOME"]) as terminal:
        terminal.process.write(b"autoload -Uz compinit; compinit -u -D; source script.zsh; clear; echo re''ady\n")
        terminal.wait_for("^ready")
        typed(terminal, "khabar fet", "khabar fetch")
        typed(terminal, "khabar --bidi=vi", "--bidi=visual")
        typed(terminal, "khabar rules add x no", "khabar rules add x notify")
        typed(terminal, "khabar rules ", "apply a rule")
        typed(terminal, "khabar remove ", f"2  {EVIL}")
        assert "invalid argument" not in terminal.output.decode()


def test_bash_at_the_keyboard(shells: dict[str, str]) -> None:
    needs("bash")
    with PtyScreen(["bash", "--norc", "-i"], env=shells, cwd=shells["HOME"]) as terminal:
        terminal.process.write(b"source <(khabar completions bash); clear; echo re''ady\n")
        terminal.wait_for("^ready")
        typed(terminal, "khabar --bidi=vi", "khabar --bidi=visual")
        typed(terminal, "khabar remove \\$", "\\$\\(touch\\ pwned\\)")
        typed(terminal, "khabar inspect script.b", "script.bash")


def test_the_manual_names_every_command_and_option() -> None:
    text = "\n".join(page(command_line()))
    for command in command_line().all():
        assert f".SS {escaped(' '.join(('khabar', *command.words)))}" in text or not command.words
        for flag in (flag for option in command.options for flag in option.flags):
            assert f"\\fB{escaped(flag)}\\fR" in text, flag


def test_groff_and_man_have_nothing_to_say_about_the_manual(shells: dict[str, str]) -> None:
    needs("groff")
    file = Path(shells["HOME"]) / "khabar.1"
    file.write_text("\n".join(page(command_line())) + "\n", "utf-8")
    assert file.read_bytes().isascii()
    run(shells, "groff", "-man", "-Tutf8", "-ww", "-z", str(file))
    plain = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", run(shells, "groff", "-man", "-Tutf8", str(file)))
    assert "khabar - a news browser" in plain
    assert "~/.config/khabar/khabar.toml" in plain
    if shutil.which("man"):
        assert "khabar - a news browser" in run({**shells, "MANWIDTH": "80"}, "man", "-l", "--warnings", str(file))
