"""Lists, rules and sources: each change has its way back, and takes back nothing but itself."""

from __future__ import annotations

from dataclasses import replace

from tests.store.conftest import Bench
from tui.news.model import Direction
from tui.news.rules import Effect, Rule, SmartList


def test_a_list_is_made_changed_and_removed_and_each_is_taken_back(bench: Bench) -> None:
    store = bench.store
    made = store.put_smart_list(SmartList("Harbour", "harbour"))
    changed = store.put_smart_list(replace(made, name="Port", query="port"))
    store.remove_smart_list(made.id)
    assert store.smart_lists() == []
    kinds = []
    for expected in ([changed], [made], []):
        change = store.undo()
        assert change is not None
        kinds.append(change.kind.value)
        assert store.smart_lists() == expected
    assert kinds == ["remove-list", "change-list", "add-list"]
    assert store.undo() is None


def test_a_removed_rule_comes_back_as_it_was_whatever_arrived(bench: Bench) -> None:
    store = bench.store
    rule = store.put_rule(Rule("horoscope", Effect.HIDE))
    store.put_rule(replace(rule, enabled=False))
    removal = store.remove_rule(rule.id)
    bench.add(bench.item(1, "horoscope"))
    store.put_rule(Rule("harbour", Effect.STAR))
    store.undo(removal.id)
    assert store.rules()[0] == replace(rule, enabled=False)
    assert len(store.rules()) == 2


def test_a_source_s_name_is_taken_back_and_what_a_refresh_changed_stays(bench: Bench) -> None:
    store = bench.store
    source = bench.source()
    store.change_source(replace(source, title="Mine", direction=Direction.RTL))
    found = store.source(source.id)
    assert found is not None
    store.update_source(replace(found, address="https://moved.example/feed", enabled=False))
    store.undo()
    now = store.source(source.id)
    assert now is not None
    assert (now.title, now.direction) == (source.title, source.direction)
    assert (now.address, now.enabled) == ("https://moved.example/feed", False)


def test_an_added_source_is_let_go_again(bench: Bench) -> None:
    source = bench.source()
    bench.store.added_source(source.id)
    bench.store.undo()
    assert bench.store.sources() == []


def test_a_change_of_nothing_is_none(bench: Bench) -> None:
    source = bench.source()
    assert bench.store.change_source(source).id == 0
    assert bench.store.remove_rule(7).id == 0
    assert bench.store.undo() is None


def test_the_order_is_the_reader_s(bench: Bench) -> None:
    store = bench.store
    ids = [store.put_smart_list(SmartList(name, name)).id for name in ("a", "b", "c")]
    store.move("lists", ids[2], -1)
    store.move("lists", ids[0], -1)
    assert [found.name for found in bench.reopen().smart_lists()] == ["a", "c", "b"]


def test_a_move_is_taken_back_whatever_else_was_moved_or_made_since(bench: Bench) -> None:
    store = bench.store
    ids = [store.put_rule(Rule(name, Effect.STAR)).id for name in ("a", "b", "c")]
    assert store.move("rules", ids[0], -1).id == 0, "the first one stays"
    moved = store.move("rules", ids[2], -1)
    store.put_rule(Rule("d", Effect.STAR))
    store.undo(moved.id)
    assert [rule.query for rule in store.rules()] == ["a", "b", "c", "d"]
    moved = store.move("rules", ids[2], -1)
    store.remove_rule(ids[1])
    store.undo(moved.id)
    assert [rule.query for rule in store.rules()] == ["a", "c", "d"], "its neighbour is gone: it stays"


def test_what_the_program_lets_go_does_not_come_back_by_undo(bench: Bench) -> None:
    (story, *_) = bench.fill(2)
    bench.store.star([story.id])
    bench.store.withdraw_source(story.source_id)
    assert bench.store.sources() == []
    change = bench.store.undo()
    assert change is not None
    assert change.kind.value == "star"
    assert bench.store.sources() == []


def test_the_history_is_bounded_and_forgets_what_it_is_asked_to(bench: Bench) -> None:
    store = bench.store
    for number in range(1_005):
        store.history_add(f"https://a.example/{number}", str(number))
    store.history_add("https://a.example/1004", "again")
    store.history_add("http://192.168.0.2/", "mine", typed=True)
    store.history_add("http://192.168.0.2/", "mine", story_id=3)
    visits = store.history(2_000)
    assert len(visits) <= 1_000
    assert (visits[0].typed, visits[0].story_id) == (True, 3)
    assert visits[1].title == "again"
    store.history_forget(visits[0].url)
    assert store.history(1)[0].title == "again"
    store.history_forget()
    assert store.history() == []
