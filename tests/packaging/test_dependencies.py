"""What khabar imports, at the start or late, is what its package asks for: a late import is missed only by a reader."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_NEED = {"tui", *sys.stdlib_module_names}


def imported() -> dict[str, str]:
    """The packages imported anywhere in khabar, and one place of each."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            else:
                continue
            found |= {name.split(".")[0]: f"{path.name}:{node.lineno}" for name in names}
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"]
    return {normal(re.split(r"[\[<>=~! ]", line)[0]) for line in lines}


def test_every_import_is_asked_for() -> None:
    distributions = packages_distributions()
    asked = asked_for() | {"zstandard", "h2", "brotli", "idna"}  # what httpx and its extras bring
    missing = {
        f"{name} ({place})"
        for name, place in imported().items()
        if name not in NO_NEED and not {normal(found) for found in distributions.get(name, [name])} & asked
    }
    assert missing == set()
