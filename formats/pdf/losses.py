"""What a PDF holds that could not be unpacked: noted wherever it is met, told once for the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Losses:
    """`met`: how many texts or pictures of the file broke off."""

    met: int = 0


_here: ContextVar[Losses] = ContextVar("losses")


def broke_off() -> None:
    """A text broke off here. Texts are asked for from many places: none of them hands this on."""
    losses = _here.get(None)
    if losses is not None:
        losses.met += 1


@contextmanager
def noting() -> Iterator[Losses]:
    """What is lost within counts for one file alone, not for the file that holds it."""
    losses = Losses()
    token = _here.set(losses)
    try:
        yield losses
    finally:
        _here.reset(token)
