"""Files inside a PDF: in its list of attachments, behind a pin on a page, or belonging to a part of
it (7.11.4, 12.5.6.15, 14.13). Each is read in turn."""

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pikepdf

from formats.budget import Budget
from formats.opening import read_stream
from formats.pdf.structure import PDF_LIES, Walk, entry, items_of, string_of
from formats.pdf.sweep import Swept
from formats.pdf.unpacking import unpacked
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

_KEYS = ("/UF", "/F", "/Unix", "/DOS", "/Mac")
_NO_NAME = "附件"


class _File(NamedTuple):
    name: str
    about: str
    stream: Any
    page: int | None


def attachments(
    pdf: pikepdf.Pdf, leaves: list[Any], found: Swept, budget: Budget
) -> tuple[list[Segment], list[Trouble]]:
    """Each file with its name as `place.member`.

    `leaves`: the page objects; `found`: all specifications and files, also those that no list
    has. Raises Unreadable(TOO_BIG).
    """
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    for number, file in enumerate(_files(pdf, leaves, found, troubles), 1):
        place = Place(Part.ATTACHMENT, page=file.page, paragraph=number)
        segments.append(Segment(place, file.name, visible=False, note="附件的文件名"))
        if file.about:
            segments.append(Segment(place, file.about, visible=False, note="附件的说明"))
        budget.spend_entries()
        try:
            try:
                data = unpacked(file.stream, budget, whole=True)
            except zlib.error:
                troubles.append(_unread(file.name, "附件有损坏，可能没有读全。"))
                data = unpacked(file.stream, budget)
        except PDF_LIES:
            troubles.append(_unread(file.name, "附件已损坏。"))
            continue
        try:
            with budget.deeper():
                inner = read_stream(io.BytesIO(data), budget, file.name)
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            troubles.append(_unread(file.name, error.text, error.code))
            continue
        for segment in inner.segments:
            member = "/".join(x for x in (file.name, segment.place.member) if x)
            segments.append(
                segment._replace(place=segment.place._replace(member=member), visible=False)
            )
        troubles += inner.troubles
    return segments, troubles


def _files(
    pdf: pikepdf.Pdf, leaves: list[Any], found: Swept, troubles: list[Trouble]
) -> Iterator[_File]:
    seen: set[tuple[int, int]] = set()
    try:
        for name, spec, page in _specs(pdf, leaves, found.files):
            files = entry(spec, "/EF")
            said = next((t for t in (string_of(entry(spec, k)) for k in _KEYS) if t), "")
            about = string_of(entry(spec, "/Desc"))
            for key in _KEYS:
                stream = entry(files, key)
                if not isinstance(stream, pikepdf.Stream) or stream.objgen in seen:
                    continue
                seen.add(stream.objgen)
                yield _File(said or name or _NO_NAME, about, stream, page)
        for stream in found.inner:
            if stream.objgen not in seen:
                yield _File(_NO_NAME, "没有列出的附件", stream, None)
    except PDF_LIES:
        troubles.append(_unread("附件列表", "附件列表已损坏。"))


def _specs(
    pdf: pikepdf.Pdf, leaves: list[Any], loose: Iterable[Any]
) -> Iterator[tuple[str, Any, int | None]]:
    tree = Walk().tree(
        items_of(entry(entry(pdf.Root, "/Names"), "/EmbeddedFiles")),
        lambda node: items_of(entry(node, "/Kids")),
    )
    for node in tree:
        pairs = items_of(entry(node, "/Names"))
        for name, spec in zip(pairs[::2], pairs[1::2], strict=False):
            yield string_of(name), spec, None
    for number, page in enumerate(leaves, 1):
        for note in items_of(entry(page, "/Annots")):
            spec = entry(note, "/FS")
            if spec is not None:
                yield "", spec, number
        for spec in items_of(entry(page, "/AF")):
            yield "", spec, number
    for spec in [*items_of(entry(pdf.Root, "/AF")), *loose]:
        yield "", spec, None


def _unread(name: str, why: str, code: TroubleCode = TroubleCode.DAMAGED) -> Trouble:
    return Trouble(
        code, f"PDF 里的“{name}”没有读成：{why}请人工查看。", Place(Part.ATTACHMENT, member=name)
    )
