"""What an Outlook message holds where no property is read as text: binary values, strange streams,
bytes that no stream owns."""

import re
from collections.abc import Iterable, Iterator, Sequence

from formats.carving import telling, texts_in_all, words_of
from formats.mail.properties import Compound
from formats.reading import Part, Place, Segment
from formats.unsaid import Said

# Bodies and attached files are read for themselves: carved, they would be torn to pieces.
_READ = re.compile(r"__substg1\.0_(?:1000001[EF]|1013(?:001[EF]|0102)|10090102|37010102)")
_WIDE = re.compile(r"__substg1\.0_[0-9A-F]{4}[01]01F(?:-[0-9A-F]{8})?")


def rest(file: Compound, segments: Sequence[Segment]) -> Iterator[Segment]:
    """The words that stand in no segment. Raises Unreadable."""
    said = Said(segments)
    for name in file.names:
        kind = name.rpartition("/")[2].upper().replace("__SUBSTG", "__substg")
        if _READ.fullmatch(kind):
            continue
        data = file.bytes_at(tuple(name.split("/")))
        texts: Iterable[str]
        if _WIDE.fullmatch(kind):
            texts = [data.decode("utf-16-le", "replace").strip("\0")]
        else:
            texts = words_of(data)
        yield from _left(texts, name, Part.HIDDEN, "邮件软件不显示的数据", said)
    yield from _left(
        texts_in_all(file.loose()), "", Part.REVISION_HISTORY, "文件空隙里残留的文字", said
    )


def _left(texts: Iterable[str], name: str, part: Part, note: str, said: Said) -> Iterator[Segment]:
    for number, text in enumerate(texts, 1):
        if telling(text) and not said.has(text):
            place = Place(part, paragraph=number, path=name or None)
            yield Segment(place, text, visible=False, note=note)
