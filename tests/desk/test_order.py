"""Sources of one host are asked together, and none with many holds up the rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.desk.order import RUN, by_host
from tui.news.model import Source

SOURCES = st.lists(
    st.builds(lambda host, n: Source(f"https://{host}.example/{n}", "", id=n), st.sampled_from("abc"), st.integers()),
    max_size=40,
)


def test_hosts_one_behind_the_other_in_the_order_of_their_first_source() -> None:
    asked = by_host([Source(f"https://{host}.Example/{n}", "") for n in range(3) for host in "ba"])
    assert [source.address[8] + source.address[-1] for source in asked] == ["b0", "b1", "b2", "a0", "a1", "a2"]


def test_a_host_with_many_sources_lets_the_others_go_between() -> None:
    asked = by_host(
        [*(Source(f"https://many.example/{n}", "") for n in range(2 * RUN)), Source("https://b.example/", "")]
    )
    assert asked[RUN].address == "https://b.example/"


@given(SOURCES)
def test_nobody_is_lost_and_a_hosts_own_order_stays(sources: list[Source]) -> None:
    asked = by_host(sources)
    for host in "abc":
        own = f"https://{host}.example/"
        assert [s for s in asked if s.address.startswith(own)] == [s for s in sources if s.address.startswith(own)]
    assert len(asked) == len(sources)
