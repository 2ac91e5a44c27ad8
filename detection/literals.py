"""Any number of strings found in one walk over a text (Aho-Corasick).

The walk goes over the bytes of UTF-8: a node of the automaton looks through its followers one by
one, and of the first characters of an office's words there are thousands, of lead bytes a few.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

import ahocorasick

Value = TypeVar("Value")


class Literals(Generic[Value]):
    """Strings, each with what it stands for. Built once for a rulebook."""

    __slots__ = ("_automaton",)

    def __init__(self, known: Mapping[str, Value]) -> None:
        self._automaton: Any = ahocorasick.Automaton()
        for text, value in known.items():
            self._automaton.add_word(_bytes(text).decode("latin-1"), (len(text), value))
        if known:
            self._automaton.make_automaton()

    def __bool__(self) -> bool:
        return len(self._automaton) > 0

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """(start, end, what it stands for) of each string in `text`, by their ends."""
        if not self:
            return
        data = _bytes(text)
        end = seen = 0
        for last, (length, value) in self._automaton.iter(data.decode("latin-1")):
            # A string ends where a character does; between two ends whole characters lie.
            end += len(data[seen : last + 1].decode("utf-8", "surrogatepass"))
            seen = last + 1
            yield end - length, end, value


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
