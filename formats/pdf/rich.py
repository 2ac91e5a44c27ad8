"""Words in the markup of notes and forms: rich text and XFA are XML, often of one piece only
(12.7.3.4, 12.7.8)."""

import html
import re
from collections.abc import Iterator

from formats.carving import telling

# A tag ends where the next begins, so that no run of brackets is searched to its end for each.
_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r"=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_REMARK = re.compile(r"<!--|-->|<\?|\?>")


def bare(markup: str) -> str:
    """The letters between the tags."""
    return html.unescape(_TAG.sub("", markup)).strip()


def lines(markup: str) -> Iterator[tuple[str, bool]]:
    """(words, whether a form may show them): between tags, in attributes and in remarks."""
    for line in _TAG.sub("\n", markup).splitlines():
        text = html.unescape(line).strip()
        if text:
            yield text, True
    for tag in _TAG.findall(markup):
        if not telling(html.unescape(tag)):
            continue
        if tag.startswith(("<!", "<?")):
            yield _REMARK.sub("", tag).strip(), False
        for found in _VALUE.findall(tag):
            text = html.unescape("".join(found)).strip()
            if telling(text):
                yield text, False
