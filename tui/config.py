"""What the reader may set: a TOML file with comments, read once at start; nothing in it is needed.

A file that cannot be read, or a setting that is wrong, is reported with its line and a remedy, and the default stands.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

TEMPLATE = """\
# khabar's settings. Every line may be left out; these are the defaults.

# language = "ar"            # of the interface: ar en fa fr he ur; else the environment's
# plain = false              # no lines, no colours, nothing that moves, words for signs: for braille and speech
# theme = "auto"             # auto (the terminal's background) dark light sepia high-contrast mono
# bidi = "auto"              # how right-to-left text is sent: auto visual explicit runs words letters logical
# output = "cells"           # cells: only what differs is sent; plain: Textual's own output
# link = "auto"              # the line to the terminal: auto (measured) fast slow
# marks = "auto"             # vowel signs (tashkeel, niqqud) on the screen: auto yes no
# justify = false            # Arabic paragraphs fill their lines, letters drawn out by tatweel
# link_numbers = false       # links have numbers, whose addresses stand below the article
# ticker = "auto"            # auto scroll flip still
# compact = false            # one line a headline
# sections = "day"           # the list day by day, paper by paper (paper), or none
# full_text = true           # fetch the page when a feed gives only a teaser
# refresh_minutes = 20       # 0: only when asked
# keep_days = 90             # stories older than this go, starred ones never
# hijri = false              # the Hijri date beside the other
# offline = false            # send nothing over the network
# contact = ""               # an address that sites may write to, sent with every request
# folder = ""                # keep everything below this folder; the platform's folders otherwise

# [cache]
# megabytes = 200

# [images]
# show = true
# hide_after = 3             # readers who must report a picture before it is hidden for all
# reports = ""               # a file shared by the readers of this host

# [notify]
# command = []               # program and arguments that khabar notify runs for each new story

# [kiosk]                    # khabar --kiosk, see the README
# idle_minutes = 30          # a session in which nothing is pressed for so long is closed
# hours = 12                 # and so is one that is so old
# megabytes = 512            # of memory a session may use

# [keys]                     # action = "key, other key"; khabar names conflicts at start
# read_on = "space"
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force."""

    language: str = ""
    plain: bool = False
    theme: str = "auto"
    bidi: str = "auto"
    output: str = "cells"
    link: str = "auto"
    marks: str = "auto"
    justify: bool = False
    link_numbers: bool = False
    ticker: str = "auto"
    compact: bool = False
    sections: str = "day"
    full_text: bool = True
    refresh_minutes: int = 20
    keep_days: int = 90
    hijri: bool = False
    contact: str = ""
    offline: bool = False
    cache_megabytes: int = 200
    images_show: bool = True
    images_hide_after: int = 3
    images_reports: str = ""
    folder: str = ""
    kiosk_idle_minutes: int = 30
    kiosk_hours: int = 12
    kiosk_megabytes: int = 512
    notify_command: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the configuration file; the default stands in its place."""

    path: Path
    line: int
    """1-based; 0 when the file as a whole could not be read."""
    key: str
    """The text key of the sentence: config.unreadable, config.syntax, config.unknown, config.type or config.choice."""
    values: Mapping[str, str] = field(default_factory=dict)


CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("", "ar", "en", "fa", "fr", "he", "ur"),
    "theme": ("auto", "dark", "light", "sepia", "high-contrast", "mono"),
    "bidi": ("auto", "visual", "explicit", "runs", "words", "letters", "logical"),
    "output": ("cells", "plain"),
    "link": ("auto", "fast", "slow"),
    "marks": ("auto", "yes", "no"),
    "ticker": ("auto", "scroll", "flip", "still"),
    "sections": ("day", "paper", "none"),
}
_TABLES = ("cache", "images", "notify", "kiosk")
_TYPES = {str: "text", bool: "true or false", int: "a whole number", tuple: "a list of texts"}


def load(path: Path) -> tuple[Settings, list[Problem]]:
    """The settings in ``path`` and what is wrong with it; the defaults when there is no such file."""
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [Problem(path, 0, "config.unreadable", {"detail": type(error).__name__})]
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), [Problem(path, _line_of_error(error, text), "config.syntax")]
    return _checked(_flat(table), path, text)


def _flat(table: Mapping[str, object]) -> dict[str, object]:
    out: dict[str, object] = {}
    for name, value in table.items():
        if name in _TABLES and isinstance(value, Mapping):
            out |= {f"{name}_{inner}": _list_of_texts(item) for inner, item in value.items()}
        else:
            out[name] = value
    return out


def _list_of_texts(value: object) -> object:
    """A TOML array of texts as a tuple; anything else as it is."""
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else value


def _checked(values: Mapping[str, object], path: Path, text: str) -> tuple[Settings, list[Problem]]:
    defaults = Settings()
    known = {f.name: getattr(defaults, f.name) for f in fields(Settings)}
    good: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in values.items():
        said = {"name": name.replace("_", ".", 1) if name.startswith(tuple(f"{t}_" for t in _TABLES)) else name}
        line = _line_of_name(name, text)
        if name not in known:
            problems.append(Problem(path, line, "config.unknown", said))
        elif name == "keys":
            keys, wrong = _checked_keys(value)
            good["keys"] = keys
            problems += [
                Problem(path, _line_of_name(k, text), "config.type", {"name": k, "want": "text"}) for k in wrong
            ]
        elif type(value) is not type(known[name]):
            problems.append(Problem(path, line, "config.type", said | {"want": _TYPES[type(known[name])]}))
        elif name in CHOICES and value not in CHOICES[name]:
            problems.append(
                Problem(path, line, "config.choice", said | {"want": ", ".join(filter(None, CHOICES[name]))})
            )
        else:
            good[name] = value
    return replace(defaults, **good), problems  # type: ignore[arg-type]


def _checked_keys(value: object) -> tuple[dict[str, str], list[str]]:
    if not isinstance(value, Mapping):
        return {}, ["keys"]
    return {k: v for k, v in value.items() if isinstance(v, str)}, [
        k for k, v in value.items() if not isinstance(v, str)
    ]


def _line_of_name(name: str, text: str) -> int:
    wanted = {name, *(name.removeprefix(f"{t}_") for t in _TABLES)}
    for number, line in enumerate(text.splitlines(), 1):
        if line.partition("=")[0].strip().strip("[]\"'") in wanted:
            return number
    return 1


def _line_of_error(error: tomllib.TOMLDecodeError, text: str) -> int:
    """tomllib says "(at line 3, column 7)" or "(at end of document)", and nothing else, before Python 3.14."""
    words = str(error).rpartition("(at line ")[2].split(",", 1)
    return int(words[0]) if words[0].isdecimal() else max(1, len(text.splitlines()))
