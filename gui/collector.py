"""When Python's cycle collector may look through everything: one policy for the whole window.

A full collection looks at each object that lives, and the window stands still meanwhile (30 to
50 ms with a long text open, measured). So what start-up made is frozen once and for good, and
while a long text lives full collections are put off: its tuples hold no cycles, and when it goes
they go with it. Young objects are collected as ever.
"""

import gc
import weakref

# Never, in practice: the collector counts middle collections against it.
_PUT_OFF = 1_000_000
_usual = gc.get_threshold()
_spared: set[int] = set()


def hold() -> None:
    """Before anything is loaded: nothing is to be collected until the first paint."""
    gc.disable()


def begin() -> None:
    """After start-up: what lives now lives until the end. Collecting goes on from here."""
    gc.freeze()
    gc.enable()


def spare(text: object) -> None:
    """Put full collections off for as long as `text` lives. Any number of texts, in any order."""
    number = id(text)
    if number in _spared:
        return
    _spared.add(number)
    weakref.finalize(text, _gone, number).atexit = False
    gc.set_threshold(_usual[0], _usual[1], _PUT_OFF)


def _gone(number: int) -> None:
    _spared.discard(number)
    if not _spared:
        gc.set_threshold(*_usual)
