"""khabar: a news browser for the terminal. This module holds the version and nothing else, for a quick start."""

__version__ = "0.1.0"
