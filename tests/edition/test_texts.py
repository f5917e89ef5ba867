"""The texts are enough, sound in their scripts, and nowhere say the same thing twice."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tui.edition import texts
from tui.edition.markup import Writer
from tui.edition.papers import BY_SLUG, PAPERS
from tui.edition.texts import BlockKind, Story, stories_of

ANCHOR = datetime(2026, 3, 5, 14, tzinfo=UTC)
WRITER = Writer(ANCHOR, "http://127.0.0.1:1")
STORIES = [story for paper in PAPERS for story in stories_of(paper.slug, paper.language)]
LANGUAGES = ("ar", "he", "fa", "ur", "fr", "en")
BIDI_CONTROLS = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
ZWNJ = "\u200c"


def lines(story: Story) -> Iterator[str]:
    """Everything of a story that a reader may see, as plain text."""
    yield WRITER.title(story)
    yield story.by
    yield story.section
    for block in story.blocks:
        yield from (WRITER.plain(line, story) for line in block.lines[block.kind is BlockKind.PICTURE :])
        yield block.cite


def name(story: Story) -> str:
    return f"{story.language}/{story.paper}/{story.number}"


def test_there_are_enough_headlines_and_articles() -> None:
    headlines = Counter(s.language for s in STORIES if s.title)
    articles = Counter(s.language for s in STORIES if s.is_article)
    assert len({s.title for s in STORIES if s.title}) >= 90
    assert articles.total() >= 26
    assert headlines["ar"] >= 50
    assert articles["ar"] >= 13
    assert all(headlines[tag] >= 7 and articles[tag] >= 2 for tag in LANGUAGES)


def test_articles_have_four_to_nine_paragraphs_of_text() -> None:
    for story in filter(lambda s: s.is_article, STORIES):
        count = sum(b.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE) for b in story.blocks)
        assert 4 <= count <= 9, name(story)
        assert sum(len(line.split()) for line in lines(story)) >= 110, name(story)


def test_what_parsers_and_layout_must_meet_is_there() -> None:
    kinds = {block.kind for story in STORIES for block in story.blocks}
    arabic = "\n".join(line for s in STORIES if s.language == "ar" for line in lines(s))
    assert kinds >= set(BlockKind) - {BlockKind.RULE}
    assert any(s.age is None for s in STORIES)
    assert any(not s.title for s in STORIES)
    assert any(len(s.title) > 180 for s in STORIES)
    assert sum(s.picture is not None for s in STORIES) >= 6
    assert any(s.language == "ar" and re.match(r"[A-Z]", s.title) for s in STORIES)
    for sign in ("(1-0)", "«", '"', "%", "1448هـ", "٪", "…" if "…" in arabic else "...", "ً", "ُ", "٤٠"):
        assert sign in arabic, sign
    assert any("](" in line for s in STORIES for block in s.blocks for line in block.lines)
    assert any(ZWNJ in s.title for s in STORIES if s.language == "fa")
    urdu = "".join(line for s in STORIES if s.language == "ur" for line in lines(s))
    assert set("ٹڈڑںے") <= set(urdu)
    assert any("\u05b0" <= c <= "\u05bc" for s in STORIES if s.language == "he" for c in s.title)


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_no_controls_and_no_loose_ends(story: Story) -> None:
    for line in lines(story):
        assert not [c for c in line if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")]
        assert not BIDI_CONTROLS & set(map(ord, line))
        assert [c for c in line if unicodedata.category(c) == "Cf" and c != ZWNJ] == []
        assert unicodedata.is_normalized("NFC", line), line
        assert "  " not in line
        assert not re.search(r"[{}<>]|\]\(|\*", line), line
        assert line.count("«") == line.count("»"), line
        assert line.count("(") == line.count(")"), line
        assert line.count('"') % 2 == 0, line
        assert not re.search(r"\s[،؛,.](\s|$)", line), line


OWN_LETTERS = {
    "ar": re.compile("[\u0621-\u063a\u0640-\u0652\u0670]"),
    "fa": re.compile("[\u0621-\u0624\u0626-\u0628\u062a-\u063a\u0641\u0642\u0644-\u0648\u064b-\u0654پچژکگی]"),
    "ur": re.compile(
        "[\u0621-\u0624\u0626-\u0628\u062a-\u063a\u0641\u0642\u0644-\u0646\u0648\u064b-\u0654ٹپچڈڑژکگںھہۂۃیۓے]"
    ),
    "he": re.compile("[\u05b0-\u05bd\u05c1\u05c2\u05be\u05d0-\u05ea\u05f3\u05f4]"),
    "fr": re.compile("[A-Za-zÀ-ÖØ-öø-ÿŒœ]"),
    "en": re.compile("[A-Za-zÀ-ÖØ-öø-ÿ]"),
}
OWN_DIGITS = {"ar": "0-9\u0660-\u0669", "fa": "\u06f0-\u06f9", "ur": "0-9", "he": "0-9", "fr": "0-9", "en": "0-9"}


@pytest.mark.parametrize("story", STORIES, ids=name)
def test_words_are_written_in_one_script(story: Story) -> None:
    own = OWN_LETTERS[story.language]
    for line in lines(story):
        for word in re.findall(r"[^\W\d_]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u0670]+[^\W\d_]*)*", line):
            letters = [c for c in word if unicodedata.category(c) in ("Lo", "Ll", "Lu", "Lm", "Mn")]
            foreign = [c for c in letters if not own.match(c)]
            assert not foreign or len(foreign) == len(letters), (word, foreign)
            if foreign and story.language not in ("fr", "en"):
                assert word.isascii(), word  # a Latin name, and no homoglyph from a third script


def test_digits_are_those_of_the_language() -> None:
    for story in STORIES:
        for line in lines(story):
            latin_words = re.sub(r"\b[A-Z0-9]*[A-Za-z]+ ?[A-Z0-9]*\b", "", line)
            wrong = [c for c in latin_words if c.isdigit() and not re.match(f"[{OWN_DIGITS[story.language]}]", c)]
            assert not wrong, (name(story), line)


def test_persian_joins_its_prefixes_without_a_blank() -> None:
    for story in (s for s in STORIES if s.language == "fa"):
        for line in lines(story):
            assert not re.search(r"(^|\s)(ن?می) ", line), line
            assert not re.search(rf"{ZWNJ}(\s|$)|\s{ZWNJ}", line), line


def test_no_sentence_is_said_twice() -> None:
    seen: dict[str, str] = {}
    for story in STORIES:
        for block in story.blocks:
            if block.kind in (BlockKind.TABLE, BlockKind.PICTURE):
                continue
            for line in block.lines:
                for sentence in re.split(r"[.!?؟]\s", WRITER.plain(line, story)):
                    if len(sentence.split()) >= 5:
                        assert sentence not in seen, (name(story), seen.get(sentence), sentence)
                        seen[sentence] = name(story)


def test_stories_are_no_older_than_five_days_and_never_of_the_future() -> None:
    for story in STORIES:
        assert story.age is None or 0 < story.age <= 5 * 1440, name(story)


def test_numbers_are_unique_within_a_paper() -> None:
    for paper in PAPERS:
        numbers = [s.number for s in stories_of(paper.slug, paper.language)]
        assert len(numbers) == len(set(numbers)), paper.slug


def test_every_text_file_belongs_to_a_paper() -> None:
    for path in texts.TEXTS.glob("*/*.txt"):
        assert path.stem == "site" or BY_SLUG[path.stem].language == path.parent.name
        assert path.stem == "site" or stories_of(path.stem, path.parent.name)


def test_tables_are_regular() -> None:
    for story in STORIES:
        for block in (b for b in story.blocks if b.kind is BlockKind.TABLE):
            assert len({line.count("|") for line in block.lines}) == 1, name(story)


@pytest.mark.parametrize(
    ("days", "expected"), [("", "الخميس 5/3/2026"), ("+2", "السبت 7/3/2026"), ("-5", "السبت 28/2/2026")]
)
def test_days_are_those_of_the_story(days: str, expected: str) -> None:
    assert texts.dated(f"{{weekday{days}}} {{date{days}}}", "ar", ANCHOR) == expected


def test_a_story_without_an_age_names_file_and_number() -> None:
    with pytest.raises(ValueError, match=r"en/lantern.txt, story 7"):
        texts._story("lantern", "en", 7, "title: No age\n\nText.")


def test_one_event_is_told_by_three_papers_on_one_day() -> None:
    trains = [s for s in STORIES if "القطار الساحلي" in s.title]
    assert len({s.paper for s in trains}) == 3
    assert len({s.title for s in trains}) == 3
    ages = [s.age for s in trains if s.age is not None]
    assert max(ages) - min(ages) < 180
