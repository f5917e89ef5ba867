"""Headlines that are hard to tell: one story in other words, and two stories in almost the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from tui.news.duplicates import Telling, forbidden, groups, same_story
from tui.news.stems import akin, stem
from tui.news.wording import headline

DAY = 86_400
NOON = 1_790_000_000 // DAY * DAY + DAY // 2


def pairs(verdict: str) -> Iterator[tuple[str, str, str]]:
    """Language and both headlines of each pair of one verdict in ``pairs.txt``."""
    for block in Path(__file__).with_name("pairs.txt").read_text("utf-8").split("\n\n"):
        head, one, other = block.strip().splitlines() if block[0] != "#" else ("", "", "")
        if head.startswith(verdict):
            yield head.split()[1], one, other


def told(language: str, *titles: str) -> list[Telling]:
    return [Telling(headline(title), NOON + 60 * n, n, language) for n, title in enumerate(titles)]


def test_one_story_is_found() -> None:
    missed = [pair for pair in pairs("one") if not same_story(*told(*pair))]
    assert missed == []


def test_two_stories_are_not_made_one() -> None:
    joined = [pair for pair in pairs("two") if same_story(*told(*pair))]
    assert joined == []


def test_a_press_of_all_of_them_without_a_fault() -> None:
    press = [(f"one {n}", tag, title) for n, (tag, *titles) in enumerate(pairs("one")) for title in titles]
    press += [(f"{title} {n}", tag, title) for n, (tag, *titles) in enumerate(pairs("two")) for title in titles]
    tellings = [Telling(headline(title), NOON + n, n, tag) for n, (_, tag, title) in enumerate(press)]
    found = {pair for group in groups(tellings) for pair in combinations(group, 2)}
    wanted = {(a, b) for a, b in combinations(range(len(press)), 2) if press[a][0] == press[b][0]}
    assert len(press) > 400
    assert [(press[a][2], press[b][2]) for a, b in found ^ wanted] == []


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("Parliament approves the budget", "Parliament does not approve the budget"),
        ("البرلمان يصادق على الميزانية الجديدة", "البرلمان لم يصادق على الميزانية الجديدة"),
        ("Le club vendra son capitaine à Lille", "Le club refuse de vendre son capitaine à Lille"),
        ("מבקר המדינה יפרסם את הדוח על השיטפון", "מבקר המדינה לא יפרסם את הדוח על השיטפון"),
        ("وزیر ارتباطات از سمت خود استعفا داد", "وزیر ارتباطات از سمت خود استعفا نداد"),
        ("حکومت نے ٹیکس کی تجویز منظور کر لی", "حکومت نے ٹیکس کی تجویز منظور نہیں کی"),
    ],
)
def test_no_story_is_its_denial(said: str, denied: str) -> None:
    yes, no = told("", said, denied)
    assert forbidden(yes, no)
    assert forbidden(no, yes)
    assert same_story(*told("", denied, denied))


def test_what_else_is_denied_is_more_of_the_story() -> None:
    assert same_story(*told("en", "Freight train derails near Perth", "Freight train derails near Perth, no one hurt"))
    assert headline("حريق في مصنع دون إصابات").denied == {"", "without " + stem("اصابات")}
    assert same_story(*told("ar", "انقطاع الكهرباء عن أحياء واسعة من الخرطوم", "أحياء واسعة من الخرطوم بدون كهرباء"))
    assert not same_story(*told("en", "Jet lands with its front wheel", "Jet lands without its front wheel"))
    assert headline("World No. 1 out of the Open").denied == set()
    assert headline("Quake of no small force").denied == headline("Quake not small at all").denied == {"", "small"}


def test_the_passive_turns_who_did_it_round() -> None:
    assert same_story(*told("en", "Storm floods homes in Cornwall", "Homes flooded by storm in Cornwall"))
    assert same_story(*told("en", "Leeds beat Everton in cup final", "Everton beaten by Leeds in cup final"))
    assert not same_story(*told("en", "Leeds beat Everton in cup final", "Leeds beaten by Everton in cup final"))
    assert not same_story(*told("fr", "Nice battue par Lyon en finale", "Lyon battu par Nice en finale"))


def test_who_did_it_to_whom_in_other_words() -> None:
    told_by_both = "بھارت نے پاکستان کو فائنل میں ہرا دیا", "پاکستان کی جانب سے بھارت کو شکست، فائنل میں رسائی"
    assert not same_story(*told("ur", *told_by_both))


def test_a_short_headline_with_its_number() -> None:
    assert same_story(
        *told("fr", "Mort de l'écrivain tunisien à l'âge de 90 ans", "L'écrivain tunisien est mort à 90 ans")
    )
    assert not same_story(*told("fr", "Mort de l'écrivain tunisien à l'âge de 90 ans", "L'écrivain tunisien est mort"))


def test_numbers_in_words_are_numbers() -> None:
    for title in ("سبعة قتلى", "7 قتلى", "Seven dead", "Sept morts", "שבעה הרוגים", "هفت کشته", "سات ہلاک"):
        assert headline(title).numbers == {"7"}, title
    assert headline("שני הרוגים").numbers == {"2"}
    assert headline("جاده بسته شد").numbers == set()
    assert headline("ביום שני").days == {"0"}
    for title, number in (
        ("خمسة وعشرون قتيلا", "25"),
        ("خمسة عشر قتيلا", "15"),
        ("خمسة آلاف متطوع", "5000"),
        ("3 آلاف متطوع", "3000"),
        ("Twenty-five dead", "25"),
        ("Two hundred and five thousand march", "205000"),
        ("Quatre-vingt-dix-sept morts", "97"),
        ("Soixante et onze blessés", "71"),
        ("עשרים וחמישה פצועים", "25"),
        ("بیست و پنج کشته", "25"),
        ("تین ہزار افراد", "3000"),
    ):
        assert headline(title).numbers == {number}, title
    assert headline("Thousand march, cent vingt pages").numbers == {"120"}


def test_words_that_say_the_same() -> None:
    for one, other in (
        ("approves", "approved"),
        ("found", "find"),
        ("mohamed", "mohammed"),
        ("يزور", "زيار"),
        ("جوتيريش", "غوتيريش"),
        ("אישרה", "אושר"),
    ):
        assert akin(one, other), (one, other)
    for one, other in (
        ("niger", "nigeria"),
        ("rise", "fall"),
        ("hausse", "baisse"),
        ("يفتح", "يغلق"),
        ("iran", "iraq"),
    ):
        assert not akin(one, other), (one, other)
    assert stem("الوزارة") == stem("وزارة") == stem("والوزارة")
    assert stem("اللجنة") == stem("لجنة")
