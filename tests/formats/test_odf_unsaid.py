"""Words of an OpenDocument tree where no reader looks: attributes, remarks, strange places."""

import io
from typing import Any

import pytest

from formats.budget import Budget
from formats.odf.unsaid import attributes
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment
from tests.build.odf import odf, p

MARKER = "覃小满四五一二二六"
NUMBER = "450126199003074512"


def reading(data: bytes, kind: str = "odt") -> Reading:
    return read_stream(io.BytesIO(data), Budget(), f"公示.{kind}")


def marked(data: bytes, kind: str, marker: str = MARKER) -> Segment:
    (segment,) = (s for s in reading(data, kind).segments if marker in s.text)
    return segment


def case(kind: str, name: str, body: str, part: Part = Part.HIDDEN) -> Any:
    marks = pytest.mark.place(kind, name, visible=False)
    return pytest.param(kind, body, part, marks=marks, id=name)


def sheet(inside: str) -> str:
    return f'<table:table table:name="甲">{inside}</table:table>'


def changed(inside: str) -> str:
    info = f"<office:change-info><dc:creator>甲</dc:creator>{p(MARKER)}</office:change-info>"
    region = f"<text:changed-region text:id='c'>{inside.format(info)}</text:changed-region>"
    return f"<text:tracked-changes>{region}</text:tracked-changes>"


def controls(inside: str) -> str:
    return f"<office:forms><form:form form:name='f'>{inside}</form:form></office:forms>{p('甲')}"


@pytest.mark.parametrize(
    ("kind", "body", "part"),
    [
        case("odt", "文献的作者", p(f"<text:bibliography-mark text:author='{MARKER}'>甲"
                               "</text:bibliography-mark>")),
        case("odt", "链接的区域", f"<text:section text:name='a'><text:section-source"
             f" text:section-name='{MARKER}'/></text:section>"),
        case("odt", "动态数据交换的来源",
             f"<text:dde-connection-decls><text:dde-connection-decl office:name='n'"
             f" office:dde-application='{MARKER}'/></text:dde-connection-decls>"),
        case("odt", "段落的其他属性", f"<text:p office:mine='{MARKER}'>甲</text:p>"),
        case("odt", "脚注的标记", p(f"<text:note text:note-class='footnote'><text:note-citation"
                               f" text:label='{MARKER}'>1</text:note-citation>"
                               f"<text:note-body>{p('乙')}</text:note-body></text:note>甲")),
        case("odt", "批注的名称", p(f"<office:annotation office:name='{MARKER}'>{p('乙')}"
                               "</office:annotation>甲")),
        case("odt", "批注人的缩写", p("<office:annotation><meta:creator-initials>"
                                f"{MARKER}</meta:creator-initials>{p('乙')}"
                                "</office:annotation>甲"), Part.PROPERTY),
        case("odt", "修订的说明", changed("<text:insertion>{}</text:insertion>"), Part.COMMENT),
        case("odt", "替代文字里的其他元素", p(f"<draw:frame><svg:desc>甲<svg:b>{MARKER}</svg:b>"
                                    "</svg:desc></draw:frame>甲"), Part.ALT_TEXT),
        case("odt", "窗体的筛选条件", controls(f"<form:text form:filter='{MARKER}'/>")),
        case("odt", "窗体控件的其他数据", controls("<form:properties><form:property"
             f" form:property-name='x' office:string-value='{MARKER}'/></form:properties>")),
        case("odt", "窗体控件里的文字", controls(f"<form:textarea>{p(MARKER)}</form:textarea>"),
             Part.FORM_VALUE),
        case("ods", "单元格里保存的另一个值", sheet(
            "<table:table-row><table:table-cell office:value='1'"
            f" office:string-value='{MARKER}'>{p('1')}</table:table-cell></table:table-row>")),
        case("ods", "行和单元格之间的文字", sheet(f"<table:table-row>{MARKER}</table:table-row>")),
        case("ods", "单元格的其他属性", sheet(
            f"<table:table-row><table:table-cell office:mine='{MARKER}'>{p('1')}"
            "</table:table-cell></table:table-row>")),
    ],
)  # fmt: skip
def test_words_that_no_reader_tells_are_read(kind: str, body: str, part: Part) -> None:
    segment = marked(odf(kind, body), kind)
    assert (segment.place.part, segment.visible) == (part, False)


def test_a_long_number_in_an_attribute_is_read() -> None:
    body = p(f"<text:placeholder text:description='{NUMBER}'>甲</text:placeholder>")
    assert not marked(odf("odt", body), "odt", NUMBER).visible


MATH = (
    "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mrow><mi>{}</mi><mo>=</mo>"
    "<mn>1</mn></mrow><annotation encoding='StarMath 5.0'>{} = 1</annotation></semantics></math>"
)
FRAME = p("<draw:frame><draw:object xlink:href='./Object 1'/></draw:frame>")


@pytest.mark.place("odt", "公式", visible=True)
def test_a_formula_is_seen_and_told_once() -> None:
    math = MATH.format(MARKER, MARKER).encode()
    segment = marked(odf("odt", FRAME, more={"Object 1/content.xml": math}), "odt")
    assert (segment.text, segment.visible) == (f"{MARKER}=1", True)


@pytest.mark.place("odt", "公式的代码", visible=False)
def test_the_code_of_a_formula_that_says_more_is_read() -> None:
    math = MATH.format("甲", MARKER).encode()
    segment = marked(odf("odt", FRAME, more={"Object 1/content.xml": math}), "odt")
    assert (segment.place.part, segment.visible) == (Part.FIELD, False)


def test_names_of_styles_pictures_and_cells_are_not_told() -> None:
    body = p("<draw:frame draw:name='图像 1' draw:layer='正文层' draw:style-name='样式甲'/>甲")
    assert [s for s in reading(odf("odt", body)).segments if s.place.part is Part.HIDDEN] == []


def test_a_sheet_of_many_words_about_its_columns_costs_no_more_than_its_length() -> None:
    """Each cell went through all the words about the columns before it: an hour for 10 MB."""
    columns = "".join(f"<table:table-column table:style-name='c{n}'/>" for n in range(40_000))
    cells = f"<table:table-cell>{p('1')}</table:table-cell>" * 40_000
    body = sheet(f"{columns}<table:table-row>{cells}</table:table-row>")
    assert len(reading(odf("ods", body), "ods").segments) > 40_000


@pytest.mark.parametrize("piece", [" a='", " a = ", " aaaa", ' a="覃', "覃"])
def test_attributes_without_end_cost_no_more_than_their_length(piece: str) -> None:
    data = f"<a{piece * 200_000}".encode()
    assert len(list(attributes(data, "content.xml", ()))) <= 1
