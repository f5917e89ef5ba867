"""Redirects: followed, counted, believed when they are permanent, and given no secrets."""

from __future__ import annotations

from tests.net.asking import FEED, Answer, Make, Serve, get
from tui.net.client import FailureKind, OutcomeKind, Purpose


async def test_a_permanent_redirect_seen_twice_is_confirmed(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve({"/old": answer(b"", "Location: /new", status="301 x"), "/new": answer(FEED)})
    client = make_client()
    first, second = await get(client, press.url("/old")), await get(client, press.url("/old"))
    assert (first.url, first.body) == (press.url("/new"), FEED)
    assert (first.moved_to, first.moved_confirmed) == (press.url("/new"), False)
    assert (second.moved_to, second.moved_confirmed) == (press.url("/new"), True)


async def test_another_target_starts_the_count_anew(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {
            "/old": [answer(b"", f"Location: /{t}", status="308 x") for t in ("a", "b", "b")],
            "/a": answer(FEED), "/b": answer(FEED),
        }
    )  # fmt: skip
    client = make_client()
    assert [(await get(client, press.url("/old"))).moved_confirmed for _ in range(3)] == [False, False, True]


async def test_temporary_and_mixed_redirects_move_nothing(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {
            "/302": answer(b"", "Location: /new", status="302 x"),
            "/303": answer(b"", "Location: /new", status="303 x"),
            "/307": answer(b"", "Location: /new", status="307 x"),
            "/mixed": answer(b"", "Location: /302", status="301 x"),
            "/late": answer(b"", "Location: /perm", status="302 x"),
            "/perm": answer(b"", "Location: /new", status="301 x"),
            "/broken": answer(b"", "Location: /none", status="301 x"),
            "/new": answer(FEED),
        }
    )
    client = make_client()
    moved = {p: (await get(client, press.url(p))).moved_to for p in ("/302", "/303", "/307", "/late", "/broken")}
    assert set(moved.values()) == {""}
    assert (await get(client, press.url("/mixed"))).moved_to == press.url("/302")


async def test_five_hops_and_no_more(serve: Serve, make_client: Make, answer: Answer) -> None:
    routes: dict[str, bytes] = {f"/{i}": answer(b"", f"Location: /{i + 1}", status="302 x") for i in range(9)}
    press = await serve({**routes, "/9": answer(FEED)})
    client = make_client()
    assert (await get(client, press.url("/4"))).body == FEED
    outcome = await get(client, press.url("/3"))
    assert outcome.failure is not None and outcome.failure.kind is FailureKind.REDIRECT
    assert "more than 5 times" in outcome.failure.sentence


async def test_a_redirect_is_cached_too(serve: Serve, make_client: Make, answer: Answer) -> None:
    press = await serve(
        {"/old": answer(b"", "Location: /new", "Cache-Control: max-age=60", status="301 x"), "/new": answer(FEED)}
    )
    client = make_client()
    await get(client, press.url("/old"))
    client.offline = True
    outcome = await get(client, press.url("/old"), Purpose.READ)
    assert (outcome.body, outcome.url) == (FEED, press.url("/new"))


async def test_credentials_go_to_their_own_origin_only(serve: Serve, make_client: Make, answer: Answer) -> None:
    other = await serve({"/": answer(b"x")})
    press = await serve(
        {"/away": answer(b"", f"Location: {other.url('/', 'localhost')}", status="302 x"), "/own": answer(b"y")}
    )
    client = make_client()
    mine = press.url("/own").replace("http://", "http://me:p%40ss@")
    outcome = await get(client, mine)
    assert press.seen[0].fields["authorization"] == "Basic bWU6cEBzcw=="
    assert "p%40ss" not in outcome.url
    refused = await get(client, press.url("/away").replace("http://", "http://me:p%40ss@"))
    assert refused.failure is not None and refused.failure.kind is FailureKind.REFUSED
    assert other.seen == []
    client.offline = True
    assert (await get(client, press.url("/own"))).kind is OutcomeKind.OFFLINE  # a stranger's copy is not shown
