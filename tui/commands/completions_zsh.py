"""The completion script of zsh, for a file ``_khabar`` in a folder of $fpath or to be sourced after ``compinit``."""

from __future__ import annotations

from collections.abc import Iterator

from tui.commands.spec import Command, Value

_HEAD = """\
#compdef khabar
# khabar's completions for zsh: a file _khabar in $fpath, or in ~/.zshrc:  source <(khabar completions zsh)
_khabar_list() {
    local line
    local -a values titles
    for line in ${(f)"$(khabar completions --list $argv[-1] 2>/dev/null)"}; do
        values+=("${line%%$'\\t'*}")
        titles+=("${line/$'\\t'/  }")
    done
    compadd "${(@)argv[1,-2]}" -l -d titles -a values  # _arguments puts options of compadd before the kind
}
"""


def script(root: Command) -> str:
    """The whole script."""
    return "".join(_lines(root))


def _lines(root: Command) -> Iterator[str]:
    yield _HEAD
    for command in reversed(root.all()):
        yield f"{_name(command)}() {{\n"
        if command.children:
            yield "    local curcontext=$curcontext context state state_descr line\n    typeset -A opt_args\n"
        yield f"    _arguments -s -S {'-C ' if command.children else ''}\\\n"
        yield "".join(f"        {spec} \\\n" for spec in _specs(command))
        yield "        && return 0\n"
        if command.children:
            yield from _children(command)
        yield "}\n"
    # Sourced it is registered; found in $fpath it is called.
    yield 'if [[ $funcstack[1] == _khabar ]]; then _khabar "$@"; else compdef _khabar khabar; fi\n'


def _specs(command: Command) -> Iterator[str]:
    for option in command.options:
        others = " ".join(option.flags)
        for flag in option.flags:
            takes = "" if option.value is None else f":{_message(option.value)}:{_offer(option.value)}"
            equals = "=" if option.value is not None and flag.startswith("--") else ""
            yield _quoted(f"({others}){flag}{equals}[{_bare(option.help)}]{takes}")
    if command.children:
        yield _quoted("1:command:->command")
        yield _quoted("*::argument:->argument")
    else:
        for value in command.values:
            yield _quoted(f"{'*' if value.many else ''}:{_message(value)}:{_offer(value)}")


def _children(command: Command) -> Iterator[str]:
    yield "    case $state in\n        command)\n            local -a commands\n            commands=(\n"
    for child in command.children:
        yield f"                {_quoted(f'{child.words[-1]}:{_bare(child.summary)}')}\n"
    yield "            )\n            _describe command commands ;;\n        argument)\n            case $line[1] in\n"
    for child in command.children:
        yield f"                {child.words[-1]}) {_name(child)} ;;\n"
    yield "            esac ;;\n    esac\n"


def _name(command: Command) -> str:
    return "_".join(("_khabar", *command.words))


def _message(value: Value) -> str:
    return _bare(value.name)


def _offer(value: Value) -> str:
    if value.choices:
        return f"({' '.join(value.choices)})"
    return "_files" if value.kind == "files" else f"_khabar_list {value.kind}" if value.kind else " "


def _bare(text: str) -> str:
    r"""What stands inside [ ] and between colons: those are escaped, as zshcompsys(1) has it."""
    return "".join(f"\\{letter}" if letter in "[]:\\" else letter for letter in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
