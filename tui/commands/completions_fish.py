"""The completion script of fish, for ~/.config/fish/completions/khabar.fish."""

from __future__ import annotations

from collections.abc import Iterator

from tui.commands.spec import Command, Value

_HEAD = """\
# khabar's completions for fish:  khabar completions fish > ~/.config/fish/completions/khabar.fish
function __khabar_at
    set -l at
    for word in (commandline -opc)[2..-1]
        switch "$at/$word"
            case {paths}
                set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end
function __khabar_list
    command khabar completions --list $argv[1] 2>/dev/null
end
complete -c khabar -f
"""


def script(root: Command) -> str:
    """The whole script."""
    return "".join(_lines(root))


def _lines(root: Command) -> Iterator[str]:
    paths = " ".join("/" + "/".join(command.words) for command in root.all() if command.words)
    yield _HEAD.replace("{paths}", paths)
    for command in root.all():
        condition = _quoted(f'__khabar_at "{"".join(f"/{word}" for word in command.words)}"')
        for child in command.children:
            yield f"complete -c khabar -n {condition} -a {child.words[-1]} -d {_quoted(child.summary)}\n"
        for option in command.options:
            flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags)
            takes = "" if option.value is None else f" {_takes(option.value)}"
            yield f"complete -c khabar -n {condition} {flags}{takes} -d {_quoted(option.help)}\n"
        for value in command.values:
            if value.choices or value.kind:
                yield f"complete -c khabar -n {condition} {_offer(value)} -d {_quoted(value.help)}\n"


def _takes(value: Value) -> str:
    return "-r -F" if value.kind == "files" else f"-x {_offer(value)}".rstrip()


def _offer(value: Value) -> str:
    if value.choices:
        return f"-a {_quoted(' '.join(value.choices))}"
    if value.kind == "files":
        return "-F"
    return f"-k -a '(__khabar_list {value.kind})'" if value.kind else ""


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
