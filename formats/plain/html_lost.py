"""What a parser of web pages leaves out without a word: attributes that stand twice or in the end
of an element, the document's type, strange names, a tag that the page breaks off in."""

import html
import re
from collections.abc import Iterable, Iterator

from formats.carving import telling
from formats.plain.html_source import NOT_TAGS
from formats.plain.html_told import DATA, address, unescaped

_HAN = "\u2e80-\ufaff\ufe10-\U0010ffff"
_TAG = re.compile(rf"<[A-Za-z/!][^<>]*[{_HAN}][^<>]*")
# A name begins where a word does, so that no word is looked at from each of its letters.
_ATTRIBUTE = re.compile(
    r"(?<![^\s\"'/])([^\s\"'<>/=]++)\s*+=\s*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|([^\s\"'>]++))"
)
# Names of fonts, pages inside, and what a reader of styles tells in pieces.
_IDLE = frozenset({"style", "face", "lang", "xml:lang", "srcdoc"})
_MARKS = "</>!?\"'[]"


def lost(text: str, said: Iterable[str]) -> Iterator[str]:
    """The words in tags of a page that are no text of a segment (`said`), each once."""
    if _TAG.search(text) is None:
        return
    known = set(said)
    for tag in _TAG.findall(NOT_TAGS.sub("", text.replace("\r\n", "\n"))):
        if tag.startswith("<?") or tag[:5].lower() == "<meta":
            continue  # told as a whole, or what tools write
        for found in _words(tag):
            if found not in known:
                known.add(found)
                yield found


def _words(tag: str) -> Iterator[str]:
    """Values of attributes that are not told in another writing, then other words."""
    for name, *values in _ATTRIBUTE.findall(tag):
        value = html.unescape("".join(values)).strip()
        if name.lower() not in _IDLE and telling(value) and not DATA.match(value):
            yield unescaped(value) if name.lower().startswith(("on", "data-")) else address(value)
    if not tag.startswith("<!") or tag[:9].lower() in ("<!doctype", "<!entity "):
        for word in _ATTRIBUTE.sub(" ", tag).split():
            if telling(word):
                yield word.strip(_MARKS)
