"""What is written is what is read back."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from detection.toml_text import written

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SCALAR = st.one_of(TEXT, st.booleans(), st.integers(-(2**53), 2**53))
PLAIN = st.one_of(SCALAR, st.lists(SCALAR, max_size=3))
ROW = st.dictionaries(TEXT, PLAIN, max_size=3)
TABLE = st.dictionaries(
    TEXT, st.one_of(PLAIN, ROW, st.lists(ROW, min_size=1, max_size=2)), max_size=4
)


@given(st.dictionaries(TEXT, st.one_of(PLAIN, TABLE, st.lists(TABLE, max_size=3)), max_size=4))
def test_every_value_comes_back(data: dict[str, Any]) -> None:
    assert tomllib.loads(written(data, "头一行\n第二行")) == data
