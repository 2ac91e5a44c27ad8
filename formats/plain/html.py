"""Web pages: the text a reader sees, and everything a browser is told besides."""

from collections.abc import Sequence, Set
from typing import BinaryIO

from formats.budget import Budget
from formats.containers.members import Members
from formats.plain.html_lost import lost
from formats.plain.html_page import Address, Page
from formats.plain.html_rules import Rules
from formats.plain.html_source import parse, text_of
from formats.plain.html_told import data_address
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_SUFFIXES = {
    "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "application/json": ".txt",
    "text/xml": ".xml", "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg",
    "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg",
}  # fmt: skip
_BROKEN = "网页里有 {} 处文字不是有效的编码，无法辨认。请用浏览器打开核对。"
_UNVEILED = (
    "网页的主要内容要等脚本运行后才显示，保存下来的页面直接打开可能是空白。"
    "已按能看见读取，请人工确认这些内容是否要公开。"
)


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """A segment a block of visible text; comments, hidden elements, meta, scripts, form values and
    data attributes beside them; files in data: addresses under `member`. Raises Unreadable."""
    return read_page(source.read(), budget, kind)


def read_page(
    data: bytes,
    budget: Budget,
    kind: Kind = Kind.HTML,
    charset: str = "",
    *,
    sheets: Sequence[str] = (),
    carried: Set[str] = frozenset(),
) -> Reading:
    """As `read`, from bytes. A mail knows more: the `charset`, style `sheets` kept beside the page,
    and the addresses of pictures that it carries and that are read for themselves."""
    text, broken = text_of(data, charset)
    tops = parse(text)
    own = [s.text or "" for top in tops for s in top.iter("style", "{*}style")]
    page = Page(budget, Rules([*sheets, *own]), carried)
    for top in tops:
        page.walk(top)
    troubles = []
    segments, unveiled = _unveil(page)
    for said in lost(text, [segment.text for segment in segments]):
        place = Place(Part.HIDDEN, paragraph=len(segments) + 1)
        segments.append(Segment(place, said, visible=False, note="浏览器不显示的标签里的文字"))
    if unveiled:
        troubles.append(Trouble(TroubleCode.LEFT_OUT, _UNVEILED))
    if broken:
        troubles.append(Trouble(TroubleCode.DAMAGED, _BROKEN.format(broken)))
    if page.pictures:
        troubles.append(
            Trouble(
                TroubleCode.NEEDS_OCR,
                f"网页里有 {page.pictures} 张图片，图上的文字没有识别。请人工逐张查看。",
            )
        )
    partial = bool(broken or page.pictures)
    sealed, shown = _inside(page.inside, budget)
    for members in (shown, sealed):
        segments += members.segments
        troubles += members.troubles
        partial |= members.partial
    return Reading(kind, tuple(segments), tuple(troubles), partial=partial)


def _unveil(page: Page) -> tuple[list[Segment], bool]:
    """The segments, the page's main text as seen where only a script has yet to show it.

    A saved WeChat article keeps all of its text under `visibility: hidden`, taken away by a script:
    a reader of the article saw it. What hides more than half of a scripted page's text is such a
    curtain; a smaller hidden block is a hidden block.
    """
    hidden: dict[int, int] = {}
    whole = 0
    for segment, cause in zip(page.segments, page.causes, strict=True):
        if segment.place.part in (Part.BODY, Part.TABLE, Part.HIDDEN):
            whole += len(segment.text)
            if cause and segment.note in ("隐藏（visibility）", "隐藏（opacity）"):
                hidden[cause] = hidden.get(cause, 0) + len(segment.text)
    curtain = max(hidden, key=lambda cause: hidden[cause], default=0)
    if not page.scripts or not curtain or hidden[curtain] * 2 <= whole:
        return list(page.segments), False
    return [
        _shown(segment) if cause == curtain and segment.note.startswith("隐藏（") else segment
        for segment, cause in zip(page.segments, page.causes, strict=True)
    ], True


def _shown(segment: Segment) -> Segment:
    part = Part.TABLE if segment.place.table else Part.BODY
    place = segment.place._replace(part=part)
    return Segment(place, segment.text, visible=True, note="脚本运行后才显示")


def _inside(addresses: list[Address], budget: Budget) -> tuple[Members, Members]:
    """Files that no one sees, and those shown in the page; the same bytes are read once."""
    sealed = Members(budget, "网页内嵌的", sealed=True)
    shown = Members(budget, "网页内嵌的")
    read_before: set[bytes] = set()
    for number, (text, visible, srcdoc) in enumerate(addresses, 1):
        members = shown if visible else sealed
        if srcdoc:
            budget.spend_entries()
            member = f"iframe-{number}.html"
            try:
                with budget.deeper():
                    members.add(read_page(text.encode("utf-8", "replace"), budget), member)
            except Unreadable as error:
                members.refuse(error, member)
            continue
        found = data_address(text)
        if found is None or not found[1] or found[1] in read_before:
            continue
        media, data = found
        read_before.add(data)
        budget.spend_entries()
        budget.spend_bytes(len(data))
        member = f"data-{number}{_SUFFIXES.get(media, '')}"
        members.take(data, member, member)
    return sealed, shown
