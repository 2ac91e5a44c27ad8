"""Text as the rules see it: one character for one, some left out, every offset known.

Only the part of NFKC that gives one character for one is applied: a full-width digit becomes a
digit, a Kangxi radical its ideograph. Superscripts and circled numbers stay as they are: in
"①138..." the ① is no digit of the number. Zero-width, bidi and combining characters are left out,
so an offset map needs to remember only them.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from typing import NamedTuple

import resources
from detection.numerals import LETTERS, WORDS

END = "\0"
"""Stands between two segments; no rule's pattern matches it unless it says so."""

JOIN = "\x02"
"""Stands between two lines of which the first ends and the second begins with a digit."""

_KEPT_FORMS = ("<circle>", "<super>", "<sub>", "<square>", "<fraction>", "<vertical>", "<small>")
_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def _lookalikes() -> dict[str, str]:
    table = resources.table("rules/tables/characters.toml")
    found: dict[str, str] = dict(table["radicals"])
    for kind in ("stars", "signs"):
        for target, sources in table[kind].items():
            found.update(dict.fromkeys(sources, target))
    return found


_USUAL = (
    (0x09, 0x0A),
    (0x20, 0x7E),
    (0x2018, 0x2019),
    (0x201C, 0x201D),
    (0x3001, 0x3002),
    (0x300A, 0x300B),
    (0x3014, 0x3015),
    (0x4E00, 0x9FFF),
)
"""What nearly every text is made of, and stays as it is: letters, Han, their marks.

The first and the last code of each run.
"""

_OWN = ((ord(END), ord(END)), (ord(JOIN), ord(JOIN)))

_MARKS = "，：；（）！？"
"""Full-width marks, the rest of what nearly every text is made of: changed without a search."""


def _all_but(
    runs: Iterable[tuple[int, int]], changed: Collection[str], more: str = "", behind: str = ""
) -> re.Pattern[str]:
    pieces: list[str] = []
    for low, high in runs:
        start = low
        for code in sorted(ord(c) for c in changed if low <= ord(c) <= high):
            pieces += [_run(start, code - 1)] if start < code else []
            start = code + 1
        pieces += [_run(start, high)] if start <= high else []
    return re.compile("[^" + "".join(pieces) + more + "]" + behind)


def _run(low: int, high: int) -> str:
    return f"\\U{low:08x}-\\U{high:08x}"


class _Characters:
    """What becomes of each character; learnt once a character, kept for the process."""

    def __init__(self) -> None:
        self.same: set[str] = set()
        self.change: dict[str, str] = _lookalikes()
        # In the same walk: what numbers are spelt in, letters and words, of these three together.
        seen = {*self.change, *WORDS, *LETTERS}
        words = f"(?:(?<![{WORDS}])|[{WORDS}]{{2,}})"
        self.unusual = _all_but((*_USUAL, *_OWN), seen, _MARKS, words)
        self.not_plain = _all_but(_USUAL, self.change)
        self.learn(set(_MARKS))
        self.marks = tuple((mark, self.change[mark]) for mark in _MARKS)

    def learn(self, fresh: set[str]) -> None:
        for character in fresh:
            becomes = self.change.get(character)
            if becomes is None:
                becomes = _becomes(character)
            if becomes == character:
                self.same.add(character)
            else:
                self.change[character] = becomes


def _becomes(character: str) -> str:
    if character in _BREAKS:
        return "\n"
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me"}:
        return ""
    if category == "Cc":
        return character if character in "\t\n" else " "
    if category == "Cs":  # half of a character that was cut in two: no text can be searched with it
        return "\ufffd"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Zs":
        return " "
    if unicodedata.decomposition(character).startswith(_KEPT_FORMS):
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


_characters = _Characters()


class Flat(NamedTuple):
    """A normalised text and the way back.

    `left_out[k]` is the offset in `text` before which `k + 1` characters of the raw text are
    missing; both offsets count from 0. `spelt`: whether numbers may be written in words or letters
    in it (`numerals`).
    """

    text: str
    left_out: list[int]
    spelt: bool

    def raw(self, offset: int) -> int:
        """The raw offset of the character at `offset`."""
        return offset + bisect_right(self.left_out, offset) if self.left_out else offset

    def flat(self, raw: int) -> int:
        """The offset in `text` of the first character at or behind the raw offset."""
        numbers = range(len(self.left_out))
        return raw - bisect_left(numbers, raw, key=lambda k: self.left_out[k] + k)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the non-empty span `start:end`, without characters left out after it."""
        return self.raw(start), self.raw(end - 1) + 1


def normalise(text: str) -> Flat:
    """`text` with its look-alikes changed and its invisible characters left out.

    END and JOIN pass unchanged: whoever puts segments together first clears them (`clear`).
    """
    for mark, becomes in _characters.marks:
        if mark in text:
            text = text.replace(mark, becomes)
    seen = set(_characters.unusual.findall(text))
    if not seen:
        return Flat(text, [], spelt=False)
    unusual = {one for one in seen if len(one) == 1 and one not in LETTERS}
    fresh = unusual - _characters.same - _characters.change.keys()
    if fresh:
        _characters.learn(fresh)
    gone = []
    changed = unusual & _characters.change.keys()
    for character in changed:
        becomes = _characters.change[character]
        if becomes:
            text = text.replace(character, becomes)
        else:
            gone.append(character)
    left_out: list[int] = []
    if gone:
        text, left_out = _leave_out(text, gone)
    return Flat(text, left_out, spelt=bool(changed) or len(unusual) < len(seen))


def _leave_out(text: str, gone: list[str]) -> tuple[str, list[int]]:
    pieces: list[str] = []
    left_out: list[int] = []
    last = 0
    kept = 0
    for match in re.finditer("[" + re.escape("".join(gone)) + "]+", text):
        start, end = match.span()
        pieces.append(text[last:start])
        kept += start - last
        left_out.extend([kept] * (end - start))
        last = end
    pieces.append(text[last:])
    return "".join(pieces), left_out


def clear(text: str) -> str:
    """`text` without the engine's own marks, one character for one."""
    return text.replace(END, " ").replace(JOIN, " ")


def cleared(texts: list[str]) -> list[str]:
    """Each text without the engine's own marks; hardly any holds one."""
    bare = "".join(texts)
    return [clear(text) for text in texts] if END in bare or JOIN in bare else texts


def plain(text: str) -> str:
    """The normalised text alone, for a short piece beside a hit."""
    if _characters.not_plain.search(text) is None:
        return text
    return normalise(clear(text)).text
