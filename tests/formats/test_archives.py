"""Archives: a marker in each place, names and bytes that most programs never show."""

import io
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pikepdf
import pytest

from formats import read
from formats.budget import Budget, Limits
from formats.opening import read_stream
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable
from tests.build import containers as c
from tests.build.word import docx, paragraph, run

MARKER = "标记甲8613"
RAW = MARKER.encode()
_MIB = 1024 * 1024


def look(data: bytes, name: str = "包.zip", limits: Limits | None = None) -> Reading:
    return read_stream(io.BytesIO(data), Budget(limits), name)


def found(reading: Reading, text: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if text in s.text]
    return segment


def place(kind: str, words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place(kind, words, visible=visible)


def info(
    name: str, *, comment: bytes = b"", link: bool = False, extra: bytes = b""
) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.comment = comment
    made.extra = extra
    if link:
        made.external_attr = 0o120777 << 16
    return made


def case(
    kind: str, words: str, data: bytes, part: Part, member: str | None, *, visible: bool = True
) -> object:
    return pytest.param(
        kind,
        data,
        part,
        member,
        visible,
        id=f"{kind} {words}",
        marks=place(kind, words, visible=visible),
    )


DOC = docx(paragraph(run(MARKER)))
NOTE = "乙.txt"
CASES = [
    case("zip", "成员内容", c.archive({NOTE: RAW}), Part.BODY, NOTE),
    case("zip", "成员文档", c.archive({"甲/一.docx": DOC}), Part.BODY, "甲/一.docx"),
    case("zip", "成员名", c.archive({f"{MARKER}.txt": b"a1"}), Part.NAME, f"{MARKER}.txt"),
    case("zip", "成员名（GBK）", c.windows_archive(f"{MARKER}.txt", b"a1"), Part.NAME,
         f"{MARKER}.txt"),
    case("zip", "文件夹名", c.archive({f"{MARKER}/": b"", NOTE: b"a1"}), Part.NAME, f"{MARKER}/"),
    case("zip", "包中包", c.nested(3, RAW), Part.BODY, "层1.zip/层0.zip/内.txt"),
    case("zip", "压缩包注释", c.archive({NOTE: b"a1"}, comment=MARKER.encode("gb18030")),
         Part.PROPERTY, None, visible=False),
    case("zip", "成员注释", c.stitched((info(NOTE, comment=RAW), b"a1")), Part.PROPERTY, NOTE,
         visible=False),
    case("zip", "符号链接的目标", c.stitched((info(NOTE, link=True), b"D:/" + RAW)), Part.LINK,
         NOTE, visible=False),
    case("zip", "文件夹自身的内容", c.stitched((info("夹/"), RAW), (info(NOTE), b"a1")),
         Part.BODY, "夹/"),
    case("zip", "目录没有列出的文件", c.unlisted(NOTE, RAW), Part.EMBEDDED, NOTE, visible=False),
    case("zip", "目录没有列出的压缩文件", c.unlisted(NOTE, RAW * 3, deflated=True), Part.EMBEDDED,
         NOTE, visible=False),
    case("zip", "同名文件的第二个", c.stitched((info(NOTE), b"a1"), (info(NOTE), RAW)), Part.BODY,
         f"{NOTE} (2)"),
    case("zip", "大文件格式", c.large_format(NOTE, RAW), Part.BODY, NOTE),
    case("7z", "成员内容", c.seven({NOTE: RAW}), Part.BODY, NOTE),
    case("7z", "成员文档", c.seven({"甲/一.docx": DOC, NOTE: b"a1"}), Part.BODY, "甲/一.docx"),
    case("7z", "成员名", c.seven({f"{MARKER}.txt": b"a1"}), Part.NAME, f"{MARKER}.txt"),
    case("7z", "末尾多出的数据", c.seven({NOTE: b"a1"}) + RAW, Part.EMBEDDED, "压缩包末尾",
         visible=False),
    case("7z", "中间多出的数据", c.gap_seven({NOTE: b"a1"}, RAW), Part.EMBEDDED,
         "压缩包中间", visible=False),
    case("7z", "包中包", c.seven({"内.zip": c.archive({NOTE: RAW})}), Part.BODY, f"内.zip/{NOTE}"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "part", "member", "visible"), CASES)
def test_each_place_is_read(
    kind: str, data: bytes, part: Part, member: str | None, visible: bool, tmp_path: Path
) -> None:
    path = tmp_path / f"包.{kind}"
    path.write_bytes(data)
    reading = read(path)
    segment = found(reading)
    assert reading.kind is Kind(kind)
    assert (segment.place.part, segment.place.member, segment.visible) == (part, member, visible)
    assert list(tmp_path.iterdir()) == [path]


TWICE = c.stitched((info(NOTE), b"a1"), (info(NOTE), RAW))
FOLDER = c.stitched((info("夹/"), RAW), (info(NOTE), b"a"))
TOLD = {
    "before": (b"MZ" + RAW + c.archive({NOTE: b"a1"}), TroubleCode.LEFT_OUT, "开头"),
    "behind": (c.archive({NOTE: b"a1"}) + RAW, TroubleCode.LEFT_OUT, "末尾"),
    "behind words": (c.archive({NOTE: b"a1"}, comment=b"ab") + RAW, TroubleCode.LEFT_OUT, "末尾"),
    "unlisted": (c.unlisted(NOTE, RAW), TroubleCode.LEFT_OUT, "没有列出"),
    "doubled": (TWICE, TroubleCode.BAD_NAME, "两个"),
    "folder data": (FOLDER, TroubleCode.LEFT_OUT, "文件夹"),
    "link outside": (c.stitched((info(NOTE, link=True), b"/a")), TroubleCode.BAD_NAME, "符号链接"),
    "climbing 7z": (c.climbing_seven("../逃.txt", RAW), TroubleCode.BAD_NAME, "以外"),
    "unseen signs": (c.archive({"甲\u202etxt.exe": RAW}), TroubleCode.BAD_NAME, "控制字符"),
    "behind a 7z": (c.seven({NOTE: b"a1"}) + RAW, TroubleCode.LEFT_OUT, "末尾"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_what_is_odd_is_told(name: str) -> None:
    data, code, word = TOLD[name]
    reading = look(data)
    assert (code, True) in [(t.code, word in t.text) for t in reading.troubles]
    assert all(t.text.endswith("。") for t in reading.troubles)


@pytest.mark.parametrize("name", ["before", "behind", "unlisted", "behind a 7z"])
def test_bytes_nobody_owns_need_a_look(name: str) -> None:
    assert look(TOLD[name][0]).partial


def test_honest_archives_are_told_nothing() -> None:
    for data in (c.archive({NOTE: RAW, "丙/": b""}, comment=b"a"), c.large_format(NOTE, RAW)):
        reading = look(data)
        assert reading.troubles == ()
        assert not reading.partial


def test_one_locked_member_is_said_and_the_others_read() -> None:
    made = bytearray(c.archive({NOTE: b"a1", "丙.txt": RAW}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    reading = look(bytes(made))
    assert found(reading).place.member == "丙.txt"
    assert [t.code for t in reading.troubles] == [TroubleCode.ENCRYPTED]
    assert reading.partial


def test_a_method_nobody_knows_is_said() -> None:
    made = bytearray(c.archive({NOTE: RAW, "丙.txt": b"a1"}))
    made[8] = made[made.index(b"PK\x01\x02") + 10] = 98
    reading = look(bytes(made))
    assert [t.code for t in reading.troubles] == [TroubleCode.NOT_SUPPORTED]
    assert reading.partial


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (c.seven({NOTE: RAW}, password="a1"), "包.7z", TroubleCode.ENCRYPTED),
        (c.seven({NOTE: RAW}, password="a1", header=True), "包.7z", TroubleCode.ENCRYPTED),
        (c.seven({}), "包.7z", TroubleCode.EMPTY),
        (c.seven({NOTE: RAW})[:-20], "包.7z", TroubleCode.DAMAGED),
        (c.seven({NOTE: RAW})[:40], "包.7z", TroubleCode.DAMAGED),
        (b"Rar!\x1a\x07\x01\0" + b"\0" * 40, "包.rar", TroubleCode.NOT_SUPPORTED),
    ],
    # An archive holds the time it was made and random salt: its bytes are no name.
    ids=["members locked", "names locked", "no member", "tail cut", "cut short", "rar"],
)
def test_what_cannot_be_opened_says_why(data: bytes, name: str, code: TroubleCode) -> None:
    with pytest.raises(Unreadable) as caught:
        look(data, name)
    assert caught.value.code is code
    assert caught.value.text.endswith("。")


def test_a_broken_member_of_a_7z_is_told() -> None:
    made = bytearray(c.seven({NOTE: RAW * 50}))
    made[40] ^= 0xFF
    reading = look(bytes(made), "包.7z")
    assert reading.partial
    assert TroubleCode.DAMAGED in [t.code for t in reading.troubles]


def in_a_letter() -> bytes:
    letter = EmailMessage()
    letter["Subject"] = "材料"
    letter.set_content("见附件。")
    letter.add_attachment(RAW, "text", "plain", filename=NOTE)
    return letter.as_bytes()


def in_a_pdf() -> bytes:
    with pikepdf.new() as outer:
        outer.add_blank_page()
        outer.attachments[NOTE] = RAW
        saved = io.BytesIO()
        outer.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (c.seven({NOTE: RAW}), "包.7z"),
        (c.archive({NOTE: RAW}), "包.zip"),
        (in_a_pdf(), "包.pdf"),
        (in_a_letter(), "信.eml"),
    ],
    ids=["7z", "zip", "pdf", "eml"],
)
def test_a_readers_own_failure_is_no_damage_of_what_holds_the_file(
    data: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Reading:
        raise AttributeError(name)

    look(data, name)
    monkeypatch.setattr("formats.plain.text.read", fail)
    with pytest.raises(AttributeError, match=name):
        look(data, name)


def many() -> bytes:
    wide = c.archive({f"{i}.zip": c.bomb(2 * _MIB) for i in range(16)})
    return c.archive({f"{i}.zip": wide for i in range(16)})


BOMBS = {
    "flat zip": lambda: c.bomb(50 * _MIB),
    "zip of zips": many,
    "overlapping zip": lambda: c.overlapping(2 * _MIB, 60),
    "flat 7z": lambda: c.seven({NOTE: b"0" * (50 * _MIB)}),
    "zip in a 7z": lambda: c.seven({"内.zip": c.bomb(50 * _MIB)}),
    "7z of many": lambda: c.seven({f"{i}.txt": b"" for i in range(600)}),
    "unlisted": lambda: c.unlisted(NOTE, b"0" * (50 * _MIB), deflated=True),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_in_seconds(name: str) -> None:
    data = BOMBS[name]()
    begun = time.process_time()
    with pytest.raises(Unreadable) as caught:
        look(data, limits=Limits(opened_bytes=8 * _MIB, entries=500))
    assert caught.value.code is TroubleCode.TOO_BIG
    assert time.process_time() - begun < 30
