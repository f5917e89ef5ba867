"""The wire between the reader and its parser process: length-prefixed frames of JSON,
a request followed by its body."""

from __future__ import annotations

import json
import struct
from typing import Any

HEADER = struct.Struct(">II")
"""Bytes of JSON, bytes of body."""
MAX_JSON = 64 * 1024 * 1024
MAX_BODY = 32 * 1024 * 1024


def frame(data: dict[str, Any], body: bytes = b"") -> bytes:
    """One message as bytes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return HEADER.pack(len(text), len(body)) + text + body


def sizes(header: bytes) -> tuple[int, int]:
    """Lengths of JSON and body. Raises ValueError when they cannot be right."""
    text, body = HEADER.unpack(header)
    if text > MAX_JSON or body > MAX_BODY:
        raise ValueError("a frame larger than any message")
    return text, body
