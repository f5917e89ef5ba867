"""``python -m tui`` and the ``khabar`` command."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run khabar with the process's arguments; the result is the exit code."""
    gc.disable()  # a tenth of the start is collecting garbage that imports do not make; the screen turns it on again
    from tui.kiosk import is_clean, is_kiosk

    if is_clean() or is_kiosk(sys.argv[1:], sys.argv[0]):
        return _kiosk(sys.argv[1:])
    from tui.cli import run

    return run(sys.argv[1:])


def _kiosk(argv: list[str]) -> int:
    from tui.kiosk import is_clean, start

    if not is_clean():
        start.again(argv)
    from tui.commands.kiosk import run

    return run(argv)


if __name__ == "__main__":
    sys.exit(main())
