"""Runs of digits: found where figures stand, as a search from the left finds them."""

from hypothesis import given
from hypothesis import strategies as st

from detection.runs import _RUN, Runs


@given(st.text("0123456789 -.·\tX年甲", max_size=60))
def test_the_short_way_finds_what_a_search_finds(text: str) -> None:
    found = sorted(Runs(text).of(0, len(text)))
    assert found == [match.span() for match in _RUN.finditer(text)]


def test_figures_are_those_that_stand_together() -> None:
    assert Runs("2026年3月，138 0013").figures == [(0, 4), (5, 6), (8, 11), (12, 16)]
