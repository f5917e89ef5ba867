"""What is said of a picture, by the names that papers give it and by how such lines begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_NAMES = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=C))(?:captions?|cap|cutline|legende?|l[eé]gende|credits?|(?:img|photo)desc|"
    r"(?:image|photo|img)(?:caption|credit))(?:$|[\s_-]|(?=[A-Z]))",
    re.IGNORECASE,
)
_LONGEST_NAME, _LONGEST = 200, 400
CREDIT = re.compile(
    r"\W*(?:(?:ال)?صورة|تصوير|عدسة|photos?|images?|picture|crédits?(?: photo)?|צילום|عکس|تصویر)\b.{0,20}[:©/|].{1,90}",
    re.IGNORECASE,
)
"""A whole line behind a picture that says who took it."""


def is_caption(node: LexborNode) -> bool:
    """Whether an element is what is said of a picture, by its tag or its name, and holds no other picture or story."""
    if node.tag == "figcaption":
        return True
    named = node.attributes.get("class") or ""
    if not named or _NAMES.search(named[:_LONGEST_NAME]) is None:
        return False
    more = node.css_first("img, ul, ol, table") is not None or len(node.css("p")) > 1
    return not more and len(node.text()) <= _LONGEST
