"""Strings found in one walk: all of them, wherever they lie, whatever bytes they are made of."""

from hypothesis import given
from hypothesis import strategies as st

from detection.literals import Literals

# 乎 is the byte 4E twice, and 𠀀 has four bytes.
WORDS = st.lists(st.text("甲乎𠀀a", min_size=1, max_size=4), unique=True, max_size=8)


@given(WORDS, st.text("甲乎𠀀ab", max_size=40))
def test_every_string_is_found(words: list[str], text: str) -> None:
    assert Literals(words).find(text) == {
        number: starts
        for number, word in enumerate(words)
        if (starts := [start for start in range(len(text)) if text.startswith(word, start)])
    }
