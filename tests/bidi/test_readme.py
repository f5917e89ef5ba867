"""The library's README: its examples run, and give what they say."""

import doctest
from pathlib import Path

import tui.bidi


def test_the_examples_of_the_readme() -> None:
    readme = Path(str(tui.bidi.__file__)).with_name("README.md")
    found = doctest.testfile(str(readme), module_relative=False, encoding="utf-8")
    assert found.attempted > 15
    assert found.failed == 0
