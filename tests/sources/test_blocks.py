"""HTML to blocks: every kind of block and mark, nesting, and what is left out."""

from __future__ import annotations

from tui.news.model import (
    Figure,
    Heading,
    Image,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)
from tui.sources.blocks import blocks_of_html

BASE = "https://paper.example/dir/page"


def test_paragraphs_and_marks() -> None:
    html = '<p> One <b>bold <a href="../x">link</a></b>, <em>so</em> <code>x=1</code>. </p>'
    text = "One bold link, so x=1."
    assert blocks_of_html(html, BASE) == (
        Paragraph(
            Text(
                text,
                (
                    Mark(4, 13, MarkKind.STRONG),
                    Mark(9, 13, MarkKind.LINK, "https://paper.example/x"),
                    Mark(15, 17, MarkKind.EMPHASIS),
                    Mark(18, 21, MarkKind.CODE),
                ),
            )
        ),
    )


def test_marks_stay_on_their_words_when_unsafe_characters_go() -> None:
    (block,) = blocks_of_html("<p>a\u202eb <b>c\u2066d\x1b[31me</b> f</p>", BASE)
    assert isinstance(block, Paragraph)
    (mark,) = block.text.marks
    assert block.text.text == "ab cde f"
    assert block.text.text[mark.start : mark.end] == "cde"


def test_words_beside_a_link_stay_apart_where_no_line_may_break_between_them() -> None:
    """A blank at which no line breaks, and another character that is not plain, stand beside the link."""
    html = "<p><a href=/x>La ville</a>\xa0a rouvert le\u202f<b>quai</b>\xa0: <i>enfin</i>\u2003dit-on\xa0«\xa0oui».</p>"
    (block,) = blocks_of_html(html, BASE)
    assert isinstance(block, Paragraph)
    assert block.text.text.split() == [
        "La",
        "ville",
        "a",
        "rouvert",
        "le",
        "quai",
        ":",
        "enfin",
        "dit-on",
        "«",
        "oui».",
    ]
    assert block.text.text.startswith("La ville\xa0a")
    assert [block.text.text[mark.start : mark.end] for mark in block.text.marks] == ["La ville", "quai", "enfin"]


def test_a_mark_open_across_paragraphs() -> None:
    first, second = blocks_of_html("<b>one<p>two</p></b>", BASE)
    assert first == Paragraph(Text("one", (Mark(0, 3, MarkKind.STRONG),)))
    assert second == Paragraph(Text("two", (Mark(0, 3, MarkKind.STRONG),)))


def test_line_breaks_of_verse_and_of_prose() -> None:
    verse = blocks_of_html("<p>first line<br>second line<br><br>third line</p>", BASE)
    assert [b.text.text for b in verse if isinstance(b, Paragraph)] == ["first line\nsecond line", "third line"]
    long = "a sentence that goes on and on for much longer than any line of verse would ever be allowed to go on"
    assert len(blocks_of_html(f"{long}<br>{long}<br>{long}", BASE)) == 3


def test_nested_lists() -> None:
    html = "<ul><li>one<ol start=3><li>in<li>out</ol></li><li><p>two</p><p>more</p></li></ul>"
    inner = ListBlock((ListItem(Text("in")), ListItem(Text("out"))), ordered=True, start=3)
    assert blocks_of_html(html, BASE) == (ListBlock((ListItem(Text("one"), (inner,)), ListItem(Text("two more")))),)


def test_quotes_headings_rules_and_preformatted() -> None:
    html = "<h1>a</h1><h4>b</h4><blockquote cite=/c><p>q</p><p>r</p></blockquote><hr><hr><pre>\n  x\n    y\n</pre>"
    assert blocks_of_html(html, BASE) == (
        Heading(Text("a"), 2),
        Heading(Text("b"), 4),
        Quote((Text("q"), Text("r")), "https://paper.example/c"),
        Rule(),
        Preformatted("  x\n    y"),
    )


def test_figures() -> None:
    html = (
        '<figure><img src="/i.jpg" alt="boat"><figcaption>A <b>boat</b></figcaption></figure>'
        '<img src="data:image/gif;base64,R0" data-src="/late.jpg"><img src="/p.gif" width=1 height=1>'
        '<img src="s.jpg" srcset="small.jpg 100w, big.jpg 900w"><img src="/i.jpg"><img src="javascript:x">'
    )
    assert blocks_of_html(html, BASE) == (
        Figure(Image("https://paper.example/i.jpg", "boat", "A boat")),
        Figure(Image("https://paper.example/late.jpg")),
        Figure(Image("https://paper.example/dir/big.jpg")),
    )


def test_tables_of_data_and_tables_of_layout() -> None:
    data = "<table><tr><th>a<th>b</tr><tr><td>1<td>2</tr><tr><td colspan=2>3</tr></table>"
    assert blocks_of_html(data, BASE) == (
        Table(((Text("1"), Text("2")), (Text("3"), Text(""))), (Text("a"), Text("b"))),
    )
    story = f"<p>{'long text ' * 30}</p><p>{'more text ' * 30}</p>"
    layout = f"<table><tr><td>menu</td><td>{story}</td></tr><tr><td>x</td></tr></table>"
    assert all(isinstance(block, Paragraph) for block in blocks_of_html(layout, BASE))


def test_what_is_left_out() -> None:
    html = (
        "<script>x</script><style>y</style><p style='display: none'>z</p><div hidden>h</div>"
        "<span aria-hidden=true>i</span>"
        "<form><input value=a><button>b</button></form><iframe>c</iframe><svg><text>d</text></svg><!-- e --><p>kept</p>"
    )
    assert blocks_of_html(html, BASE) == (Paragraph(Text("kept")),)


def test_links_that_lead_nowhere_are_text() -> None:
    (block,) = blocks_of_html(
        '<a href="javascript:x">a</a> <a href="#top">b</a> <a href="mailto:x@y">c</a> <a>d</a>', BASE
    )
    assert isinstance(block, Paragraph)
    assert block.text.text == "a b c d"
    assert [mark.href for mark in block.text.marks] == [f"{BASE}#top"]
