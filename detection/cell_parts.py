"""Several facts in one cell: which part of it is what its column says."""

import re
from collections.abc import Callable

from detection.grids import squeeze
from detection.names import person_name

_TOKEN = re.compile(r"[^\s,，、;；:：/|()（）]+(?![^\s,，、;；:：/|()（）])(?![:：])")
"""What stands between blanks and marks, but for a label: 经办人 before a colon."""
_LONG_NUMBER = re.compile(r"[0-9Xx*-]{7,}")
_PLACE = re.compile("[省市县区镇乡村街路社组号]$")
_SENTENCE = re.compile("[。！？]")
_LONGEST = 60
_WORDS = "白石沟村三组"
_SHORTEST_REST = 4

Span = tuple[int, int]


def facts_in(text: str, in_form: Callable[[str], bool]) -> list[Span]:
    """The spans of a cell's text that are in form: all of it, or the parts beside a person.

    A sentence is one fact or none. `in_form` judges a text without blanks. 覃小满 白石沟村3组 is a
    name and an address.
    """
    whole = len(text) - len(text.lstrip()), len(text.rstrip())
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return [whole] if in_form(squeeze(text)) else []
    wordy = in_form(_WORDS)
    parts = [
        (span, part)
        for match in _TOKEN.finditer(text)
        if (span := match.span()) != whole
        and in_form(part := squeeze(match[0]))
        and not (wordy and _is_number(part))
    ]
    if not in_form(squeeze(text)):
        return [span for span, _ in parts]
    rest = [span for span, part in parts if len(part) >= _SHORTEST_REST and not _is_person(part)]
    return rest if rest and _mixed(text) else [whole]


def _mixed(text: str) -> bool:
    """A person or his number stands at one end alone."""
    tokens = [squeeze(token) for token in _TOKEN.findall(text)]
    first, last = (_is_person(token) or _is_number(token) for token in (tokens[0], tokens[-1]))
    return first != last


def _is_person(token: str) -> bool:
    return not _PLACE.search(token) and person_name(token, named=False) is not None


def _is_number(token: str) -> bool:
    return _LONG_NUMBER.fullmatch(token) is not None
