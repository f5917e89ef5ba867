"""Many readers on one host: what each further kiosk session costs in memory, and an idle one in CPU time.

    python tests/bench/bench_readers.py [--sessions 20] [--stories 3000] [--parser]

Sessions run on ptys over one store, each with a reader of its own who opens a story and scrolls. Memory is read from
/proc/PID/smaps_rollup: RSS counts shared pages in full, PSS by its share of them, USS not at all; what a further
session costs is the growth of the sum of PSS. With --parser each session also has its HTTP client and parser process,
as for a minute after a page was read. One session of the plain screen is measured too, for comparison.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.bench_start import READY, fill
from tests.support.ptyscreen import PtyScreen, homes

KHABAR = str(Path(sys.executable).with_name("khabar"))
FIELDS = ("Rss", "Pss", "Private_Clean", "Private_Dirty", "Swap", "SwapPss")


def memory(pid: int) -> dict[str, int]:
    """Kilobytes by kind, of a process."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = {line.split(":")[0]: int(line.split()[1]) for line in text.splitlines()[1:] if line.endswith("kB")}
    return {name: found.get(name, 0) for name in FIELDS}


def mib(kilobytes: float) -> str:
    """As it is printed."""
    return f"{kilobytes / 1024:6.1f} MiB"


def seconds(pid: int) -> float:
    """CPU time used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and its children."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [pid, *(int(n) for task in tasks for n in (task / "children").read_text().split())]


def read_a_story(terminal: PtyScreen, *, parser: bool) -> None:
    """Wait for the list, open a story, page on, go back; with ``parser``, have a page asked for that cannot be had."""
    deadline = time.monotonic() + 60
    while not READY.search(terminal.output.decode("utf-8", "ignore")) and time.monotonic() < deadline:
        terminal.read(0.05)
    terminal.settle(0.5)
    terminal.press("j", "enter", "space", "backspace", "/", "\u0627\u0644\u0645", "escape")
    if parser:
        terminal.press("j", "enter")
    terminal.settle(0.5)


def report(label: str, groups: list[list[int]]) -> float:
    """Print the sums over sessions; the sum of PSS, in kilobytes."""
    sums = [{name: sum(memory(pid)[name] for pid in group) for name in FIELDS} for group in groups]
    pss = sum(s["Pss"] + s["SwapPss"] for s in sums)
    uss = sum(s["Private_Clean"] + s["Private_Dirty"] + s["Swap"] for s in sums) / len(sums)
    rss = sum(s["Rss"] for s in sums) / len(sums)
    print(f"{label:28} {len(groups):3} sessions: RSS {mib(rss)} each, USS {mib(uss)} each, PSS {mib(pss)} in all")
    return pss


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sessions", type=int, default=20)
    options.add_argument("--stories", type=int, default=3000)
    options.add_argument("--parser", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        host = Path(temporary, "host")
        fill(host / "khabar.sqlite", given.stories)
        config = Path(temporary, "khabar.toml")
        config.write_text(f'folder = "{host}"\nfull_text = {str(given.parser).lower()}\nticker = "still"\n')
        home = Path(temporary, "home")
        fill(home / "data" / "khabar" / "khabar.sqlite", given.stories)
        with PtyScreen([KHABAR, "--offline", "--lang", "ar"], env=homes(home)) as plain:
            read_a_story(plain, parser=given.parser)
            report("plain khabar", [family(plain.process.pid)])
        sessions: list[PtyScreen] = []
        first = 0.0
        for number in range(given.sessions):
            words = [KHABAR, "--kiosk", "--config", str(config), "--reader", f"r{number}", "--lang", "ar"]
            terminal = stack.enter_context(PtyScreen(words, env={}))
            read_a_story(terminal, parser=given.parser)
            sessions.append(terminal)
            if number == 0:
                first = report("kiosk", [family(terminal.process.pid)])
        groups = [family(terminal.process.pid) for terminal in sessions]
        total = report("kiosk", groups)
        if given.sessions > 1:
            print(f"each further session: {mib((total - first) / (given.sessions - 1))} (growth of PSS)")
        print(f"threads of a session: {len(list(Path(f'/proc/{groups[0][0]}/task').iterdir()))}")
        before, began = [seconds(pid) for pid, *_ in groups], time.monotonic()
        for _ in range(20):
            for terminal in sessions:
                terminal.read(0.02)
            time.sleep(0.5)
        used = sum(seconds(pid) - past for (pid, *_), past in zip(groups, before, strict=True))
        share = 100 * used / (time.monotonic() - began) / given.sessions
        print(f"an idle session: {share:.2f} % of a core")


if __name__ == "__main__":
    main()
