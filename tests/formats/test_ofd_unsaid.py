"""Parts of an OFD file that others point at and no reader opened."""

import io
from typing import Any

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Reading
from tests.build import ofd as build

NAME = "覃小满韦青禾"
PAGE = build.page(build.text("正文", 20, 30))
SIGNED = b"\x30\x82\x0c" + bytes([len(NAME.encode())]) + NAME.encode() + bytes(40)


def case(words: str, data: bytes) -> Any:
    return pytest.param(data, marks=pytest.mark.place("ofd", words, visible=False), id=words)


def reading(data: bytes) -> Reading:
    return read_stream(io.BytesIO(data), Budget(), "公示.ofd")


def beside(listed: str, inside: str, file: str) -> bytes:
    """A file whose document points at a listing, and that at a file with the name in it."""
    parts: dict[str, str | bytes] = {
        "Doc_0/L.xml": build.part(listed, inside),
        f"Doc_0/{file}": f"{NAME}\n".encode(),
    }
    return build.ofd([PAGE], document=f"<ofd:{listed}>L.xml</ofd:{listed}>", parts=parts)


UNIT = build.composite("7", build.text(NAME, 20, 30))
VERSIONS = "<ofd:Versions><ofd:Version ID='1' BaseLoc='Doc_0/V.xml'/></ofd:Versions>"
OLD = "<ofd:FileList><ofd:File ID='1'>Doc_0/old.txt</ofd:File></ofd:FileList>"


@pytest.mark.parametrize(
    "data",
    [
        case("扩展信息的数据文件", beside(
            "Extensions", "<ofd:Extension AppName='a'><ofd:ExtendData>E.txt</ofd:ExtendData>"
            "</ofd:Extension>", "E.txt")),
        case("自定义标引的结构文件", beside(
            "CustomTags", "<ofd:CustomTag><ofd:SchemaLoc>S.xsd</ofd:SchemaLoc></ofd:CustomTag>",
            "S.xsd")),
        case("历史版本的其他文件", build.ofd([PAGE], body=VERSIONS, parts={
            "Doc_0/V.xml": build.part("DocVersion", OLD), "Doc_0/old.txt": NAME.encode()})),
        case("没有页面使用的图形", build.ofd(
            [PAGE], common="<ofd:DocumentRes>D.xml</ofd:DocumentRes>",
            parts={"Doc_0/D.xml": UNIT})),
        case("签名值里的名称", build.ofd(
            [PAGE], body="<ofd:Signatures>Doc_0/S.xml</ofd:Signatures>",
            parts={
                "Doc_0/S.xml": build.part("Signatures", "<ofd:Signature BaseLoc='T.xml'/>"),
                "Doc_0/T.xml": build.part("Signature", "<ofd:SignedInfo/>"
                                          "<ofd:SignedValue>V.dat</ofd:SignedValue>"),
                "Doc_0/V.dat": SIGNED,
            })),
    ],
)  # fmt: skip
def test_words_in_what_a_part_points_at_are_read(data: bytes) -> None:
    (segment,) = (s for s in reading(data).segments if NAME in s.text)
    assert not segment.visible


def test_a_composite_that_a_page_draws_is_told_once() -> None:
    drawn = "<ofd:CompositeObject ID='5' ResourceID='7' Boundary='0 0 210 297'/>"
    data = build.ofd(
        [build.page(drawn)],
        common="<ofd:DocumentRes>D.xml</ofd:DocumentRes>",
        parts={"Doc_0/D.xml": UNIT},
    )
    (segment,) = (s for s in reading(data).segments if NAME in s.text)
    assert segment.visible
