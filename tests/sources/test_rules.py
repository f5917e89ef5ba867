"""Rules the reader writes for a site: read strictly, and stronger than every layer of ours."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.news.model import Document, Paragraph, Provenance
from tui.sources.parse import parse
from tui.sources.rules import Fault, SiteRule, from_data, read_rules, rules_for, to_data
from tui.sources.worker import Worker

NOW = datetime(2025, 12, 12, 12, tzinfo=UTC)
URL = "https://www.paper.example/2025/story.html"
FILE = """
[[site]]
host = "*.paper.example"
title = ".kicker"
body = ".q7"
author = ".who"
date = ".when"
remove = [".promo", "#more"]
"""
RULES, FAULTS = read_rules(FILE)
PAGE = """<html><head><title>Paper</title></head><body><h1>Section of the day</h1><b class=kicker>The dam reopens</b>
<i class=who>A. Writer</i><i class=when>11 دجنبر 2025</i><div><p>A long text of the house, with commas, and more of it,
that any heuristic would take for the story itself, for it is much longer than the other.</p></div>
<div class=q7><p>Short.</p><div class=promo><p>Buy this.</p></div><div class=q7><p>And done.</p></div></div>
</body></html>"""


def paragraphs_of(document: Document) -> list[str]:
    assert document.article is not None
    return [block.text.text for block in document.article.blocks if isinstance(block, Paragraph)]


def test_a_rule_says_where_the_story_stands() -> None:
    document = parse(PAGE.encode(), url=URL, now=NOW, rules=rules_for(RULES, URL))
    article = document.article
    assert article is not None
    assert (article.title, article.author) == ("The dam reopens", "A. Writer")
    assert article.published == datetime(2025, 12, 11, tzinfo=UTC)
    assert paragraphs_of(document) == ["Short.", "And done."]
    assert article.provenance is Provenance.SITE
    assert document.errors == ()
    assert FAULTS == ()


def test_what_a_rule_does_not_find_is_said_and_left_to_the_other_layers() -> None:
    rule = SiteRule("paper.example", body=".gone", title="h1[", remove=("p:",))
    document = parse(PAGE.encode(), url=URL, now=NOW, rules=(rule,))
    assert any('".gone" found nothing' in error for error in document.errors)
    assert any('"h1[" is no CSS selector' in error for error in document.errors)
    assert "A long text of the house" in " ".join(paragraphs_of(document))


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("x = 1", "tables", {"name": "x"}),
        ("site = 3", "tables", {"name": "site"}),
        ("site = [3]", "tables", {"name": "site"}),
        ('[[site]]\nbody = ".a"', "host", {"number": "1"}),
        ('[[site]]\nhost = "https://a.example/"\nbody = ".a"', "host", {"number": "1"}),
        ('[[site]]\nhost = "a.example"', "empty", {"number": "1"}),
        ('[[site]]\nhost = "a.example"\nremove = []', "empty", {"number": "1"}),
        ('[[site]]\nhost = "a.example"\nbody = ""', "selector", {"number": "1", "name": "body"}),
        ('[[site]]\nhost = "a.example"\nbody = 3', "selector", {"number": "1", "name": "body"}),
        ('[[site]]\nhost = "a.example"\nremove = ".a"', "remove", {"number": "1", "name": "remove"}),
        (
            '[[site]]\nhost = "a.example"\nbody = ".a"\nbdy = ".b"',
            "key",
            {"number": "1", "name": "bdy", "want": "host, body, title, author, date, remove"},
        ),
    ],
)
def test_a_rule_with_a_fault_is_named_and_the_others_stand(text: str, key: str, values: dict[str, str]) -> None:
    good = '[[site]]\nhost = "good.example"\nbody = ".b"' if "site = " not in text else ""
    rules, faults = read_rules(f"{text}\n{good}")
    assert [rule.host for rule in rules] == (["good.example"] if good else [])
    assert faults == (Fault(key, 0, values),)


@pytest.mark.parametrize(("text", "line"), [("\n[[site]", 2), ("x" + "[" * 100_000, 1), ("a =", 1)])
def test_a_file_that_is_no_toml_gives_its_line(text: str, line: int) -> None:
    assert read_rules(text) == ((), (Fault("syntax", line),))


def test_what_a_rule_removes_may_hold_more_of_it() -> None:
    page = "<body><h1>t</h1><div class=x>a<div class=x>b<div class=x>c</div></div></div><p class=y>d</p></body>"
    rule = SiteRule("paper.example", body="body, p", remove=(".x, div", "div", ".y .x"))
    assert paragraphs_of(parse(page.encode(), url=URL, now=NOW, rules=(rule,))) == ["d"]


def test_the_most_exact_host_comes_first() -> None:
    wide, exact, other = SiteRule("*.paper.example"), SiteRule("sport.paper.example"), SiteRule("other.example")
    assert rules_for([wide, other, exact], "https://sport.paper.example/1") == (exact, wide)
    assert rules_for([wide, exact], "https://www.paper.example/") == (wide,)
    assert rules_for([SiteRule("paper.example")], "https://sport.paper.example/") == ()
    assert rules_for([wide], "https://badpaper.example/") == ()
    assert rules_for([wide], "https://[") == ()
    arabic = SiteRule("www.جريدة.مثال")
    assert rules_for([arabic], "https://xn--ogbfjh9j.xn--mgbh0fb/") == (arabic,)
    assert tuple(map(from_data, to_data([wide, exact]))) == (wide, exact)


async def test_rules_reach_the_parser_process() -> None:
    worker = Worker(rules=RULES)
    try:
        assert paragraphs_of(await worker.parse(PAGE.encode(), url=URL)) == ["Short.", "And done."]
        assert paragraphs_of(await worker.parse(PAGE.encode(), url="https://x.example/")) != ["Short.", "And done."]
    finally:
        await worker.aclose()
