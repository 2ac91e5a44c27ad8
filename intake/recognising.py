"""In the child: who reads the pictures of a file, with the parent told of each."""

from collections.abc import Callable, Sequence

from formats.budget import Limits
from formats.ocr import Doubt, Drawing, Recognised

Tell = Callable[[int], None]
Give = Callable[[Recognised], None]


class Remembered:
    """Gives what the parent already knows, picture after picture; draws nothing."""

    def __init__(self, known: Sequence[Recognised]) -> None:
        self._known = iter(known)

    def __call__(self, draw: Drawing) -> Recognised:
        """The next; OFF past the last."""
        return next(self._known, Recognised(doubt=Doubt.OFF))


class Recognising:
    """Recognises what the parent does not know yet. Before each picture `tell` says its number
    (from 0), so that the parent can give it time and knows which one a killed child was at."""

    def __init__(self, known: Sequence[Recognised], limits: Limits, tell: Tell, give: Give) -> None:
        self._known = known
        self._most = limits.pictures
        self._tell = tell
        self._give = give
        self._next = 0

    def __call__(self, draw: Drawing) -> Recognised:
        """One picture. OFF past the limit."""
        from formats.pictures.recognition import recognised

        number, self._next = self._next, self._next + 1
        if number < len(self._known):
            return self._known[number]
        if number >= self._most:
            return Recognised(doubt=Doubt.OFF)
        self._tell(number)
        found = recognised(draw)
        self._give(found)
        return found
