"""A page read again by trafilatura, where our own layers found no story in it.

It is a layer of its own kind: its import takes 0.3 s and its first page 60 MB, so a process of its own has it (see
``tui.sources.worker``), begun at the first page without a story and ended when it rests. Measured: of 428 real pages
that nobody had read before, ours found no story in nine, of which trafilatura has five. Where ours finds one it is the
better reader of the two (article-extraction-benchmark: F1 0.973 against 0.958), so it is not asked there.
"""

from __future__ import annotations

from contextlib import suppress

from tui.news.model import Block, Paragraph
from tui.sources.teasers import body_blocks

_STORY = 600
"""Characters in sentences: less is a notice of the site as often as a brief."""
_SENTENCE = 80
"""Characters: a shorter paragraph is as often a label, a button or a line of a list."""
_LONGEST = 1_000_000
"""Characters: a page of more is no story, and would only take the time a document may take."""


def blocks_again(page: str, base: str) -> tuple[Block, ...]:
    """The story that trafilatura finds in the HTML of ``page``; none when it finds none or is not installed."""
    if len(page) > _LONGEST:
        return ()
    with suppress(ImportError):
        import trafilatura

        found = trafilatura.extract(
            page,
            url=base,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_images=True,
        )
        blocks = body_blocks(found or "", base, markup=True)
        return blocks if _tells(blocks) else ()
    return ()


def _tells(blocks: tuple[Block, ...]) -> bool:
    """Whether ``blocks`` hold a story, and not only what a site says about itself."""
    lines = (block.text.text for block in blocks if isinstance(block, Paragraph))
    return sum(len(line) for line in lines if len(line) >= _SENTENCE) >= _STORY
