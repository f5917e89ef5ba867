"""The completion script of bash (3.2 and later, without the bash-completion package).

Titles are offered where a command takes them, quoted by bash itself (printf %q); they never pass through
``compgen -W``, which expands what it is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.commands.spec import Command, Value

_HEAD = """\
# khabar's completions for bash; in ~/.bashrc:  source <(khabar completions bash)
_khabar_words() {
    local word
    for word in "$@"; do
        [[ $word == "$cur"* ]] && COMPREPLY+=("$word ")
    done
}
_khabar_list() {
    local value title
    while IFS=$'\\t' read -r value title; do
        # where a title will do it is offered, quoted, until a number is begun
        [[ -n $2 && $cur != [0-9]* ]] && printf -v value %q "$title"
        [[ $value == "$cur"* ]] && COMPREPLY+=("$value ")
    done < <(khabar completions --list "$1" 2>/dev/null)
}
_khabar_files() {
    local file
    while IFS= read -r file; do
        COMPREPLY+=("$file")
    done < <(compgen -f -- "$cur")
    compopt -o filenames 2>/dev/null
}
_khabar() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at="" i
    COMPREPLY=()
    # bash takes "--bidi=vis" apart at the "="
    if [[ $cur == "=" ]]; then
        cur=""
    elif [[ $prev == "=" ]]; then
        prev=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$at/${COMP_WORDS[i]}" in
"""


def script(root: Command) -> str:
    """The whole script."""
    return "".join(_lines(root))


def _lines(root: Command) -> Iterator[str]:
    yield _HEAD
    paths = "|".join("/" + "/".join(command.words) for command in root.all() if command.words)
    yield f"            {paths}) at+=/${{COMP_WORDS[i]}} ;;\n"
    yield '        esac\n    done\n    case "$at $prev" in\n'
    for command in root.all():
        for option in command.options:
            if option.value is not None:
                flags = "|".join(f'"{_path(command)} {flag}"' for flag in option.flags)
                yield f"        {flags}) {_offer(option.value)}; return ;;\n"
    yield '    esac\n    case "$at" in\n'
    for command in root.all():
        yield f'        "{_path(command)}")\n'
        flags = " ".join(flag for option in command.options for flag in option.flags)
        yield f"            if [[ $cur == -* ]]; then _khabar_words {flags}; return; fi\n"
        if command.children:
            yield f"            _khabar_words {' '.join(child.words[-1] for child in command.children)}\n"
        for value in command.values:
            if value.choices or value.kind:
                yield f"            {_offer(value)}\n"
        yield "            ;;\n"
    yield "    esac\n}\ncomplete -o nospace -F _khabar khabar\n"


def _path(command: Command) -> str:
    return "".join(f"/{word}" for word in command.words)


def _offer(value: Value) -> str:
    if value.choices:
        return f"_khabar_words {' '.join(value.choices)}"
    if value.kind == "files":
        return "_khabar_files"
    if value.kind:
        return f"_khabar_list {value.kind}{' titles' if value.kind in ('sources', 'lists') else ''}"
    return ":"
