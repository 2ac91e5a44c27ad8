"""Long numbers written in words or with look-alike letters, in digits: one character for one.

Only what is as long as a telephone number is changed, so dates (二〇二六年) and words (一二三产业)
stay as they are.
"""

import re

_SHORTEST = 11
WORDS = "〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两"
_AS_DIGITS = str.maketrans(WORDS, "000123456789123456789" + "12")
_ANY = frozenset(WORDS + "0123456789")
LETTERS = "OoIl"
_FOR_LETTERS = str.maketrans(LETTERS, "0011")
# One class stands first: that is searched fastest.
_WORD_RUN = re.compile(f"[{WORDS}][{WORDS}]{{2,}}")
_NUMBER = re.compile(f"[0-9{WORDS}]+")
_LOOKALIKE = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9OoIl]{0,17}[OoIl])[0-9OoIl]{11,18}[Xx]?(?![0-9A-Za-z_])"
)
_LENGTHS = frozenset({11, 15, 18})
_LEAST_SHARE = 0.35


def in_digits(text: str) -> str:
    """`text`, as long as before, with numbers of 11 characters or more written in digits."""
    text = _words(text)
    if any(letter in text for letter in LETTERS):
        text = _LOOKALIKE.sub(_letters, text)
    return text


def _words(text: str) -> str:
    pieces: list[str] = []
    last = 0
    for match in _WORD_RUN.finditer(text):
        start = match.start()
        if start < last:
            continue
        while start > last and text[start - 1] in _ANY:
            start -= 1
        number = _NUMBER.match(text, start)
        if number is None or number.end() - start < _SHORTEST:
            continue
        pieces += (text[last:start], number[0].translate(_AS_DIGITS))
        last = number.end()
    return "".join((*pieces, text[last:])) if pieces else text


def _letters(match: re.Match[str]) -> str:
    """Enough of it must be digits: a word of O and l alone is no number."""
    token = match[0]
    digits = sum(c.isdigit() for c in token)
    if len(token) not in _LENGTHS or digits < len(token) * _LEAST_SHARE:
        return token
    return token.translate(_FOR_LETTERS)
