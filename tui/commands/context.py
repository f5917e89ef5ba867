"""What every command stands on: the reader's paths, settings and language, and how it speaks."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tui import config, locale
from tui.bidi.sanitize import sanitize
from tui.commands import siterules
from tui.commands.saving import Saving
from tui.config import Settings
from tui.locale import Locale
from tui.paths import Paths, default_paths
from tui.ui.sentences import in_language

if TYPE_CHECKING:
    from tui.desk.desk import Desk
    from tui.sources.rules import SiteRule
    from tui.terminal.profile import Profile


_APART = re.compile(r"(?<!\S)(?:~?/|--?(?=[a-z]))\S*\w")
"""The name of a file or an option: what it begins with belongs to it, not to the right-to-left words before it."""


@dataclass(frozen=True, slots=True)
class Context:
    """One run of khabar."""

    paths: Paths
    settings: Settings
    locale: Locale
    problems: tuple[config.Problem, ...] = ()
    site_rules: tuple[SiteRule, ...] = ()
    configuration: Path | None = None
    """The settings' file, whether it is there or not."""

    def open_desk(self, *, before_saying: Callable[[], object] = lambda: None, telling: bool = True) -> Desk:
        """The desk over the reader's store. Raises StoreError or OSError when it cannot be opened.

        What the store has to say of its file is said on stderr, unless the caller tells it (``telling`` is False).
        Whoever waits at a terminal for the repair of a damaged store is told how far it is; ``before_saying`` is called
        before that. Details of what fails go to the log.

        A folder that cannot be made is a StoreError in the reader's language.
        """
        from tui.commands.log import log_to
        from tui.desk.desk import open_desk
        from tui.desk.retention import Keep
        from tui.store.errors import StoreError

        def sentence(stories: int, days: int) -> str:
            return self.locale.plural("script.retention", stories, days=days)

        try:
            self.paths.make()
        except OSError as error:
            raise StoreError(
                self.locale.text("command.unreadable", file=error.filename, detail=error.strerror)
            ) from error
        log_to(self.paths.log)
        desk = open_desk(
            self.paths.store,
            self.paths.responses,
            contact=self.settings.contact,
            cache_megabytes=self.settings.cache_megabytes,
            offline=self.settings.offline,
            keep=Keep(self.settings.keep_days, sentence),
            site_rules=self.site_rules,
            progress=Saving(self, before_saying).told,
            reports=Path(self.settings.images_reports).expanduser() if self.settings.images_reports else None,
        )
        if telling:
            for notice in desk.store.notices:
                self.say(notice.sentence)
        return desk

    def for_demo(self) -> Context:
        """The same with folders of their own: the demo never mixes with the reader's news."""
        return replace(self, paths=self.paths.apart("demo"))

    def sentence(self, problem: config.Problem) -> str:
        """A configuration problem in the reader's language."""
        return self.locale.text(problem.key, file=problem.path, line=problem.line, **problem.values)

    def translated(self, sentence: str) -> str:
        """A sentence of the rooms below, which speak English, in the reader's language where it has it."""
        return in_language(sentence, self.locale)

    def say(self, sentence: str) -> None:
        """One sentence on stderr, in the reader's language."""
        say(self.translated(sentence))

    def fail(self, sentence: str) -> int:
        """Say what failed; the exit code of a command that failed."""
        self.say(sentence)
        return 1


def prepare(arguments: argparse.Namespace, *, quiet: bool = False) -> Context:
    """The context of a command: settings and site rules from their files, then what the command line says.

    Problems are said on stderr.
    """
    paths = default_paths()
    file = Path(arguments.config) if arguments.config else paths.configuration
    settings, problems = config.load(file)
    if arguments.config and not file.exists():
        problems = [config.Problem(file, 0, "config.missing")]
    site_rules, wrong = siterules.load(file.with_name(paths.sites.name) if arguments.config else paths.sites)
    problems = [*problems, *wrong]
    if settings.folder:
        paths = replace(Paths.under(Path(settings.folder).expanduser().absolute()), config=paths.config)
    if arguments.offline:
        settings = replace(settings, offline=True)
    for name in ("bidi", "output"):
        if getattr(arguments, name, ""):
            settings = replace(settings, **{name: getattr(arguments, name)})
    wanted = locale.split_tag(arguments.lang)[0]
    if wanted and wanted not in locale.LANGUAGES:
        sentence = f"There is no interface in {arguments.lang}; choose one of {', '.join(locale.LANGUAGES)}."
        say(in_language(sentence, locale.for_the_command_line(settings.language)))
        raise SystemExit(2)
    context = Context(
        paths,
        settings,
        locale.from_environment(os.environ, choice=arguments.lang or settings.language),
        tuple(problems),
        site_rules,
        file,
    )
    if not quiet:
        for problem in problems:
            say(context.sentence(problem))
    return context


def say(sentence: str, base: int | None = None) -> None:
    """One sentence to the person at the terminal, on stderr; foreign words in it are made safe.

    On a terminal a right-to-left one is laid out as the terminal needs it, in the direction of its first letter. With
    ``base`` (0 or 1) it is laid out in that, and what it isolates is kept together: the caller has made it safe then.
    """
    text = f"khabar: {sanitize(sentence)}"
    if sys.stderr.isatty():
        from tui.bidi.levels import needs_bidi

        if needs_bidi(text):
            _laid_out(sanitize(sentence) if base is None else sentence, base)
            return
    print(text, file=sys.stderr)


def _laid_out(sentence: str, base: int | None) -> None:
    """The sentence in lines."""
    from tui.bidi.layout import lay_out, line
    from tui.bidi.levels import isolate
    from tui.commands.printer import aligned, terminal_width
    from tui.terminal.lines import LineWriter

    width = terminal_width()
    base = line(sentence, width).level % 2 if base is None else base
    with LineWriter.open(stream=sys.stderr, profile=_terminal()) as writer:
        for laid in lay_out(_APART.sub(lambda name: isolate(name[0]), f"khabar: {sentence}"), width, base=base):
            writer.write(aligned(laid, width))


@cache
def _terminal() -> Profile:
    """The terminal, asked once: a command may have much to say."""
    from tui.terminal.probe import identify

    return identify()


def fail(sentence: str) -> int:
    """Say what failed; the exit code of a command that failed."""
    say(sentence)
    return 1


def print_json(record: Mapping[str, object]) -> None:
    """One JSON object on a line of stdout, in logical order; escaped to ASCII only where stdout is not UTF-8."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"
    print(json.dumps(record, ensure_ascii=not utf8))


def safe_cells(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells of a row: no tab, line end or control character can be in one, whoever wrote it."""
    return tuple(sanitize(cell) for cell in cells)
