"""The screen. The only importer of textual."""
