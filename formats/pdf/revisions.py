"""Earlier versions inside a file: an incremental save leaves the old bytes in place (7.5.6)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from formats.reading import Part, Place, Segment, Trouble, TroubleCode

MOST_VERSIONS = 8
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]{0,2}")


def ends_of(data: bytes) -> list[int]:
    """Where each earlier version ends, the oldest first."""
    ends = [m.end() for m in _END.finditer(data)][:-1]
    # The first end of a linearized file is no version: its second half belongs to it (annex F).
    return ends[1:] if b"/Linearized" in data[:1024] else ends


def looked_at(ends: Sequence[int]) -> list[tuple[int, int]]:
    """(number from 1, end) of the versions that are read, the newest first."""
    return list(enumerate(ends, 1))[-MOST_VERSIONS:][::-1]


def gone(segments: Iterable[Segment], version: int, said: set[str]) -> Iterator[Segment]:
    """What an earlier version says and no later one (`said`, which grows)."""
    for segment in segments:
        text = segment.text.strip()
        if text and text not in said:
            said.add(text)
            old = segment.place
            place = Place(
                Part.REVISION_HISTORY,
                member=old.member,
                page=old.page,
                paragraph=old.paragraph,
                path=f"version {version}",
            )
            kept = f"（{old.part.label}）" if old.part not in (Part.BODY, Part.TABLE) else ""
            note = f"第 {version} 次保存时的内容{kept}，现在的文件里没有"
            yield Segment(place, segment.text, visible=False, note=note)


def troubles(ends: Sequence[int]) -> list[Trouble]:
    """What was not read."""
    if len(ends) <= MOST_VERSIONS:
        return []
    text = (
        f"这个 PDF 里留有 {len(ends)} 个历史版本，只读了最近的 {MOST_VERSIONS} 个。"
        "请用原软件另存为新文件后再放入，公开件不要带历史版本。"
    )
    return [Trouble(TroubleCode.LEFT_OUT, text, Place(Part.REVISION_HISTORY))]
