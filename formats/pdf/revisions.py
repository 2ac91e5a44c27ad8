"""Earlier versions inside a file: an incremental save leaves the old bytes in place (7.5.6)."""

import re
from collections.abc import Iterator

import pypdfium2

from formats.pdf.document import opened, page_of
from formats.reading import Part, Place, Segment, Unreadable

MOST_VERSIONS = 8
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]{0,2}")


def earlier_texts(data: bytes, current: frozenset[str], pages: int) -> Iterator[Segment]:
    """Lines that an earlier version shows and the current one (`current`) does not have.

    `pages`: how many pages of each version are looked at.
    """
    ends = [m.end() for m in _END.finditer(data)][:-1]
    if b"/Linearized" in data[:1024]:
        ends = ends[1:]
    said = set(current)
    for version, end in reversed(list(enumerate(ends, 1))[-MOST_VERSIONS:]):
        try:
            with opened(data[:end]) as document:
                for number in range(1, min(len(document), pages) + 1):
                    with page_of(document, number) as page:
                        text = page.get_textpage().get_text_range()
                    for index, raw in enumerate(text.splitlines(), 1):
                        line = raw.strip()
                        if line and line not in said:
                            said.add(line)
                            place = Place(
                                Part.REVISION_HISTORY,
                                page=number,
                                paragraph=index,
                                path=f"version {version}",
                            )
                            note = f"第 {version} 次保存时的内容，现在的页面上没有"
                            yield Segment(place, line, visible=False, note=note)
        except (Unreadable, pypdfium2.PdfiumError, AssertionError):
            continue
