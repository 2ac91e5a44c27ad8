"""A part of a file that cannot be read: it is told as a trouble, and the rest is read."""

from collections.abc import Callable

from formats.reading import Part, Place, Trouble, TroubleCode, Unreadable


def damage(name: str, act: Callable[[], object], part: Part = Part.HIDDEN) -> tuple[Trouble, ...]:
    """Do `act` for the part `name`; what keeps it from being read. Raises Unreadable(TOO_BIG)."""
    try:
        act()
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        return (Trouble(error.code, error.text, Place(part, path=name)),)
    return ()
