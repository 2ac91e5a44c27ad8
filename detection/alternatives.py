"""Writes a regular expression anew so that it is searched faster and matches the same.

At each place a search tries all the ways an expression may go on, one after the other. Of a hundred
words those that begin alike are put together here, in their order: a way that begins otherwise can
never match where one of them does, so nothing changes but the time. Before many ways stands a look
at the two next characters: at most places it alone tells that none of them is there.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_TOKEN = re.compile(
    r"[^\\[(|)]+|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|<[=!]|[:=!>]))?|.", re.DOTALL
)
_SIGNS = frozenset("\\[](){}?*+|^$.")
_REPEATS = frozenset("?*+{")
_FEW = 8
"""So few ways are tried as fast one by one."""
_MANY = 16
"""Before more ways than these a look ahead is worth its cost."""
_AHEAD = 3
_CLASS = re.compile(r"\[(?![\^-])((?:\\.|[^\\\[\]&~|])+)(?<!-)\]", re.DOTALL)
"""A class that can be put together with others as it is written."""
_REPEAT = re.compile(r"(?:([?]|\{0,1\})|([*]|\{(?:0,|,))|[+{])[0-9,}]*[?+]?")
"""Once or not at all; from none to many; from one to many."""
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|[:>]))?")
_BESIDE = ("(?=", "(?!", "(?<=", "(?<!")


def grouped(expression: str) -> str:
    """The same expression with the ways that begin with one character put together."""
    if expression.count("|") < _FEW:
        return expression
    anew = _ways(expression, 0)[0]
    ways = _split(anew, 0)[0]
    # A search skips by itself to the class or the words that an expression begins with.
    hidden = expression.startswith("(?!") or (
        len(ways) > 1 and any(way.startswith("(") for way in ways)
    )
    look = _look([_steps(way) for way in ways]) if hidden else ""
    return f"{look}(?:{anew})" if look else anew


def _ways(text: str, at: int) -> tuple[str, int]:
    """The expression from `at` to the end of its group, written anew, and where it ends."""
    ways = [""]
    while at < len(text):
        token = _token(text, at)
        at += len(token)
        if token == ")":
            break
        if token == "|":
            ways.append("")
        elif token[0] == "(":
            inner, at = _ways(text, at)
            ways[-1] += f"{token}{inner})"
        else:
            ways[-1] += token
    if len(ways) < _FEW:
        return "|".join(ways), at
    together = list(_together(ways)) if len(ways) > _FEW else ways
    look = ""
    if len(together) > _MANY or not all(map(_is_plain, together)):
        look = _look([_steps(way) for way in together])
    return f"{look}(?:{'|'.join(together)})" if look else "|".join(together), at


def _look(steps: Sequence[Sequence[tuple[str, str]]]) -> str:
    """A look-ahead for the first characters of all ways and, where they are known, the next two."""
    classes = ""
    for _ in range(_AHEAD):
        one = _class(steps)
        if not one:
            break
        classes += one
        rests = dict.fromkeys(rest for some in steps for _, rest in some)
        steps = [_steps(rest) for rest in rests]
    return f"(?={classes})" if classes else ""


def _class(steps: Sequence[Sequence[tuple[str, str]]]) -> str:
    """A class of all that is stepped over; "" where one of them is not known."""
    found = dict.fromkeys(characters for some in steps for characters, _ in some)
    return f"[{''.join(found)}]" if all(steps) else ""


@lru_cache(maxsize=256)  # a look that stands before another asks the same
def _steps(way: str) -> list[tuple[str, str]]:
    """How it may begin: characters as they stand in a class, and the expression behind them.

    Empty where that is not known or nothing need be there.
    """
    if not way:
        return []
    token = _token(way, 0)
    ways, end = _split(way, len(token)) if token[0] == "(" else ([], len(token))
    if token[0] not in _SIGNS:
        end = 1
    repeat = _REPEAT.match(way, end)
    rest = way[repeat.end() :] if repeat else way[end:]
    if token in _BESIDE:
        return [] if repeat else _steps(rest)
    once = repeat is None or bool(repeat[1])
    # Behind one of many turns comes the next, or what is behind all.
    after = rest if once else f"{way[:end]}*{rest}"
    found: list[tuple[str, str]] = []
    if token[0] == "(" and _GROUP.fullmatch(token):
        inner = [_steps(one + after) if once or _steps(one) else [] for one in ways]
        found = [step for some in inner for step in some] if all(inner) else []
    elif plain := _CLASS.fullmatch(token):
        found = [(plain[1], after)]
    elif token[0] not in _SIGNS:
        found = [(re.sub(r"[&~-]", r"\\\g<0>", way[0]), after)]
    if found and repeat and (repeat[1] or repeat[2]):
        others = _steps(rest)
        return found + others if others else []
    return found


def _split(text: str, at: int) -> tuple[list[str], int]:
    """The ways of a group whose inside begins at `at`, and where it ends."""
    ways: list[str] = []
    deep, start = 0, at
    for match in _TOKEN.finditer(text, at):
        token = match[0]
        if token[0] == "(":
            deep += 1
        elif token == ")":
            if not deep:
                return [*ways, text[start : match.start()]], match.end()
            deep -= 1
        elif token == "|" and not deep:
            ways.append(text[start : match.start()])
            start = match.end()
    return [*ways, text[start:]], len(text)


def _token(text: str, at: int) -> str:
    match = _TOKEN.match(text, at)
    return match[0] if match else text[at]


def _together(ways: Sequence[str]) -> Iterator[str]:
    """The ways in their order; of those that begin with one character, all where the first was."""
    begun: dict[str, list[str]] = {}
    for way in ways:
        if _is_plain(way):
            begun.setdefault(way[0], []).append(way[1:])
            continue
        # It may begin with any character: what comes behind it stays behind it.
        yield from _written(begun)
        begun = {}
        yield way
    yield from _written(begun)


def _is_plain(way: str) -> bool:
    return way[:1] not in _SIGNS and way != "" and way[1:2] not in _REPEATS


def _written(begun: dict[str, list[str]]) -> Iterator[str]:
    for first, rests in begun.items():
        if len(rests) == 1:
            yield first + rests[0]
        else:
            yield f"{first}(?:{'|'.join(_together(rests))})"
