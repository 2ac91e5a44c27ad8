"""XML data files: elements, attributes, comments; nothing is expanded or fetched."""

from pathlib import Path

import pytest

from formats import read
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable

MARKER = "标记甲8613"


def look(folder: Path, data: bytes) -> Reading:
    path = folder / "a.xml"
    path.write_bytes(data)
    return read(path)


def found(reading: Reading) -> Segment:
    (segment,) = [s for s in reading.segments if MARKER in s.text]
    return segment


def place(words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place("xml", words, visible=visible)


CASES = [
    pytest.param(f"<r><u n='1'><name>{MARKER}</name></u></r>", Part.BODY, True, "r/u/name",
                 marks=place("元素", visible=True)),
    pytest.param(f"<r><u/>{MARKER}</r>", Part.BODY, True, "r",
                 marks=place("元素之间", visible=True)),
    pytest.param(f"<r><u name='{MARKER}'/></r>", Part.PROPERTY, True, "r/u",
                 marks=place("属性", visible=True)),
    pytest.param(f"<r><![CDATA[{MARKER}]]></r>", Part.BODY, True, "r",
                 marks=place("CDATA", visible=True)),
    pytest.param(f"<r><p><r><t>{MARKER[:4]}</t></r><!--注--><r><t>{MARKER[4:]}</t></r></p></r>",
                 Part.BODY, True, "r/p",
                 marks=place("拆成几段的文字（Word、ODF 的 XML）", visible=True)),
    pytest.param(f"<!--{MARKER}--><r/>", Part.HIDDEN, False, "",
                 marks=place("注释", visible=False)),
    pytest.param(f"<r/><?a {MARKER}?>", Part.HIDDEN, False, "",
                 marks=place("处理指令", visible=False)),
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize(("body", "part", "visible", "path"), CASES)
def test_each_place_is_read(
    body: str, part: Part, visible: bool, path: str, encoding: str, tmp_path: Path
) -> None:
    data = f"<?xml version='1.0' encoding='{encoding}'?>{body}".encode(encoding)
    reading = look(tmp_path, data)
    segment = found(reading)
    assert reading.kind is Kind.XML
    assert (segment.place.part, segment.visible, segment.place.path) == (part, visible, path)
    assert not reading.partial


def test_a_broken_file_is_read_as_text_and_says_so(tmp_path: Path) -> None:
    reading = look(tmp_path, f"<?xml version='1.0'?><r>\n{MARKER}\n</s>".encode())
    assert found(reading).visible
    assert [t.code for t in reading.troubles] == [TroubleCode.DAMAGED]
    assert reading.partial


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><r>&b;</r>",
        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><r>&a;</r>",
    ],
)
def test_entities_are_refused(body: str, tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(Unreadable) as caught:
            look(tmp_path, f"<?xml version='1.0' encoding='{encoding}'?>{body}".encode(encoding))
        assert caught.value.code is TroubleCode.DAMAGED


def test_a_definition_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text("<!ENTITY a 'x'>", encoding="utf-8")
    data = f"<?xml version='1.0'?><!DOCTYPE r SYSTEM 'a.dtd'><r>{MARKER}</r>".encode()
    assert found(look(tmp_path, data)).visible


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    for depth in (1_000, 100_000):
        with pytest.raises(Unreadable) as caught:
            look(tmp_path, b"<?xml version='1.0'?>" + b"<a>" * depth + b"</a>" * depth)
        assert caught.value.code is TroubleCode.TOO_BIG
