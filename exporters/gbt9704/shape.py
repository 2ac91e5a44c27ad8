"""Breaking a title into lines that form a trapezium or a diamond, no word broken (7.3.1)."""

from functools import cache
from itertools import combinations, pairwise

import resources
from exporters.gbt9704.measures import TITLE_CHARACTERS

MOST_LINES = 4


@cache
def _rules() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str, str]:
    title = resources.table("law/gbt9704.toml")["title"]
    words = sorted(title["words"], key=len, reverse=True)
    return (
        tuple(words),
        tuple(title["before"]),
        tuple(title["after"]),
        title["never_start"],
        title["never_end"],
    )


def width(text: str) -> float:
    """Width in Chinese characters: Latin counts half, and a fifth where the scripts meet."""
    latin = [ord(c) < 0x2E80 and c not in "“”‘’—…·" for c in text]
    meetings = sum(a != b for a, b in pairwise(latin))
    return sum(0.5 if narrow else 1.0 for narrow in latin) + 0.2 * meetings


def _breaks(text: str, keep: tuple[str, ...]) -> list[int]:
    """The places where a line may end: not inside a known word, a number or a bracket pair."""
    words, _, _, never_start, never_end = _rules()
    allowed = [True] * (len(text) + 1)
    at = 0
    known = (*keep, *words)
    while at < len(text):
        word = next((w for w in known if w and text.startswith(w, at)), text[at])
        for inside in range(at + 1, at + len(word)):
            allowed[inside] = False
        at += len(word)
    for i in range(1, len(text)):
        before, after = text[i - 1], text[i]
        both_ascii = before.isascii() and after.isascii()
        number_and_unit = before.isdigit() and after in "年月日号期次批个"
        if after in never_start or before in never_end or both_ascii or number_and_unit:
            allowed[i] = False
    return [i for i in range(1, len(text)) if allowed[i]]


def _cost(lines: list[str], limit: float) -> float:
    _, begins, ends, _, _ = _rules()
    widths = [width(line) for line in lines]
    if max(widths) > limit:
        return 1000 + max(widths)
    cost = 6.0 * (len(lines) - 1) + (max(widths) - min(widths)) * 0.5
    if min(widths) < 5:
        cost += 12
    falling = all(a > b for a, b in pairwise(widths))
    rising = all(a < b for a, b in pairwise(widths))
    peak = widths.index(max(widths))
    diamond = (
        0 < peak < len(widths) - 1
        and all(a < b for a, b in pairwise(widths[: peak + 1]))
        and all(a > b for a, b in pairwise(widths[peak:]))
    )
    if not (falling or rising or diamond):
        cost += 10
    for left, right in pairwise(lines):
        good = left.endswith(ends) or right.startswith(begins)
        cost -= 5 if good else 0
    return cost


def lines(text: str, *, limit: float = TITLE_CHARACTERS, keep: tuple[str, ...] = ()) -> list[str]:
    """The title's lines. Line feeds in `text` are kept as they are; else it is shaped.

    `limit` is the width of a line in characters, `keep` names further words not to break (the
    organ's name, a place).
    """
    if "\n" in text:
        return [line.strip() for line in text.split("\n") if line.strip()]
    text = text.strip()
    if width(text) <= limit:
        return [text]
    places = _breaks(text, keep)
    best, least = [text], float("inf")
    fewest = max(2, -int(-width(text) // limit))
    for count in range(fewest, min(fewest + 1, MOST_LINES) + 1):
        for cuts in combinations(places, count - 1):
            edges = (0, *cuts, len(text))
            found = [text[a:b] for a, b in pairwise(edges)]
            cost = _cost(found, limit)
            if cost < least:
                best, least = found, cost
    return best
