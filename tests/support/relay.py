"""Runs a command on a pty of its own inside a terminal, and types into it what comes through a pipe.

    python relay.py PIPE COMMAND …

What the terminal sends and what stands in the named pipe PIPE both reach the command as if they were typed: a test can
type any text into a program in a real terminal, whatever the keyboard layout.
"""

from __future__ import annotations

import os
import pty
import select
import sys
import termios
import tty


def relay(pipe: str, command: list[str]) -> int:
    """The command's exit status."""
    child, master = pty.fork()
    if not child:
        os.execvp(command[0], command)
    termios.tcsetwinsize(master, termios.tcgetwinsize(0))
    before = termios.tcgetattr(0)
    tty.setraw(0)
    typed = os.open(pipe, os.O_RDWR)  # both ways, so that it does not end with its first writer
    to = {0: master, typed: master, master: 1}
    try:
        while True:
            for source in select.select(list(to), [], [])[0]:
                data = os.read(source, 65536)
                while data:
                    data = data[os.write(to[source], data) :]
    except OSError:  # the command has closed its side
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        termios.tcsetattr(0, termios.TCSANOW, before)


if __name__ == "__main__":
    sys.exit(relay(sys.argv[1], sys.argv[2:]))
