"""Outlook messages: a marker in each place."""

from pathlib import Path

import pytest

from formats import read
from formats.mail.lzfu import decompress
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable
from tests.build import outlook as o
from tests.build.rtf import gbk, rtf
from tests.build.word import docx, paragraph, run

MARKER = "标记甲8613"


def look(folder: Path, data: bytes) -> Reading:
    path = folder / "a.msg"
    path.write_bytes(data)
    return read(path)


def found(reading: Reading, text: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if text in s.text]
    return segment


def place(words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place("msg", words, visible=visible)


def case(words: str, streams: o.Streams, part: Part, *, visible: bool = False) -> object:
    return pytest.param(streams, part, visible, id=words, marks=place(words, visible=visible))


CASES = [
    case("主题", o.text(o.SUBJECT, MARKER), Part.SUBJECT, visible=True),
    case("发件人", o.text(o.SENDER, MARKER), Part.PROPERTY, visible=True),
    case("收件人", o.text(o.TO, MARKER), Part.PROPERTY, visible=True),
    case("抄送", o.text(o.COPY, MARKER), Part.PROPERTY, visible=True),
    case("密送", o.text(o.BLIND, MARKER), Part.PROPERTY),
    case("邮件头", o.text(o.HEADERS, f"Received: {MARKER}"), Part.PROPERTY),
    case("正文", o.text(o.BODY, MARKER), Part.BODY, visible=True),
    case("正文（旧编码）", o.old_text(o.BODY, MARKER), Part.BODY, visible=True),
    case("网页正文", o.binary(o.HTML, f"<p>{MARKER}".encode()), Part.BODY, visible=True),
    case(
        "网页正文里的隐藏文字",
        o.binary(o.HTML, f"<p hidden>{MARKER}".encode()),
        Part.HIDDEN,
    ),
    case(
        "与网页正文不同的纯文本",
        o.binary(o.HTML, "<p>看得见".encode()) | o.text(o.BODY, MARKER),
        Part.HIDDEN,
    ),
    case(
        "RTF 正文",
        o.binary(o.RTF, o.plainly_packed(rtf(gbk(MARKER)))),
        Part.BODY,
        visible=True,
    ),
    case(
        "压缩的 RTF 正文",
        o.binary(o.RTF, o.literally_packed(rtf(gbk(MARKER)))),
        Part.BODY,
        visible=True,
    ),
    case(
        "收件人列表",
        o.recipient(0, 1, o.text(0x3001, MARKER)),
        Part.PROPERTY,
        visible=True,
    ),
    case("密送的收件人", o.recipient(0, 3, o.text(0x3001, MARKER)), Part.PROPERTY),
    case("收件人地址", o.recipient(0, 1, o.text(0x39FE, MARKER)), Part.PROPERTY),
    case("附件名", o.attachment(0, f"{MARKER}.txt", b"a"), Part.NAME, visible=True),
    case("附件内容", o.attachment(0, "甲.txt", MARKER.encode()), Part.BODY, visible=True),
    case(
        "附件原路径",
        o.attachment(0, "甲.txt", b"a")
        | o.under("__attach_version1.0_#00000000", o.text(0x370D, f"D:\\{MARKER}")),
        Part.LINK,
    ),
    case("附件里的邮件", o.embedded(0, "转发", o.text(o.BODY, MARKER)), Part.BODY, visible=True),
    case("其他属性", o.text(0x8005, MARKER), Part.PROPERTY),
    case("列表属性", {"__substg1.0_8006101F-00000000": MARKER.encode("utf-16-le")}, Part.PROPERTY),
]


@pytest.mark.parametrize(("streams", "part", "visible"), CASES)
def test_each_place_is_read(streams: o.Streams, part: Part, visible: bool, tmp_path: Path) -> None:
    reading = look(tmp_path, o.message(streams))
    segment = found(reading)
    assert reading.kind is Kind.MSG
    assert (segment.place.part, segment.visible) == (part, visible)
    assert not reading.partial
    places = [s.place for s in reading.segments]
    assert len(places) == len(set(places))


@place("附件里的文档", visible=True)
def test_an_attached_document_is_opened(tmp_path: Path) -> None:
    inner = docx(paragraph(run(MARKER)))
    reading = look(tmp_path, o.message(o.text(o.BODY, "见附件"), o.attachment(0, "甲.docx", inner)))
    assert found(reading).place.member == "甲.docx"


@place("附件里的邮件的附件", visible=True)
def test_attachments_of_an_attached_message_are_opened(tmp_path: Path) -> None:
    inner = o.text(o.SUBJECT, "转") | o.attachment(0, "乙.txt", MARKER.encode())
    reading = look(tmp_path, o.message(o.embedded(0, "转发", inner)))
    assert found(reading).place.member == "转发.msg/乙.txt"


@place("嵌在邮件里的对象", visible=False)
def test_an_object_in_a_message_is_opened(tmp_path: Path) -> None:
    native = b"\2\0" + "甲.txt".encode("gb18030") + b"\0C:\\a\0\0\0\3\0\2\0\0\0a\0"
    data = MARKER.encode()
    stream = native + len(data).to_bytes(4, "little") + data
    item = {"\x01Ole10Native": len(stream).to_bytes(4, "little") + stream}
    own = o.under(f"__substg1.0_{o.DATA:04X}000D", item) | o.fixed(8, (0x3705, 3, 6))
    reading = look(tmp_path, o.message(o.under("__attach_version1.0_#00000000", own)))
    segment = found(reading)
    assert (segment.place.part, segment.visible) == (Part.EMBEDDED, False)
    assert any("甲.txt" in s.text for s in reading.segments)


@place("自定义属性的名称", visible=False)
def test_a_named_property_says_its_name(tmp_path: Path) -> None:
    reading = look(tmp_path, o.message(o.named(0x8000, "审批人"), o.text(0x8000, MARKER)))
    assert found(reading).note == "审批人"


@place("发送时间", visible=True)
def test_the_time_of_sending_is_read(tmp_path: Path) -> None:
    moment = 134168976600000000  # 2026-03-01 16:01 in UTC
    reading = look(tmp_path, o.message(o.text(o.BODY, "甲"), entries=((0x0039, 0x40, moment),)))
    segment = next(s for s in reading.segments if s.note == "发送时间")
    assert segment.text.startswith("2026-03-")
    assert segment.visible


def test_a_plain_version_that_says_the_same_is_seen(tmp_path: Path) -> None:
    body = o.text(o.BODY, f"{MARKER} 公示\r\n") | o.binary(o.HTML, f"<p>{MARKER}<b>公示".encode())
    reading = look(tmp_path, o.message(body))
    assert all(s.visible for s in reading.segments)


def test_a_code_page_is_taken_from_the_message(tmp_path: Path) -> None:
    page = "<p>覃國</p>".encode("big5")
    reading = look(tmp_path, o.message(o.binary(o.HTML, page), entries=((0x3FDE, 3, 950),)))
    assert found(reading, "覃國").visible


def test_an_encrypted_message_says_so(tmp_path: Path) -> None:
    reading = look(tmp_path, o.message(o.text(0x001A, "IPM.Note.SMIME"), o.text(o.SUBJECT, "甲")))
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.ENCRYPTED]


def test_a_file_elsewhere_says_so(tmp_path: Path) -> None:
    own = o.text(o.FILE_NAME, "甲.docx") | o.fixed(8, (0x3705, 3, 7))
    reading = look(tmp_path, o.message(o.under("__attach_version1.0_#00000000", own)))
    assert [t.code for t in reading.troubles] == [TroubleCode.MISSING]


def test_references_into_what_was_written_are_undone() -> None:
    # [MS-OXRTFCP] 3.1: the example of a simple compressed message.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af3"
        "2068656c090020627705b06c647d0a800fa0"
    )
    assert decompress(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_letters_and_their_end_are_undone() -> None:
    for size in (0, 1, 7, 8, 9, 4100):
        data = bytes(range(65, 91)) * 200
        assert decompress(o.literally_packed(data[:size])) == data[:size]


def test_a_run_is_copied_from_itself() -> None:
    # "A", then ten letters from one back, then the end.
    start = 207
    token = (start << 4) | 8
    end = (start + 11) << 4
    body = bytes((0b110, 65, token >> 8, token & 255, end >> 8, end & 255))
    head = (len(body) + 12).to_bytes(4, "little") + b"\x0b\0\0\0LZFu\0\0\0\0"
    assert decompress(head + body) == b"A" * 11


@pytest.mark.parametrize("data", [b"", b"\0" * 15, b"\0" * 8 + b"abcd" + b"\0" * 40])
def test_a_strange_header_is_damage(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decompress(data)


NAME = "覃小满韦青禾"
WIDE = NAME.encode("utf-16-le")
ENTRY = b"\0" * 24 + WIDE + b"\0\0S\0M\0T\0P\0\0\0"
UNREAD = [
    case("二进制属性里的文字", o.binary(0x6666, WIDE), Part.HIDDEN),
    case("二进制属性里的文字（GBK）", o.binary(0x6666, NAME.encode("gbk")), Part.HIDDEN),
    case("发件人的目录条目", o.binary(0x0C19, ENTRY), Part.HIDDEN),
    case("收件人的目录条目", o.recipient(0, 1, o.binary(0x0FFF, ENTRY)), Part.HIDDEN),
    case("邮件的类别", o.text(0x001A, NAME), Part.HIDDEN),
    case("附件的短名称", o.attachment(0, "a.txt", b"x")
         | o.under("__attach_version1.0_#00000000", o.text(0x3704, NAME)), Part.HIDDEN),
    case("没有用到的自定义属性名", o.named(0x8001, NAME), Part.HIDDEN),
    case("不属于任何属性的数据", {"foo": WIDE}, Part.HIDDEN),
    case("附件里的邮件的其他数据", o.embedded(0, "x", o.text(o.BODY, "甲") | {"foo": WIDE}),
         Part.HIDDEN),
]  # fmt: skip


@pytest.mark.parametrize(("streams", "part", "visible"), UNREAD)
def test_words_that_no_property_tells_are_read(
    tmp_path: Path, streams: o.Streams, part: Part, visible: bool
) -> None:
    segment = found(look(tmp_path, o.message(o.text(o.BODY, "正文") | streams)), NAME)
    assert (segment.place.part, segment.visible) == (part, visible)


@place("文件空隙里残留的文字", visible=False)
def test_bytes_behind_the_last_stream_are_read(tmp_path: Path) -> None:
    segment = found(look(tmp_path, o.message(o.text(o.BODY, "正文")) + WIDE), NAME)
    assert (segment.place.part, segment.visible) == (Part.REVISION_HISTORY, False)


def test_an_entry_that_repeats_a_name_is_not_told_again(tmp_path: Path) -> None:
    data = o.message(o.text(o.SENDER, NAME) | o.binary(0x0C19, ENTRY))
    assert found(look(tmp_path, data), NAME).visible
