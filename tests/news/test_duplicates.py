"""One story in several papers is found; headlines from one template are not taken for one."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tests.news.headlines import APART, TOLD
from tui.news.duplicates import WINDOW, Telling, alike, groups, probes, same_story, template
from tui.news.stems import stem
from tui.news.wording import LONGEST, headline

DAY = 86_400
NOON = 1_790_000_000 // DAY * DAY + DAY // 2


def tell(title: str, publisher: object = None, at: int = NOON) -> Telling:
    return Telling(headline(title), at, publisher)


SAME = [
    (
        "افتتاح معرض الكتاب الدولي في دورته الثلاثين بمشاركة 40 دولة",
        "بمشاركة 40 دولة.. افتتاح الدورة الثلاثين من معرض الكتاب الدولي",
    ),
    ("المكتبة الوطنية تعرض مخطوطات نادرة لأول مرة", "لأول مرة.. المكتبة الوطنية تعرض للجمهور مخطوطات نادرة"),
    ("Council opens restored harbour library to readers", "Restored harbour library opens to readers after two years"),
    (
        "Le jardin botanique rouvre ses portes après travaux",
        "Après travaux, le jardin botanique de la ville rouvre ses portes",
    ),
]
TEMPLATES = [
    ("أسعار صرف الدرهم اليوم 8 دجنبر مقابل العملات", "أسعار صرف الدرهم اليوم 9 دجنبر مقابل العملات"),
    ("حالة الطقس اليوم بمدينة الرباط أمطار متوقعة", "حالة الطقس اليوم بمدينة فاس ثلوج متوقعة"),
    ("حالة الطقس المتوقعة بمدينة الدار البيضاء نهاية الأسبوع", "حالة الطقس المتوقعة بمدينة طنجة نهاية الأسبوع"),
    ("بورصة الدار البيضاء تغلق على وقع الارتفاع", "بورصة الدار البيضاء تغلق على وقع الانخفاض"),
    ("توقعات أحوال الطقس ليوم الجمعة بالمملكة", "توقعات أحوال الطقس ليوم السبت بالمملكة"),
    ("Weather in Rabat tomorrow: sunny and mild", "Weather in Fez tomorrow: cloudy and cool"),
    ("مواعيد مباريات الجولة 5 من الدوري والقنوات الناقلة", "مواعيد مباريات الجولة 6 من الدوري والقنوات الناقلة"),
    (
        "Exchange rates of the dirham for March against major currencies",
        "Exchange rates of the dirham for April against major currencies",
    ),
    ("ارتفاع أسعار الذهب في السوق المحلية", "انخفاض أسعار الذهب في السوق المحلية"),
]


def test_one_story_in_other_words() -> None:
    for a, b in SAME:
        assert same_story(tell(a), tell(b)), (a, b)


def test_templates_are_no_story() -> None:
    for a, b in TEMPLATES:
        assert not same_story(tell(a), tell(b)), (a, b)


def test_a_press_of_both_is_sorted_out() -> None:
    titles = [title for pair in SAME + TEMPLATES for title in pair]
    found = groups([tell(title, number) for number, title in enumerate(titles)])
    assert found == [[2 * n, 2 * n + 1] for n in range(len(SAME))]


def test_the_press_of_a_day_without_a_fault() -> None:
    """Precision and recall over all pairs: every story found in all its tellings, no two stories made one."""
    press = [(number, tag, title) for number, (tag, titles) in enumerate(TOLD) for title in titles]
    alone = [(tag, title) for tag, titles in APART.items() for title in titles]
    press += [(len(TOLD) + number, tag, title) for number, (tag, title) in enumerate(alone)]
    tellings = [Telling(headline(title), NOON + 60 * n, n, tag) for n, (_, tag, title) in enumerate(press)]
    found = {pair for group in groups(tellings) for pair in combinations(group, 2)}
    wanted = {(a, b) for a, b in combinations(range(len(press)), 2) if press[a][0] == press[b][0]}
    assert len(press) > 200
    assert [(press[a][2], press[b][2]) for a, b in found - wanted] == []
    assert [(press[a][2], press[b][2]) for a, b in wanted - found] == []


def test_what_is_printed_every_day_belongs_to_its_day() -> None:
    title = "أسعار صرف العملات الأجنبية مقابل الدرهم"
    assert same_story(tell(title, 1), tell(title, 2, NOON + 3600))
    assert not same_story(tell(title, 1), tell(title, 2, NOON + DAY))


def test_who_beat_whom() -> None:
    assert not same_story(tell("Raja beats Wydad 2-1 in derby"), tell("Wydad beats Raja 2-1 in derby"))
    assert same_story(tell("Morocco and Spain sign fishing deal"), tell("Spain and Morocco sign fishing deal"))


def test_numbers_are_the_same_in_every_writing() -> None:
    for other in ("1,250", "1.250", "1 250", "١٬٢٥٠", "۱۲۵۰"):
        assert headline(f"دعم بـ{other} مليون").numbers == {"1250"}
    assert headline("2.5").numbers == headline("٢,٥").numbers
    assert headline("10,20,300").numbers != headline("1020300").numbers


def test_an_unknown_language_may_be_any() -> None:
    title = "افتتاح معرض الكتاب الدولي بالعاصمة بمشاركة واسعة"
    assert same_story(Telling(headline(title), NOON, 1, "ar"), Telling(headline(title), NOON, 2, ""))


def test_endless_titles_are_cut() -> None:
    title = " ".join(f"word{'x' * (n % 50)}" for n in range(20_000))
    assert len(headline(title).stems) <= LONGEST


def test_guards() -> None:
    title = "افتتاح معرض الكتاب الدولي بالعاصمة بمشاركة واسعة"
    assert same_story(tell(title, 1), tell(title, 2)) == 1.0
    assert not same_story(tell(title, 1), tell(title, 1)), "one publisher does not tell a story twice"
    assert not same_story(tell(title, 1), tell(title, 2, NOON + WINDOW + 1))
    assert same_story(tell(title, 1), tell(title, 2, NOON + WINDOW))
    assert not same_story(tell(title + " 3"), tell(title + " 4"))
    assert same_story(tell(title + " 3"), tell(title))
    assert not same_story(Telling(headline(title), NOON, 1, "ar"), Telling(headline(title), NOON, 2, "fa"))


def test_headlines_about_today_belong_to_their_day() -> None:
    title = "أسعار العملات اليوم في السوق الموازية"
    assert same_story(tell(title, 1), tell(title, 2, NOON + 3600))
    assert not same_story(tell(title, 1), tell(title, 2, NOON + DAY))


def test_a_short_headline_must_be_equal_and_of_the_day() -> None:
    assert same_story(tell("أحوال الطقس", 1), tell("أحوال الطقس", 2, NOON + 60))
    assert not same_story(tell("أحوال الطقس", 1), tell("أحوال الطقس", 2, NOON + DAY))
    assert not same_story(tell("الطقس", 1), tell("الطقس", 2))
    assert not same_story(tell("زلزال قوي", 1), tell("زلزال عنيف", 2))
    assert not same_story(tell("", 1), tell("", 2))


def test_no_chain_joins_what_a_guard_forbids() -> None:
    """Without a number the title goes with either day's; the two days must not meet in one group through it."""
    base = "معرض الكتاب الدولي يستقبل الزوار والناشرين بالعاصمة"
    found = groups([tell(base + " 8", 1), tell(base, 2), tell(base + " 9", 3)])
    assert len(found) == 1
    assert len(found[0]) == 2


def test_stems_strip_clitics_and_keep_three_letters() -> None:
    assert stem("المغرب") == stem("والمغرب") == stem("بالمغرب") == stem("مغرب")
    assert stem("سوريا") == stem("السوري")
    assert stem("له") == "له"
    assert stem("papers") == "paper"


def test_template_needs_the_same_frame() -> None:
    assert template(["a", "b", "c", "d"], ["a", "x", "c", "y"])
    assert not template(["a", "b", "c", "d"], ["a", "c", "b", "d"])
    assert not template(["a", "b", "c", "d"], ["a", "b", "c", "d", "e"])


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=1), min_size=4, max_size=10), st.data())
def test_probes_miss_nothing_that_is_alike(a: list[str], data: st.DataObject) -> None:
    """The prefix filter is exact: whatever passes both thresholds shares as many probes as promised."""
    b = data.draw(st.lists(st.sampled_from("abcdefghij"), min_size=4, max_size=10))
    left = headline(" ".join(letter * 3 for letter in a))
    right = headline(" ".join(letter * 3 for letter in b))
    if len(left.words) < 4 or len(right.words) < 4 or not alike(left, right):
        return
    wanted, shared = probes(left.stems, {word * 3: place for place, word in enumerate("jihgfedcba")})
    assert len(set(wanted) & right.words) >= shared
