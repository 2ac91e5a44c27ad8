"""Control words that change how the text behind them looks (RTF 1.9.1, "Character Text")."""

from collections.abc import Callable

from formats.rtf.state import State

Change = Callable[[State, int | None], State]


def _on(number: int | None) -> bool:
    return number != 0


def _painted(state: State, number: int | None) -> State:
    """A colour behind the text; colour 0 is none."""
    return state._replace(painted=bool(number), ground=number or 0)


def _shaded(state: State, number: int | None) -> State:
    """A pattern behind the text, in hundredths of a percent: of a colour that cannot be told."""
    return state._replace(painted=bool(number), ground=0) if number else state


def _hidden(state: State, number: int | None) -> State:
    return state._replace(hidden=_on(number))


def _deleted(state: State, number: int | None) -> State:
    return state._replace(deleted=_on(number))


def _inserted(state: State, number: int | None) -> State:
    return state._replace(inserted=_on(number))


def _author(state: State, number: int | None) -> State:
    return state._replace(author=number or 0)


def _moment(state: State, number: int | None) -> State:
    return state._replace(moment=number or 0)


CHANGES: dict[str, Change] = {
    "plain": lambda state, _: state.plain,
    "v": _hidden,
    "webhidden": lambda state, _: state,
    **dict.fromkeys(("deleted", "mvf"), _deleted),
    **dict.fromkeys(("revised", "mvt"), _inserted),
    **dict.fromkeys(("revauth", "revauthdel", "mvauth"), _author),
    **dict.fromkeys(("revdttm", "revdttmdel", "mvdate"), _moment),
    "fs": lambda state, number: state._replace(size=24 if number is None else number),
    "cf": lambda state, number: state._replace(ink=number or 0),
    **dict.fromkeys(("cb", "chcbpat", "highlight", "cbpat"), _painted),
    **dict.fromkeys(("chshdng", "shading"), _shaded),
    "charscalex": lambda state, number: state._replace(width=100 if number is None else number),
    "dbch": lambda state, _: state._replace(wide=True),
    **dict.fromkeys(("loch", "hich"), lambda state, _: state._replace(wide=False)),
    "uc": lambda state, number: state._replace(uc=min(max(number or 0, 0), 16)),
    "htmlrtf": lambda state, number: state._replace(quiet=_on(number)),
}
