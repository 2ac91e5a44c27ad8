"""Strings found in one walk: all of them, wherever they lie, however long the text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import literals
from detection.literals import Literals

WORDS = st.lists(st.text("甲乙𠀀a", min_size=1, max_size=4), unique=True, max_size=8)


@given(WORDS, st.text("甲乙𠀀ab", max_size=40), st.integers(1, 50))
def test_every_string_is_found_by_its_end(words: list[str], text: str, window: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(literals, "_WINDOW", window)
        found = Literals(words).find(text)
    ends = [end for _, _, end in found]
    assert ends == sorted(ends)
    assert sorted(found) == sorted(
        (number, start, start + len(word))
        for number, word in enumerate(words)
        for start in range(len(text))
        if text.startswith(word, start)
    )
