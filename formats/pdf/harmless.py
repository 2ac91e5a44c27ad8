"""Pages written in the few plain ways that common programs write text: told at one glance.

Nearly every page of an ordinary document is black text, thin lines and nothing else. One expression
that fits the whole content proves it, ten times faster than looking at the words. What does not fit
is looked at word by word. Every repetition is possessive, so that no content makes it slow; of
groups it is an atomic group, for Python before 3.11.5 loses its place in a possessive one. What may
be missing is one of two alternatives: found sooner than with a question mark.
"""

import re

_NUMBER = rb"-?[0-9.]++"
_PAIR = _NUMBER + rb"\ " + _NUMBER
# A clip, as a rectangle or as four lines.
_CLIP = (
    rb"(?:" + _PAIR + rb"\ " + _PAIR + rb"\ re\s++"
    rb"|" + _PAIR + rb"\ m\s++(?>(?:" + _PAIR + rb"\ l\s++)+)h\s++)W\*?+\s++n\s++"
)
_MOVED = rb"1\ 0\ 0\ 1\ " + _PAIR + rb"\ cm\s++"
_LINES = (
    rb"(?:[01](?:\.[0-9]++|)\ w\s++|[0-2]\ J\s++|[0-2]\ j\s++|\[\]\ ?+0\ ++d\s++)"
    rb"|" + _PAIR + rb"\ [ml]\s++"
    rb"|[Sh]\s++"
    # A rectangle less than three points thin: Qt draws the borders of tables so.
    rb"|"
    + _PAIR
    + rb"\ (?:[0-2](?:\.[0-9]++|)\ "
    + _NUMBER
    + rb"|"
    + _NUMBER
    + rb"\ -?[0-2](?:\.[0-9]++|))\ re\s++f\s++"
)
# Black in one of the ways to say it; grey that is far from white, of lines and of text.
_INK = (
    rb"(?:0\ 0\ 0|0?\.[0-8][0-9]*+\ 0?\.[0-8][0-9]*+\ 0?\.[0-8][0-9]*+)\ (?:rg|RG|scn|SCN)\s++"
    rb"|0\ [gG]\s++"
)
_STATES = rb"/[A-Za-z]++[0-9]*+\ (?:gs|cs|CS)\s++"
# At least three points, under matrices that at most halve it.
_FONT = rb"/[A-Za-z]++[0-9]*+\ (?:[3-9]|[1-9][0-9]++)(?:\.[0-9]++|)\ Tf\s*+"
# What stands between the brackets is shown whatever it is, and one character ends it: an array
# that goes on past its first bracket leaves words that fit nothing here.
_STRING, _ARRAY = rb"<(?!<)[^>]*+>", rb"\[[^]]*+\]"
_SHOWN = rb"(?:" + _STRING + rb"\ ?+Tj\s++|" + _ARRAY + rb"\ ?+TJ\s++)"
_TEXT = (
    rb"(?>(?:" + _PAIR + rb"\ Td\ " + _STRING + rb"\ Tj\n)+)"
    rb"|" + _PAIR + rb"\ Td\s*+"
    rb"|" + _FONT + rb"|" + _SHOWN + rb"|1\ 0\ 0\ -?1\ " + _PAIR + rb"\ Tm\s++"
)
# How LibreOffice writes a rule and a piece of text: known as wholes, they take half the time.
_RULES = (
    rb"(?>(?:q\ [01](?:\.[0-9]++|)\ w\ [0-2]\ J\ [0-2]\ j\n"
    rb"" + _PAIR + rb"\ m\n" + _PAIR + rb"\ l\ S\nQ\n)+)"
)
_PIECE = (
    rb"/F[0-9]++\ (?:[3-9]|[1-9][0-9]++)(?:\.[0-9]++|)\ Tf(?:"
    + _STRING
    + rb"Tj|"
    + _ARRAY
    + rb"TJ)\n"
)
_PIECES = (
    rb"(?>(?:q\ 0\ 0\ 0\ rg\nBT\n(?>(?:"
    + _PAIR
    + rb"\ Td\ "
    + _PIECE
    + rb"(?>(?:1\ 0\ 0\ 1\ "
    + _PAIR
    + rb"\ Tm\n"
    + _PIECE
    + rb")*))?)ET\nQ\n)+)"
)
_MARKS = rb"/[A-Za-z0-9]++\s?+<<\s?+/MCID\ [0-9]++\s?+>>\s?+BDC\s++|EMC\s++"
_FRAMES = rb"[qQ]\s++"
_SCALED = rb"(?:0\.[5-9][0-9]*+|1)\ 0\ 0\ -?(?:0\.[5-9][0-9]*+|1)\ " + _PAIR + rb"\ cm\s++"

_HEAD = rb"|".join((_RULES, _FRAMES, _STATES, _INK, _CLIP, _LINES, _MOVED))
_BODY = rb"|".join(
    (
        _PIECES,
        _RULES,
        rb"BT\s++|ET\s++",
        _FRAMES,
        _TEXT,
        _INK,
        _LINES,
        _STATES,
        _MOVED,
        _MARKS,
        _CLIP,
    )
)
_PLAIN = re.compile(
    rb"\s*+(?>(?:"
    + _STATES
    + rb")*)(?>(?:"
    + _SCALED
    + rb")?)(?>(?:"
    + _HEAD
    + rb")*)(?>(?:"
    + _BODY
    + rb")*)\Z",
    re.VERBOSE,
)
_STATE_NAMES = re.compile(rb"/([A-Za-z]++[0-9]*+) (gs|cs)\s")


def is_plain(data: bytes) -> bool:
    """Whether the content is black text and thin lines, if its states and colours are plain ones.

    Clips it may set anywhere. `states_of` gives the names that this depends on.
    """
    return _PLAIN.match(data if data[-1:].isspace() else data + b"\n") is not None


def states_of(data: bytes) -> set[tuple[bytes, bytes]]:
    """The names of graphics states (gs) and colour spaces (cs): (name, operator)."""
    if b"s" not in data:
        return set()  # one letter is found a hundred times sooner than names, and few pages have it
    return set(_STATE_NAMES.findall(data))
