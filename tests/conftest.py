"""What all tests stand on."""

from __future__ import annotations

# hypothesis' plugin imports its library when the run ends; CPython 3.11 has been seen to fail at compiling it then,
# after thousands of tests ("AST constructor recursion depth mismatch"). Here it is imported while all is young.
import hypothesis  # noqa: F401
