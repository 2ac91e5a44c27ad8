"""OpenDocument: a marker in each place of a text, a workbook and slides, and what a reader sees."""

import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from formats import read
from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable
from tests.build import pictures
from tests.build.libreoffice import convert, with_libreoffice, words
from tests.build.odf import MARKER as M
from tests.build.odf import box, cell, odf, p, part, rows, sheet, slide, span, style
from tests.build.word import docx, paragraph, run

_LOOKS = (
    style("hid", "text", 'text:display="none"')
    + style("white", "text", 'fo:color="#ffffff"')
    + style("child", "text", "", 'style:parent-style-name="white"')
    + style("tiny", "text", 'fo:font-size="1pt"')
    + style("thin", "text", 'style:text-scale="1%"')
    + style("clear", "text", 'fo:color="#000000" loext:opacity="0%"')
    + style("usual", "text", 'style:use-window-font-color="true" loext:opacity="0%"')
    + style("dark", "text", 'fo:color="#ffffff" fo:background-color="#003366"')
    + style("same", "text", 'fo:color="#003366" fo:background-color="#003366"')
    + style("pale", "graphic", 'draw:fill="solid" draw:fill-color="#ffffff"')
    + style("mixed", "graphic", 'draw:fill="gradient" draw:fill-color="#ffffff"')
    + style("tile", "graphic", 'draw:fill-color="#ffffff" draw:fill="bitmap"')
)
_CELLS = (
    '<style:style style:name="cwhite" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="cdark" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#003366"/>'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="cpale" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#ffffff"/>'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    + style("away", "table", 'table:display="false"')
)
_SLIDES = (
    style("out", "drawing-page", 'presentation:visibility="hidden"')
    + style("night", "drawing-page", 'draw:fill="solid" draw:fill-color="#000000"')
    + style("black", "graphic", 'draw:fill="solid" draw:fill-color="#000000"')
    + _LOOKS
)
_DELETED = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info>'
    "<dc:creator>覃小满</dc:creator><dc:date>2026-03-01T10:20:00</dc:date></office:change-info>"
    f"{p(M)}</text:deletion></text:changed-region></text:tracked-changes>"
)
_INSERTED = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:insertion><office:change-info>'
    f"<dc:creator>{M}</dc:creator></office:change-info></text:insertion></text:changed-region>"
    "</text:tracked-changes>"
)
_COMMENT = f"<office:annotation><dc:creator>覃小满</dc:creator>{p(M)}</office:annotation>"


def note(kind: str) -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(M)}</text:note-body></text:note>"
    )


def master(inside: str, name: str = "Standard") -> str:
    named = f'style:name="{name}" style:page-layout-name="pm"'
    return f"<style:master-page {named}>{inside}</style:master-page>"


def form(control: str) -> str:
    return f"<office:forms><form:form>{control}</form:form></office:forms>"


def listed(name: str) -> str:
    return (
        f'<text:list-style style:name="{name}"><text:list-level-style-number text:level="1" '
        f'style:num-format="1" style:num-prefix="{M}"/></text:list-style>'
    )


@dataclass(frozen=True)
class Case:
    """A file, and what the reading must say of the marker in it."""

    words: str
    data: bytes
    part: Part
    visible: bool = False
    page: int | None = None
    cell: str | None = None


def text(words: str, body: str, part_: Part, *, visible: bool = False, **more: str) -> Case:
    return Case(words, odf("odt", p("公示") + body, _LOOKS, **more), part_, visible)


def book(
    words: str, inside: str, part_: Part, at: str | None, *, visible: bool = False, more: str = ""
) -> Case:
    return Case(words, odf("ods", sheet(inside, more=more), _CELLS), part_, visible, cell=at)


def show(words: str, inside: str, part_: Part, *, visible: bool = False, more: str = "") -> Case:
    data = odf("odp", slide(inside, more) + slide(box(p("甲"))), _SLIDES, masters=master("", "D"))
    return Case(words, data, part_, visible, page=1)


_PIECES = f"{M[:4]}{span(M[4:9], 'usual')}{M[9:]}"
TEXTS = [
    text("正文", p(M), Part.BODY, visible=True),
    text("拆成几段的文字", p(_PIECES), Part.BODY, visible=True),
    text("隐藏文字", p("a", span(M, "hid")), Part.HIDDEN),
    text("白色文字", p("a", span(M, "white")), Part.HIDDEN),
    text("白色文字（上级样式）", p("a", span(M, "child")), Part.HIDDEN),
    text("深色底上的白字", p("a", span(M, "dark")), Part.BODY, visible=True),
    text("与底色同色的文字", p("a", span(M, "same")), Part.HIDDEN),
    text("白色框里的白字", p(box(p(span(M, "white")), 'draw:style-name="pale"')), Part.HIDDEN),
    text("渐变色框里的白字", p(box(p(span(M, "white")), 'draw:style-name="mixed"')), Part.TEXTBOX,
         visible=True),
    text("图案框里的白字", p(box(p(span(M, "white")), 'draw:style-name="tile"')), Part.TEXTBOX,
         visible=True),
    text("极小的文字", p("a", span(M, "tiny")), Part.HIDDEN),
    text("缩到百分之一的字", p("a", span(M, "thin")), Part.HIDDEN),
    text("全透明的文字", p("a", span(M, "clear")), Part.HIDDEN),
    text("修订删除", _DELETED, Part.DELETION),
    text("修订人", _INSERTED, Part.PROPERTY),
    text("批注", p("a", _COMMENT), Part.COMMENT),
    text("脚注", p("a", note("footnote")), Part.FOOTNOTE, visible=True),
    text("尾注", p("a", note("endnote")), Part.ENDNOTE, visible=True),
    text("隐藏的区域", f'<text:section text:display="none">{p(M)}</text:section>', Part.HIDDEN),
    text(
        "隐藏的段落",
        p('<text:hidden-paragraph text:condition="a" text:is-hidden="true"/>', M),
        Part.HIDDEN,
    ),
    text("隐藏文字的域", p(f'<text:hidden-text text:string-value="{M}"/>'), Part.PROPERTY),
    text(
        "条件文字的另一种内容",
        p(f'<text:conditional-text text:string-value-if-false="{M}">甲</text:conditional-text>'),
        Part.PROPERTY,
    ),
    text("输入域", p(f"<text:text-input>{M}</text:text-input>"), Part.BODY, visible=True),
    text("下拉域的选项", p(f'<text:drop-down><text:label text:value="{M}"/></text:drop-down>'),
         Part.PROPERTY),
    text("拼音指南", p(f"<text:ruby><text:ruby-base>甲</text:ruby-base><text:ruby-text>{M}"
                       "</text:ruby-text></text:ruby>"), Part.BODY, visible=True),
    text("链接地址", p(f'<text:a xlink:href="http://bai.invalid/{M}">网站</text:a>'), Part.LINK),
    text("链接文字", p(f'<text:a xlink:href="">{M}</text:a>'), Part.BODY, visible=True),
    text("书签", p(f'<text:bookmark text:name="{M}"/>'), Part.PROPERTY),
    text("脚本", p(f"<text:script>{M}</text:script>"), Part.SCRIPT),
    text("表格", sheet(rows(cell(p(M)))), Part.TABLE, visible=True),
    text("合并单元格盖住的内容",
         sheet(rows(f"<table:covered-table-cell>{p(M)}</table:covered-table-cell>")), Part.HIDDEN),
    text("文本框", p(box(p(M))), Part.TEXTBOX, visible=True),
    text("替代文字", p(f"<draw:frame><svg:desc>{M}</svg:desc></draw:frame>"), Part.ALT_TEXT),
    text("控件显示的内容", form(f'<form:text form:current-value="{M}"/>'), Part.FORM_VALUE,
         visible=True),
    text("控件的选项", form(f'<form:listbox><form:option form:label="{M}"/></form:listbox>'),
         Part.FORM_VALUE),
    text("页眉", "", Part.HEADER, visible=True,
         masters=master(f"<style:header>{p(M)}</style:header>")),
    text("页脚", "", Part.FOOTER, visible=True,
         masters=master(f"<style:footer>{p(M)}</style:footer>")),
    text("没有启用的页眉", "", Part.HEADER,
         masters=master(f'<style:header-left style:display="false">{p(M)}</style:header-left>')),
    text("没有用到的页面样式", "", Part.HIDDEN,
         masters=master(f"<style:header>{p(M)}</style:header>", "Other")),
    text("自动编号里的文字", f'<text:list text:style-name="L">{p("甲")}</text:list>', Part.BODY,
         visible=True, common=listed("L")),
    text("没有用到的列表里的文字", "", Part.HIDDEN, common=listed("L")),
    text("作者", "", Part.PROPERTY, meta=f"<meta:initial-creator>{M}</meta:initial-creator>"),
    text("自定义属性", "", Part.PROPERTY,
         meta=f'<meta:user-defined meta:name="a">{M}</meta:user-defined>'),
    text("用户字段", f'<text:user-field-decls><text:user-field-decl text:name="甲" '
         f'office:string-value="{M}"/></text:user-field-decls>', Part.PROPERTY),
    text("软件不认的文字", f"<office:odd>{M}</office:odd>", Part.HIDDEN),
    text("XML 注释", f"<!-- {M} -->", Part.SCRIPT),
]  # fmt: skip
_MEMBERS = {
    "图表": ("Object 1/content.xml", part("document-content", f"<office:body><office:chart>{p(M)}"
             "</office:chart></office:body>"), Part.CHART_CACHE, True,
             p('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>')),
    "宏": ("Basic/Standard/Module1.xml", f"<!DOCTYPE script:module PUBLIC 'a' 'module.dtd'>"
           f"<module>{M}</module>".encode(), Part.SCRIPT, False, ""),
    "嵌入的 Word 文件": ("Object 2", docx(paragraph(run(M))), Part.EMBEDDED, False, ""),
    "没有引用的文件": ("附件.txt", M.encode(), Part.EMBEDDED, False, ""),
    "打印机名称": ("settings.xml", part("document-settings", f'<config:config-item '
              f'config:name="PrinterName">{M}</config:config-item>'), Part.PROPERTY, False, ""),
}  # fmt: skip
TEXTS += [
    Case(words, odf("odt", p("公示") + body, more={name: data}), part_, visible)
    for words, (name, data, part_, visible, body) in _MEMBERS.items()
]
BOOKS = [
    book("单元格", rows(cell(p(M))), Part.CELL, "A1", visible=True),
    book("远处的单元格", rows(cell("", 'table:number-columns-repeated="27"'), cell(p(M)),
         more="") .replace("<table:table-row ", '<table:table-row table:number-rows-repeated="9"/>'
         "<table:table-row ", 1), Part.CELL, "AB10", visible=True),
    book("隐藏的行", rows(cell(p(M)), more='table:visibility="collapse"'), Part.HIDDEN_ROW, "A1"),
    book("筛选掉的行", rows(cell(p(M)), more='table:visibility="filter"'), Part.HIDDEN_ROW, "A1"),
    book("折叠的行", f'<table:table-row-group table:display="false">{rows(cell(p(M)))}'
         "</table:table-row-group>", Part.HIDDEN_ROW, "A1"),
    book("隐藏的列", '<table:table-column table:visibility="collapse"/>' + rows(cell(p(M))),
         Part.HIDDEN_COLUMN, "A1"),
    book("隐藏的工作表", rows(cell(p(M))), Part.HIDDEN_SHEET, "A1",
         more='table:style-name="away"'),
    book("白色字", rows(cell(p(M), 'table:style-name="cwhite"')), Part.HIDDEN, "A1"),
    book("白色字（列的默认样式）", '<table:table-column table:default-cell-style-name="cwhite"/>'
         + rows(cell(p(M))), Part.HIDDEN, "A1"),
    book("深色底上的白字", rows(cell(p(M), 'table:style-name="cdark"')), Part.CELL, "A1",
         visible=True),
    book("白色单元格里的白字", rows(cell(p(M), 'table:style-name="cpale"')), Part.HIDDEN, "A1"),
    book("合并单元格盖住的内容", rows(cell(p("a")), f"<table:covered-table-cell>{p(M)}"
         "</table:covered-table-cell>"), Part.HIDDEN, "B1"),
    book("批注", rows(cell(_COMMENT + p("a"))), Part.COMMENT, "A1"),
    book("公式里的文字", rows(cell(p("a"), f"table:formula='of:=\"{M}\"'")), Part.FIELD, "A1"),
    book("显示成别的样子的值", rows(cell(p("4.5E17"), f'office:value-type="string" '
         f'office:string-value="{M}"')), Part.HIDDEN, "A1"),
    book("文本框", f"<table:shapes>{box(p(M))}</table:shapes>" + rows(cell(p("a"))),
         Part.TEXTBOX, None, visible=True),
    Case("工作表名", odf("ods", sheet(rows(cell(p("a"))), name=M)), Part.SHEET, visible=True),
    Case("下拉选项", odf("ods", "<table:content-validations><table:content-validation "
         f'table:condition="{M}"/></table:content-validations>' + sheet(rows(cell(p("a")))),
         _CELLS), Part.HIDDEN),
    Case("定义的名称", odf("ods", sheet(rows(cell(p("a")))) + "<table:named-expressions>"
         f'<table:named-range table:name="{M}"/></table:named-expressions>'), Part.PROPERTY),
]  # fmt: skip
SHOWS = [
    show("文本框", box(p(M)), Part.BODY, visible=True),
    show("表格", f"<draw:frame>{sheet(rows(cell(p(M))), name='')}</draw:frame>", Part.TABLE,
         visible=True),
    show("白底白字", box(p(span(M, "white"))), Part.HIDDEN),
    show("白色形状上的白字", box(p(span(M, "white")), 'draw:style-name="pale"'), Part.HIDDEN),
    show("渐变色形状上的白字", box(p(span(M, "white")), 'draw:style-name="mixed"'), Part.BODY,
         visible=True),
    show("深色形状上的白字", box(p(span(M, "white")), 'draw:style-name="black"'), Part.BODY,
         visible=True),
    show("深色背景上的白字", box(p(span(M, "white"))), Part.BODY, visible=True,
         more='draw:style-name="night"'),
    show("隐藏的幻灯片", box(p(M)), Part.HIDDEN, more='draw:style-name="out"'),
    show("幻灯片以外的形状", box(p(M), at=(60, 60)), Part.OFF_PAGE),
    show("不显示的图形", box(p(M), 'draw:display="none"'), Part.HIDDEN),
    show("备注", f"<presentation:notes>{box(p(M))}</presentation:notes>", Part.NOTES),
    show("批注", _COMMENT, Part.COMMENT),
    show("组合里的文字", f"<draw:g>{box(p(M))}</draw:g>", Part.BODY, visible=True),
]  # fmt: skip
_ALL = [("odt", c) for c in TEXTS] + [("ods", c) for c in BOOKS] + [("odp", c) for c in SHOWS]


def look(data: bytes, name: str) -> Reading:
    return read_stream(io.BytesIO(data), Budget(), name)


def found(reading: Reading) -> Segment:
    (segment,) = [s for s in reading.segments if M in s.text]
    return segment


@pytest.mark.parametrize(
    ("kind", "case"),
    [
        pytest.param(
            kind, case, id=f"{kind} {case.words}",
            marks=pytest.mark.place(kind, case.words, visible=case.visible),
        )
        for kind, case in _ALL
    ],
)  # fmt: skip
def test_each_place_is_read_as_what_it_is(kind: str, case: Case) -> None:
    reading = look(case.data, f"文件.{kind}")
    assert reading.kind.value == kind
    segment = found(reading)
    assert (segment.place.part, segment.visible) == (case.part, case.visible)
    assert (segment.place.page, segment.place.cell) == (case.page, case.cell)
    assert reading.troubles == ()
    places = [(s.place, s.text) for s in reading.segments]
    assert len(places) == len(set(places))


def test_pictures_are_told_as_seen_or_not() -> None:
    image = pictures.encoded(pictures.photo((40, 30)), "PNG")
    shown = p('<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>')
    reading = look(
        odf("odt", shown, more={"Pictures/a.png": image, "Pictures/b.png": image}), "a.odt"
    )
    told = {s.text: s.visible for s in reading.segments if s.place.part is Part.IMAGE}
    assert told == {"a.png": True, "b.png": False}
    assert {t.code for t in reading.troubles} == {TroubleCode.NEEDS_OCR}


def test_an_encrypted_package_says_so() -> None:
    locked = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    data = odf("odt", p(M), more={"META-INF/manifest.xml": locked})
    with pytest.raises(Unreadable) as caught:
        look(data, "a.odt")
    assert caught.value.code is TroubleCode.ENCRYPTED


def test_blanks_and_breaks_are_as_they_are_printed() -> None:
    body = p('甲<text:s text:c="3"/>乙<text:tab/>丙<text:line-break/>丁\n  戊')
    (segment,) = [s for s in look(odf("odt", body), "a.odt").segments if s.place.part is Part.BODY]
    assert segment.text == "甲   乙\t丙\n丁 戊"


# LibreOffice draws white and clear letters into a PDF as any other, and prints no form's texts.
_PRINTED = (
    "正文", "拆成几段的文字", "隐藏文字", "批注", "脚注", "尾注", "输入域", "链接文字", "表格",
    "页眉", "页脚", "没有用到的页面样式", "作者", "书签", "文本框", "隐藏的幻灯片", "备注",
)  # fmt: skip


@with_libreoffice
@pytest.mark.parametrize("kind", ["odt", "odp"])
def test_the_pages_that_libreoffice_prints_agree(kind: str, tmp_path: Path) -> None:
    cases = [case for one, case in _ALL if one == kind and case.words in _PRINTED]
    files = [tmp_path / f"{number}.{kind}" for number in range(len(cases))]
    for path, case in zip(files, cases, strict=True):
        path.write_bytes(case.data)
    convert(files, "pdf", tmp_path)
    shown = {}
    for path, case in zip(files, cases, strict=True):
        shown[case.words] = "4503212026" in words(path.with_suffix(".pdf"))
    assert shown == {case.words: case.visible for case in cases}


def test_the_kind_is_told_from_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "名单.docx"
    path.write_bytes(odf("ods", sheet(rows(cell(p("甲"))))))
    reading = read(path)
    assert reading.kind is Kind.ODS
    assert [t.code for t in reading.troubles] == [TroubleCode.EXTENSION_LIES]
