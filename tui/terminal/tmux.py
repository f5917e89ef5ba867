"""Talking through tmux to the terminal that it runs in.

tmux 3.3 and later pass a wrapped sequence on only where `allow-passthrough` is on; earlier ones always do.  The option
can be set for one pane, so we set it for ours and take it back at the end.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.terminal import restore


def wrap(sequence: str) -> str:
    """`sequence` for the terminal outside: tmux's own DCS, with every Escape doubled."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def allow_passthrough(env: Mapping[str, str]) -> bool:
    """Make wrapped sequences get through from our pane.  True when they will, or when there is no way to know."""
    if "TMUX" not in env:
        return True  # tmux on another machine: ask and see
    pane = env.get("TMUX_PANE", "")
    here = ["-t", pane] if pane else []
    state = _tmux(env, "show-options", "-Apqv", *here, "allow-passthrough")
    if state is None:
        return False
    if state == "":
        return True  # the option does not exist yet: before 3.3
    if state != "off":
        return True
    if _tmux(env, "set-option", "-p", *here, "allow-passthrough", "on") is None:
        return False
    restore.register(lambda: _forbid_again(env, here))
    return True


def client_term(env: Mapping[str, str]) -> str:
    """What tmux knows of its client: "XTVERSION reply|TERM", either part may be empty; "" when it cannot be asked."""
    if "TMUX" not in env:
        return ""
    return _tmux(env, "display-message", "-p", "#{client_termtype}|#{client_termname}") or ""


def client(env: Mapping[str, str]) -> str:
    """Who looks at our pane: another text for every attachment; "" when nobody does, or tmux cannot be asked."""
    if "TMUX" not in env:
        return ""
    return (_tmux(env, "display-message", "-p", "#{client_pid}|#{client_tty}") or "").strip("|")


def _forbid_again(env: Mapping[str, str], here: list[str]) -> None:
    _tmux(env, "set-option", "-pu", *here, "allow-passthrough")


def _tmux(env: Mapping[str, str], *arguments: str) -> str | None:
    """Output of one tmux command, None when it failed."""
    import subprocess  # outside tmux nobody pays for it

    try:
        done = subprocess.run(  # noqa: S603
            ["tmux", *arguments],  # noqa: S607
            env=dict(env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=1.0,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
