"""Comments and strings in the content of PDF pages that no operator shows."""

import io
import time
from typing import Any

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.pdf.unshown import unshown
from formats.reading import Part, Segment
from tests.build.pdf import Page, Pdf, show

MARKER = "覃小满四五一二二六"
PHONE = "13800138000"
WIDE = b"<FEFF" + MARKER.encode("utf-16-be").hex().encode() + b">"
BYTES = b"(" + MARKER.encode("gbk").replace(b"\\", b"\\\\") + b")"
TEXT = show("正文")
ROUGH = TEXT + b"(x) Tj 0.5 0.1 0.1 rg (never plain) Tj\n"


def hits(data: bytes, marker: str = MARKER) -> list[Segment]:
    found = read_stream(io.BytesIO(data), Budget(), "公示.pdf")
    assert any("正文" in s.text for s in found.segments)
    return [s for s in found.segments if marker in s.text]


def page(content: bytes) -> bytes:
    return Pdf([Page(TEXT), Page(content)]).build()


def case(name: str, content: bytes) -> Any:
    mark = pytest.mark.place("pdf", name, visible=False)
    return pytest.param(content, marks=mark, id=name)


@pytest.mark.parametrize(
    "content",
    [
        case("页面内容里的注释", TEXT + b"% " + MARKER.encode() + b"\n"),
        case("页面内容里的注释（GBK）", ROUGH + b"%" + MARKER.encode("gbk")),
        case("数组里的注释", TEXT + b"BT /F1 9 Tf [<6B63> %" + MARKER.encode() + b"\n] TJ ET\n"),
        case("页面内容里没有操作符的字符串", TEXT + WIDE + b" q Q\n"),
        case("页面内容里多出的字符串", ROUGH + BYTES + b" (x) Tj\n"),
        case("页面内容里不显示的数组", ROUGH + b"[" + BYTES + b" -3 (y)] 0 d\n"),
        case("页面内容结尾的字符串", ROUGH + WIDE),
    ],
)  # fmt: skip
def test_what_no_operator_shows_is_read(content: bytes) -> None:
    (segment,) = hits(page(content))
    assert (segment.place.part, segment.place.page) == (Part.HIDDEN, 2)
    assert (segment.place.path, segment.visible) == ("content", False)


@pytest.mark.place("pdf", "图形内容里的注释", visible=False)
def test_what_no_operator_shows_in_a_form_is_read() -> None:
    pdf = Pdf()
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 99 99]"
    form = pdf.stream(b"0 0 9 9 re f\n%" + MARKER.encode(), entries)
    pdf.pages.append(Page(TEXT + b"/X Do\n", resources=f"/XObject << /X {form} >>"))
    (segment,) = hits(pdf.build())
    assert (segment.place.part, segment.visible) == (Part.HIDDEN, False)
    assert segment.place.path == f"object {form.split()[0]}"


def test_a_comment_is_told_once() -> None:
    assert len(hits(page(TEXT + (b"%" + MARKER.encode() + b"\n") * 3))) == 1


def test_a_long_number_in_a_comment_is_read() -> None:
    assert len(hits(page(TEXT + b"% " + PHONE.encode() + b"\n"), PHONE)) == 1


@pytest.mark.parametrize(
    "content",
    [
        BYTES + b"Tj",
        BYTES + b" '",
        b"1 2 " + BYTES + b' "',
        b"[" + BYTES + b" -3 " + WIDE + b"] TJ",
        b"[(a(b)) " + BYTES + b"]TJ",
        b"((" + BYTES + b")) Tj",
        b"(50% " + MARKER.encode() + b") Tj",
        b"/Span << /Lang (zh) /ActualText " + WIDE + b" >> BDC",
        b"/Span << /A << /B " + WIDE + b" >> >> BDC",
        b"BI /W 1 /H 1 ID %" + MARKER.encode() + b" ( [ < EI Q",
        b"% ends with the line\n" + BYTES + b" Tj",
        b"%%BeginPage (x) 123",
        b"[ " + BYTES + b" Tj ET",
    ],
)
def test_what_is_shown_or_told_elsewhere_is_not_unshown(content: bytes) -> None:
    assert unshown(b"q BT " + content + b"\nET Q " + BYTES + b" Tj") == []


@pytest.mark.parametrize(
    "piece",
    [b"%", b"(", b"[", b"<", b"<<", b">", b"[a ", b"BI ", b"BI ID ", b"(a) ", b"[(a) ", b"[((a)) ",
     b"<<(a) ", b"(\\", b"%x\n", b"\xff"],
)  # fmt: skip
def test_contents_without_end_cost_no_more_than_their_length(piece: bytes) -> None:
    start = time.process_time()
    assert unshown(piece * 200_000) == []
    assert time.process_time() - start < 15.0
