"""``python -m tui`` and the ``khabar`` command."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run khabar with the process's arguments; the result is the exit code."""
    gc.disable()  # a tenth of the start is collecting garbage that imports do not make; the screen turns it on again
    from tui.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
