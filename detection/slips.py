"""What slips of the hand make of set phrases: a character that sounds or looks alike, one left out,
two in the wrong order."""

from collections.abc import Iterable, Iterator, Mapping

_LONG = 4
_KEPT = frozenset("和的与、")
"""May be left out or moved without harm: 人力资源和社会保障, 人力资源社会保障."""


def slips(
    phrases: Iterable[str], longer: Iterable[str], alike: Iterable[str], sound: Iterable[str] = ()
) -> Mapping[str, str]:
    """The wrong words by what they should be.

    `alike`: groups of characters that are taken for each other; `sound`: groups of those that only
    sound alike, for phrases of four characters at the least. Only of `longer` phrases is a
    character left out or moved: of a short one something right may come of it.
    """
    few, many = _groups([*alike]), _groups([*alike, *sound])
    right = [*phrases, *longer]
    found: dict[str, str] = {}
    for phrase in right:
        for wrong in _replaced(phrase, many if len(phrase) >= _LONG else few):
            found.setdefault(wrong, phrase)
    for phrase in longer:
        for wrong in _moved(phrase):
            found.setdefault(wrong, phrase)
    # Many phrases and few characters: one search through all of them is the cheaper.
    known = " ".join(right)
    return {wrong: phrase for wrong, phrase in found.items() if wrong not in known}


def _groups(alike: Iterable[str]) -> dict[str, str]:
    """By character, those it is taken for."""
    groups: dict[str, str] = {}
    for group in alike:
        for character in group:
            groups[character] = groups.get(character, "") + group
    return groups


def _replaced(phrase: str, groups: Mapping[str, str]) -> Iterator[str]:
    for at, character in enumerate(phrase):
        for other in groups.get(character, ""):
            if other != character:
                yield phrase[:at] + other + phrase[at + 1 :]


def _moved(phrase: str) -> Iterator[str]:
    for at in range(1, len(phrase) - 1):
        if phrase[at] not in _KEPT:
            yield phrase[:at] + phrase[at + 1 :]
            if phrase[at + 1] not in _KEPT:
                yield phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :]
