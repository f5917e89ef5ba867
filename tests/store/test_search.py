"""Search: folding, the query language within views, newest first, one row a story."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.conftest import Bench
from tui.news.model import Article, Image, Listing, Paragraph, Story, Text, View
from tui.news.query import MOST, QueryError


@pytest.fixture(params=["indexed", "not indexed yet", "half of it indexed"])
def press(bench: Bench, request: pytest.FixtureRequest) -> Bench:
    bench.later = request.param != "indexed"
    matin = bench.source("matin", language="fr")
    sahafa = bench.source("sahafa", language="ar")
    bench.add(
        bench.item(
            1, "افتتاح المَكتَبَة الوطنية بالرِّباط", 1, text="حضر الافتتاح ٤٠ كاتبا", image=Image("https://s.example/i.png")
        ),
        bench.item(2, "المكتبة المتنقلة تصل إلى القرى", 20, text="كتب للأطفال", source="Al Qarya"),
        bench.item(3, "سباق القوارب في الميناء", 3),
        source=sahafa,
    )
    if request.param == "half of it indexed":
        bench.settle()
    bench.add(
        bench.item(4, "La bibliothèque du port rouvre", 2, text="Élèves et lecteurs"),
        bench.item(5, "Course de bateaux au port", 50, text="La bibliothèque offre 40 livres"),
        source=matin,
    )
    return bench


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("المكتبه ", "12"),
        ("مكتب", ""),
        ("المكت", "12"),
        ("المكتبة الوطنية ", "1"),
        ('"الوطنيه بالرباط"', "1"),
        ('"بالرباط الوطنيه"', ""),
        ("40 ", "15"),
        ("bibliotheque ", "45"),
        ("PORT -bateaux", "4"),
        ("bateaux or القوارب ", "35"),
        ("(bateaux or القوارب) is:unread", "35"),
        ("-bibliotheque -المكتبة", "3"),
        ("-(port or القوارب)", "12"),
        ("source:matin", "45"),
        ("paper:qarya", "2"),
        ("paper:sahafa", "13"),
        ("-paper:sahafa lang:ar", "2"),
        ("source:sahafa المكتبة ", "12"),
        ("source:nobody", ""),
        ("lang:fr", "45"),
        ("has:image", "1"),
        ("-has:image lang:ar", "23"),
        ("after:2026-03-10", "134"),
        ("before:2026-03-10", "25"),
        ("after:2026-03-09 before:2026-03-10 المكتبة ", "2"),
        ("port or before:2026-03-10 ", "245"),
        ("is:read or after:2026-03-10 ", "134"),
        ("-(is:unread port)", "123"),
        ("src1", ""),
        ("any ", ""),
        ("langar", ""),
        ("", "12345"),
        ("…", "12345"),
        ("ا", "12345"),
    ],
)
def test_queries(press: Bench, query: str, numbers: str) -> None:
    view = View(search=query)
    found = press.store.stories(view)
    assert "".join(sorted(story.link[-1] for story in found)) == numbers
    assert press.store.count(view) == len(found)
    assert [story.key for story in found] == sorted((story.key for story in found), key=lambda k: (-k.sorted_at, -k.id))


def test_a_search_within_views(press: Bench) -> None:
    store = press.store
    by_number = {story.link[-1]: story for story in store.stories(View())}
    store.star([by_number["2"].id, by_number["4"].id])
    store.mark_read([by_number["1"].id])

    def found(view: View) -> str:
        assert store.count(view) == len(store.stories(view))
        return "".join(story.link[-1] for story in store.stories(view))

    assert found(View(Listing.STARRED, search="المكتبة ")) == "2"
    assert found(View(Listing.UNREAD, search="المكتبة ")) == "2"
    assert found(View(search="المكتبة is:read")) == "1"
    assert found(View(search="is:starred")) == "42"
    assert found(View(search="-is:starred")) == "135"
    assert found(View(Listing.TODAY, search="port ")) == "4"
    assert found(View(source_id=by_number["4"].source_id, search="40 ")) == "5"
    assert found(View(language="ar", search="40 ")) == "1"
    assert found(View(language='a" OR b', search="40 ")) == ""


def test_few_and_many_unread_give_the_same(bench: Bench) -> None:
    """Few unread stories are tried one by one, many are filtered from the hits: the answers must not differ."""
    source = bench.source("x")
    bench.add(*(bench.item(n, f"common w{n % 7}", n / 10) for n in range(1_500)), source=source)
    view = View(Listing.UNREAD, search="w3 -w4")
    many = bench.store.stories(view, limit=2_000)
    assert len(many) == bench.store.count(view) == len([n for n in range(1_500) if n % 7 == 3])
    rest = [story.id for story in bench.store.stories(View(), limit=2_000)[100:]]
    bench.store.mark_read(rest)
    few = bench.store.stories(view, limit=2_000)
    assert few == [story for story in many if story.id not in set(rest)]
    assert bench.store.position(view, few[5].key) == 5


def test_as_you_type_each_letter_narrows(bench: Bench) -> None:
    bench.add(bench.item(1, "المغرب يستقبل"), bench.item(2, "المغاربة"), bench.item(3, "الملعب"), bench.item(4, "مغرب"))
    counts = [len(bench.search("المغربي"[:n])) for n in range(1, 8)]
    assert counts == [4, 3, 3, 2, 1, 1, 0]


def test_many_words_with_one_beginning(bench: Bench) -> None:
    bench.add(*(bench.item(n, f"prefix{n:03}") for n in range(150)))
    assert len(bench.store.stories(View(search="prefix"), limit=500)) == 150
    assert len(bench.store.stories(View(search="prefix00"), limit=500)) == 10


def test_full_text_becomes_searchable(bench: Bench) -> None:
    story = bench.fill(1)[0]
    assert bench.search("lighthouse") == []
    bench.store.save_article(story.id, Article(story.title, (Paragraph(Text("The lighthouse keeper")),)))
    assert bench.search("lighthouse keeper") == [story.title]
    article = bench.store.article(story.id)
    assert article is not None
    assert article.full
    bench.add(bench.item("Paper-0", "Paper headline0", 0, text="teaser again"), source=bench.source())
    assert bench.store.article(story.id) == article, "a teaser does not replace the full text"
    assert bench.search("lighthouse") == [story.title]


def test_errors_come_out_with_their_column(bench: Bench) -> None:
    for action in (bench.store.stories, bench.store.count, bench.store.mark_all_read):
        with pytest.raises(QueryError) as caught:
            action(View(search="word is:nice"))
        assert caught.value.column == 6


@pytest.mark.parametrize(
    "query",
    ['a"b', "a*b*", "'; DROP TABLE stories; --", "NEAR(a b)", "title:a", "^a", "a AND b", "{a}: b", "\0a", "a\\"],
)
def test_foreign_syntax_is_only_text(bench: Bench, query: str) -> None:
    bench.fill(2)
    try:
        bench.store.stories(View(search=query))
        bench.store.count(View(search=query))
    except QueryError:
        pass
    assert bench.store.count(View()) == 2


NESTED: dict[str, Callable[[int], str]] = {
    "and": lambda n: " ".join(f"(w{i}" for i in range(n)) + ")" * n,
    "or": lambda n: " or ".join(f"(w{i}" for i in range(n)) + ")" * n,
    "not": lambda n: " ".join(f"-(w{i}" for i in range(n)) + ")" * n,
    "minus": lambda n: "-" * n + "a",
    "mixed": lambda n: "".join(f'-("a b" -lang:ar -source:w{i} or (x{i} -(y{i} ' for i in range(n)) + "a" + ")))" * n,
}
HOSTILE = [
    *("a" * 100_000, "word " * 20_000, '"' * 1_001, "(" * 1_000, "(a", "a)", '"a', "*", "a**", "*a", "%", "_", "'"),
    *(")", "()", "-", "-(", '-""', '""', '"', "{title}: a", "NEAR(a b)", "a AND b", "a NOT b", "^a", "- a"),
    *("or", "or or or", "or a", "a or", "paper:", 'paper:"', "lang:*", "is:", "is:x", "after:2026-02-30"),
    *("after:99999-01-01", "a\0b", '"a\0b"', "\x01", "\ud800", "\U0001f600", "\ufdfa", "\u0640"),
    *("'; DROP TABLE stories;--", "-is:unread", "-(a or -(b or -c))"),
    " ".join(f"-w{i}" for i in range(MOST // 2)),
    " or ".join(f"paper:p{i}" for i in range(MOST // 2)),
    "ab* " * (MOST - 1),
    f'"{"a b " * 5_000}"',
]


@pytest.mark.parametrize("listing", [Listing.ALL, Listing.UNREAD])
def test_no_query_gets_further_than_its_column(press: Bench, listing: Listing) -> None:
    """Whatever is typed is either answered or pointed at; the few unread stories are tried one by one."""
    deep = [make(n) for make in NESTED.values() for n in range(1, 33)]
    for query in HOSTILE + deep:
        view = View(listing, search=query)
        try:
            press.store.stories(view)
            press.store.stories(view, last=True)
            press.store.count(view)
        except QueryError as error:
            assert 1 <= error.column <= len(query) + 1
    assert len(press.store.stories(View())) == 5


def test_counting_ends_where_it_is_told_to(press: Bench) -> None:
    for most, counted in ((0, 2), (1, 1), (2, 2), (3, 2)):
        assert press.store.count(View(search="port "), most) == counted
        assert press.store.count(View(Listing.UNREAD, search="port "), most) == counted


def test_a_query_may_be_as_long_as_said(press: Bench) -> None:
    assert press.search("port " * MOST) == ["La bibliothèque du port rouvre", "Course de bateaux au port"]
    with pytest.raises(QueryError) as caught:
        press.search("port " * (MOST + 1))
    assert caught.value.column == MOST * 5


WORDS = st.sampled_from(["a", "ab", "abc", "b", "bc", "c", "سلام", "السّلام", "12"])
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)
ATOMS = st.one_of(
    WORDS,
    WORDS.map(lambda word: word + "*"),
    st.tuples(WORDS, WORDS).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
    st.sampled_from(
        ["source:paper", "paper:other", "lang:ar", "is:unread", "is:starred", "has:image", "after:2026-03-10"]
    ),
)
QUERIES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map(lambda query: f"-({query})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        st.tuples(inner, inner).map(" ".join),
    ),
    max_leaves=4,
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 40), st.sampled_from(["", "Other"])), min_size=1, max_size=8),
    st.lists(QUERIES, min_size=1, max_size=12),
    st.integers(0, 8),
)
def test_a_story_is_found_the_same_before_and_after_it_is_indexed(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, int, str]], queries: list[str], split: int
) -> None:
    folder: Path = tmp_path_factory.mktemp("found")
    bench = Bench(folder / "khabar.sqlite3", later=True)
    bench.store.group_duplicates(False)  # the first half would be grouped before, the second after
    source = bench.source(language="ar")
    for number, (title, text, hours, paper) in enumerate(rows):
        image = Image("https://a.example/") if hours % 2 else None
        bench.add(bench.item(number, title, hours, text=text, source=paper, image=image), source=source)
        if number == split:
            bench.settle()
    shown = bench.store.stories(View())
    bench.store.mark_read([story.id for story in shown[::2]])
    bench.store.star([story.id for story in shown[::3]])
    views = [View(listing, search=query + " ") for query in queries for listing in (Listing.ALL, Listing.UNREAD)]

    def answers() -> list[object]:
        ids = [[story.id for story in bench.store.stories(view, limit=3)] for view in views]
        last = [[story.id for story in bench.store.stories(view, last=True, limit=2)] for view in views]
        places = [bench.store.position(view, shown[-1].key) for view in views]
        return [ids, last, places, [bench.store.count(view) for view in views]]

    before = answers()
    bench.settle()
    assert answers() == before
    bench.close()


@pytest.mark.parametrize("later", [False, True])
def test_or_with_the_readers_state_finds_what_trying_every_story_would(bench: Bench, later: bool) -> None:
    bench.later = later
    stories = bench.fill(60)
    bench.fill(20, bench.source("other", language="ar"))
    ids = [story.id for story in stories]
    bench.store.star(ids[::7])
    bench.store.mark_read(ids[::3])
    bench.store.mark_read(ids[1::5])
    shown = bench.store.stories(View(), limit=200)
    cases: dict[str, Callable[[Story], bool]] = {
        "headline1 or is:starred": lambda s: "headline1" in s.title or s.starred,
        "zzz or is:starred or is:read": lambda s: s.starred or s.read,
        "is:unread or is:starred": lambda s: not s.read or s.starred,
        "headline* (is:starred or is:unread or headline3)": lambda s: s.starred or not s.read or "headline3" in s.title,
        "-(headline2 or is:read)": lambda s: not ("headline2" in s.title or s.read),
        "(is:starred is:read) or (headline4 -is:starred)": lambda s: (
            (s.starred and s.read) or ("headline4" in s.title and not s.starred)
        ),
        "(is:starred or headline1) (is:read or headline2)": lambda s: (
            (s.starred or "headline1" in s.title) and (s.read or "headline2" in s.title)
        ),
    }
    for query, wanted in cases.items():
        expected = [story for story in shown if wanted(story)]
        view = View(search=query.replace("headline1", "headline1*").replace("headline2", "headline2*"))
        view = View(search=view.search.replace("headline3", "headline3*").replace("headline4", "headline4*"))
        assert expected, query
        assert bench.store.stories(view, limit=200) == expected, query
        assert bench.store.count(view) == len(expected)
        assert bench.store.count(view, 3) == min(3, len(expected))
        middle = expected[len(expected) // 2]
        assert bench.store.stories(view, after=middle.key, limit=4) == expected[len(expected) // 2 + 1 :][:4]
        before = expected[: len(expected) // 2]
        assert bench.store.stories(view, before=middle.key, limit=4) == before[-4:]
        assert bench.store.position(view, middle.key) == len(before)
        assert bench.store.stories(view, last=True, limit=3) == expected[-3:]
