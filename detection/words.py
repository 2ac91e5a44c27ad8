"""An office's own words: what may be one, and where one stands (`starts` finds them)."""

from detection.normal import plain

LONGEST = 64
"""The most characters of one word."""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def word(text: str) -> str:
    """One word as it is searched: normalised as the text is, blanks at its ends left out.

    Raises ValueError (Chinese) for a word that would hit everywhere or is no word.
    """
    found = plain(text).strip()
    if not 2 <= len(found) <= LONGEST:
        raise ValueError(f"词语应有 2 到 {LONGEST} 个字，一个字会到处命中")
    if found.isdigit() and len(found) < 5:
        raise ValueError("只有数字的词语至少要 5 位，否则会到处命中")
    return found


def stands(text: str, start: int, end: int) -> bool:
    """Is what lies at `start:end` a word of its own?

    A word that begins or ends in Latin letters or digits is one only where no such character goes
    on beside it: 'AB12' does not lie in 'XAB123'.
    """
    return not (_goes_on(text, start - 1, start) or _goes_on(text, end - 1, end))


def _goes_on(text: str, left: int, right: int) -> bool:
    return left >= 0 and right < len(text) and text[left] in _WORD and text[right] in _WORD
