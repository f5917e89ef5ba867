"""What all tests stand on."""

from __future__ import annotations

# hypothesis' plugin imports its library when the run ends; CPython 3.11 has been seen to fail at compiling it then,
# after thousands of tests ("AST constructor recursion depth mismatch"). Here it is imported while all is young.
import hypothesis

# how long an example takes is the machine's affair: no property of ours is one of time
hypothesis.settings.register_profile("khabar", deadline=None)
hypothesis.settings.load_profile("khabar")
