"""What old office files share: property sets, carved text, compound files, links."""

import io
import random
import struct
import time

import olefile
import pytest

from formats.budget import Budget, Limits
from formats.carving import between, is_writing, texts_in
from formats.compound import compound
from formats.oleparts import OleParts
from formats.oleprops import encoding_of, properties
from formats.reading import TroubleCode, Unreadable
from tests.build.ole_properties import property_set

SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
OFFICE = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")


def one_set(format_id: bytes, *values: tuple[int, bytes]) -> bytes:
    """A property set stream with these raw values."""
    at = 8 + 8 * len(values)
    index = body = b""
    for number, data in values:
        index += struct.pack("<II", number, at + len(body))
        body += data.ljust(-(-len(data) // 4) * 4, b"\0")
    section = struct.pack("<II", at + len(body), len(values)) + index + body
    head = struct.pack("<HHI", 0xFFFE, 0, 0) + b"\0" * 16 + struct.pack("<I", 1)
    return head + format_id + struct.pack("<I", 48) + section


def said(data: bytes) -> list[tuple[str, str]]:
    return [(s.note, s.text) for s in properties(data, "p").segments]


def wide(text: str) -> bytes:
    raw = (text + "\0").encode("utf-16-le")
    return struct.pack("<II", 0x1F, len(raw) // 2) + raw


def test_properties_of_each_type_are_read() -> None:
    own = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
    data = one_set(
        own,
        (2, wide("覃小满")),
        (3, struct.pack("<Ii", 0x03, 42)),
        (4, struct.pack("<Id", 0x05, 2.5)),
        (5, struct.pack("<IQ", 0x40, 134168916000000000)),
        (6, struct.pack("<Iq", 0x14, 7)),
        (7, struct.pack("<Ih", 0x02, -3)),
        (8, struct.pack("<I", 0x0B)),
    )
    assert [text for _, text in said(data)] == [
        "覃小满", "42", "2.5", "2026-03-02 02:20", "7", "-3",
    ]  # fmt: skip


def test_titles_of_parts_are_one_list() -> None:
    texts = b"".join(struct.pack("<I", len(t)) + t for t in (b"abc\0", b"defgh\0"))
    vector = struct.pack("<II", 0x101E, 2) + texts
    assert said(one_set(OFFICE, (13, vector))) == [("各部分的标题", "abc\ndefgh")]
    variants = struct.pack("<II", 0x100C, 2) + wide("甲") + struct.pack("<II", 0x03, 1)
    assert said(one_set(OFFICE, (13, variants))) == [("各部分的标题", "甲")]
    odd = struct.pack("<III", 0x1003, 1, 7)
    assert said(one_set(OFFICE, (13, odd))) == []


def test_what_every_program_writes_is_not_told() -> None:
    assert said(one_set(SUMMARY, (18, wide("Microsoft Excel")), (10, wide("1")))) == []


@pytest.mark.parametrize(
    ("codepage", "encoding"),
    [(1200, "utf-16-le"), (65001, "utf-8"), (1252, "cp1252"), (936, "gb18030"), (7, "gb18030")],
)
def test_a_code_page_has_a_name(codepage: int, encoding: str) -> None:
    assert encoding_of(codepage) == encoding


def test_names_of_own_properties_in_utf_16() -> None:
    name = "经办人\0".encode("utf-16-le")
    lines = struct.pack("<III", 1, 2, len(name) // 2) + name.ljust(8, b"\0")
    own = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
    page = struct.pack("<IHH", 2, 1200, 0)
    assert said(one_set(own, (1, page), (0, lines), (2, wide("覃小满")))) == [
        ("自定义属性 经办人", "覃小满")
    ]


def test_a_count_that_lies_ends_in_a_trouble() -> None:
    data = bytearray(property_set({4: "覃小满"}))
    data[52:56] = b"\xff\xff\xff\xff"
    assert [t.code for t in properties(bytes(data), "p").troubles] == [TroubleCode.DAMAGED]


@pytest.mark.parametrize(
    "text",
    ["白石沟镇公示", "证件号码510105194912310011", "510105194912310011", "report of the meeting"],
)
def test_writing_is_found_in_noise_in_either_encoding(text: str) -> None:
    noise = bytes(random.Random(3).choices((0, 1, 2, 3, 0xFF), k=500))
    assert text in list(texts_in(noise + text.encode("utf-16-le") + noise))
    assert text in list(texts_in(noise + text.encode("gb18030") + noise))


def test_noise_is_not_writing() -> None:
    noise = random.Random(5).randbytes(200_000)
    assert len(list(texts_in(noise))) < 20
    assert not is_writing("彐彖彗")
    assert not is_writing("a1b2")


def test_text_across_the_windows_is_read() -> None:
    data = b"\0" * (1024 * 1024 - 6) + "白石沟镇关于补贴的公示".encode("utf-16-le") + b"\0" * 90
    assert "白石沟镇关于补贴的公示" in list(texts_in(data))


@pytest.mark.parametrize("rare", ["\u9f98", "\u3400"])
def test_a_long_run_before_the_first_common_words_costs_little(rare: str) -> None:
    text = rare * 400_000 + "白石沟镇公示"
    began = time.process_time()
    list(texts_in(text.encode("utf-16-le")))
    assert time.process_time() - began < 10


def test_what_lies_between_stretches() -> None:
    assert list(between(b"abcdefgh", [(1, 3), (2, 4), (6, 7)])) == [b"a", b"ef", b"h"]


@pytest.mark.parametrize("size", [0, 1, 64, 4095, 4096, 10_000, 7_000_000])
def test_a_compound_file_gives_back_what_went_in(size: int) -> None:
    streams = {"甲": bytes(range(256)) * (size // 256 + 1), "库/乙": b"b" * size, "库/深/丙": b"c"}
    streams["甲"] = streams["甲"][:size]
    with olefile.OleFileIO(compound(streams)) as made:
        found = {"/".join(p): made.openstream(p).read() for p in made.listdir()}
    assert found == streams
    parts = OleParts(io.BytesIO(compound(streams)), Budget())
    assert parts.within("库") == {"乙": b"b" * size, "深/丙": b"c"}


def test_a_loop_of_sectors_is_refused_at_once() -> None:
    data = bytearray(compound({"Workbook": b"a" * 5000}))
    at = data.index("Workbook".encode("utf-16-le")) + 120
    data[at : at + 4] = struct.pack("<I", 0x7FFFFFF0)
    parts = OleParts(io.BytesIO(bytes(data)), Budget())
    with pytest.raises(Unreadable) as caught:
        parts.read("Workbook")
    assert caught.value.code is TroubleCode.DAMAGED


def test_streams_are_paid_for() -> None:
    parts = OleParts(io.BytesIO(compound({"a": b"a" * 5000})), Budget(Limits(opened_bytes=4000)))
    with pytest.raises(Unreadable) as caught:
        parts.read("a")
    assert caught.value.code is TroubleCode.TOO_BIG
    many = compound({str(n): b"a" for n in range(30)})
    with pytest.raises(Unreadable) as caught:
        OleParts(io.BytesIO(many), Budget(Limits(entries=20)))
    assert caught.value.code is TroubleCode.TOO_BIG


def test_a_file_that_is_no_compound_file_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        OleParts(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), Budget())
    assert caught.value.code is TroubleCode.DAMAGED
