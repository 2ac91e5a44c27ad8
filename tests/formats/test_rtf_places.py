"""Rich text: a marker in each place, and what a person sees of it."""

from pathlib import Path

import pytest

from formats import read
from formats.reading import Kind, Part, Reading, Segment, TroubleCode
from tests.build.containers import archive
from tests.build.rtf import MOMENT, gbk, grid, ole_object, package, rtf, units
from tests.build.word import docx, paragraph, run

MARKER = "标记甲8613"
M = gbk(MARKER)


def look(folder: Path, data: bytes) -> Reading:
    path = folder / "a.rtf"
    path.write_bytes(data)
    return read(path)


def found(reading: Reading, text: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if text in s.text]
    return segment


def place(words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place("rtf", words, visible=visible)


def case(words: str, body: str, part: Part, *, head: str = "", visible: bool = False) -> object:
    return pytest.param(
        rtf(body, head, "覃小满"), part, visible, id=words, marks=place(words, visible=visible)
    )


def _list(level: str) -> str:
    """One list of one level; its words have a number of characters before them."""
    return (
        r"{\*\listtable{\list{\listlevel\levelnfc0{\leveltext \'07"
        rf"{level};}}{{\levelnumbers\'06;}}}}{{\listname ;}}\listid1}}}}"
    )


CASES = [
    case("正文", M, Part.BODY, visible=True),
    case("正文（Unicode）", units(MARKER), Part.BODY, visible=True),
    case("页眉", rf"{{\header {M}\par}}", Part.HEADER, visible=True),
    case("首页页眉", rf"\titlepg{{\headerf {M}\par}}", Part.HEADER, visible=True),
    case("没有启用的首页页眉", rf"{{\headerf {M}\par}}", Part.HEADER),
    case("没有启用的偶数页页脚", rf"{{\footerl {M}\par}}", Part.FOOTER),
    case("页脚", rf"{{\footer {M}\par}}", Part.FOOTER, visible=True),
    case("脚注", rf"{{\footnote \pard {M}}}", Part.FOOTNOTE, visible=True),
    case("尾注", rf"{{\footnote\ftnalt \pard {M}}}", Part.ENDNOTE, visible=True),
    case("批注", rf"{{\*\annotation {M}}}", Part.COMMENT),
    case("隐藏文字", rf"{{\v {M}}}", Part.HIDDEN),
    case("白色文字", rf"{{\cf1 {M}}}", Part.HIDDEN),
    case("一磅文字", rf"{{\fs2 {M}}}", Part.HIDDEN),
    case(
        "文本框",
        r"{\shp{\*\shpinst\shpleft0\shptop0\shpright4000\shpbottom900"
        rf"{{\sp{{\sn shapeType}}{{\sv 202}}}}{{\shptxt {M}\par}}}}}}",
        Part.TEXTBOX,
        visible=True,
    ),
    case(
        "旧式文本框",
        rf"{{\*\do\dptxbx{{\dptxbxtext {M}\par}}}}",
        Part.TEXTBOX,
        visible=True,
    ),
    case(
        "艺术字",
        rf"{{\shp{{\*\shpinst{{\sp{{\sn gtextUNICODE}}{{\sv {M}}}}}}}}}",
        Part.TEXTBOX,
        visible=True,
    ),
    case(
        "图形替代文字",
        rf"{{\shp{{\*\shpinst{{\sp{{\sn wzDescription}}{{\sv {M}}}}}}}}}",
        Part.ALT_TEXT,
    ),
    case(
        "旧版程序才显示的内容",
        rf"{{\shp{{\*\shpinst}}{{\shprslt {M}\par}}}}",
        Part.HIDDEN,
    ),
    case(
        "域代码",
        rf'{{\field{{\*\fldinst INCLUDETEXT "D:\\\\{M}.doc"}}{{\fldrslt a}}}}',
        Part.FIELD,
    ),
    case(
        "域结果", rf"{{\field{{\*\fldinst HYPERLINK a}}{{\fldrslt {M}}}}}", Part.BODY, visible=True
    ),
    case(
        "链接地址",
        rf'{{\field{{\*\fldinst{{\f0 HYPERLINK "file:///D:/{M}"}}}}{{\fldrslt a}}}}',
        Part.LINK,
    ),
    case("书签", rf"{{\*\bkmkstart {M}}}{{\*\bkmkend {M}}}", Part.OUTLINE),
    case("索引项", rf"{{\xe {M}}}", Part.FIELD),
    case("窗体域", rf"{{\*\formfield{{\*\ffdeftext {M}}}}}", Part.FORM_VALUE),
    case("文档变量", rf"{{\*\docvar {{a}}{{{M}}}}}", Part.VARIABLE),
    case("作者", "", Part.PROPERTY, head=rf"{{\info{{\author {M}}}}}"),
    case("单位", "", Part.PROPERTY, head=rf"{{\info{{\*\company {M}}}}}"),
    case("标题", "", Part.PROPERTY, head=rf"{{\info{{\title {M}}}}}"),
    case(
        "自定义属性",
        "",
        Part.PROPERTY,
        head=rf"{{\*\userprops{{\propname a}}\proptype30{{\staticval {M}}}}}",
    ),
    case("所用模板", "", Part.PROPERTY, head=rf"{{\*\template D:\\{M}.dot}}"),
    case(
        "邮件合并数据源",
        "",
        Part.VARIABLE,
        head=rf"{{\*\mailmerge{{\*\mmdatasource D:\\{M}.xlsx}}}}",
    ),
    case("其他程序写入的内容", rf"{{\*\wpsown {M}}}", Part.HIDDEN),
    case("编号处的备用文字", rf"{{\listtext {M}\tab}}a", Part.HIDDEN),
    case(
        "自动编号里的文字",
        rf"{{\listtext {M}12{gbk('、')}\tab}}a",
        Part.BODY,
        head=_list(rf"{M}\'00{gbk('、')}"),
        visible=True,
    ),
    case("没有用到的列表里的文字", "a", Part.HIDDEN, head=_list(rf"{M}\'00")),
    case("列表的名称", "", Part.PROPERTY, head=rf"{{\*\listtable{{\list{{\listname {M};}}}}}}"),
    case("样式的名称", "", Part.PROPERTY, head=rf"{{\stylesheet{{\s1 {M}450321;}}}}"),
    case("相关文件的位置", "", Part.LINK, head=rf"{{\*\filetbl{{\file\fid0 D:\\{M}.doc}}}}"),
    case("脚注分隔符", rf"{{\*\ftnsep {M}}}", Part.FOOTNOTE, visible=True),
    case("对象链接", rf"{{\object{{\*\objalias {M}}}}}", Part.LINK),
    case("黑底黑字", rf"{{\cf2\chcbpat2 {M}}}", Part.HIDDEN),
    case("深色底上的白字", rf"{{\cf1\chcbpat2 {M}}}", Part.BODY, visible=True),
    case("缩到百分之一的字", rf"{{\charscalex1 {M}}}", Part.HIDDEN),
    case(
        "拼音指南",
        rf"{{\field{{\*\fldinst EQ \\* jc2 \\o\\ad(\\s\\up 11(qin),{M})}}{{\fldrslt }}}}",
        Part.FIELD,
        visible=True,
    ),
    case(
        "按钮域显示的文字",
        rf"{{\field{{\*\fldinst MACROBUTTON None {M}}}}}",
        Part.FIELD,
        visible=True,
    ),
]


@pytest.mark.parametrize(("data", "part", "visible"), CASES)
def test_each_place_is_read(data: bytes, part: Part, visible: bool, tmp_path: Path) -> None:
    reading = look(tmp_path, data)
    segment = found(reading)
    assert reading.kind is Kind.RTF
    assert (segment.place.part, segment.visible) == (part, visible)
    assert segment.place.paragraph is not None
    assert not reading.partial
    places = [s.place for s in reading.segments]
    assert len(places) == len(set(places))


@place("表格", visible=True)
def test_a_cell_knows_its_table_row_and_column(tmp_path: Path) -> None:
    body = grid((gbk("甲"),)) + r"a\par " + grid((gbk("乙"), "1"), ("2", M)) + gbk("后")
    reading = look(tmp_path, rtf(body))
    at = found(reading).place
    assert (at.part, at.table, at.row, at.column) == (Part.TABLE, 2, 2, 2)
    assert found(reading, "后").place.part is Part.BODY


@place("嵌套表格", visible=True)
def test_a_nested_cell_knows_its_own_table(tmp_path: Path) -> None:
    inner = rf"\pard\intbl\itap2 {M}\nestcell{{\*\nesttableprops\trowd\cellx500\nestrow}}"
    reading = look(tmp_path, rtf(grid((inner + r"\pard\intbl\itap1 " + gbk("外"), "1"))))
    at, outer = found(reading).place, found(reading, "外").place
    assert (at.row, at.column, outer.row, outer.column) == (1, 1, 1, 1)
    assert at.table != outer.table


@place("修订删除", visible=False)
def test_a_deletion_has_author_and_date(tmp_path: Path) -> None:
    body = gbk("甲") + rf"{{\deleted\revauthdel1\revdttmdel{MOMENT} {M}}}" + gbk("乙")
    reading = look(tmp_path, rtf(body, authors="覃小满"))
    segment = found(reading)
    assert (segment.place.part, segment.visible) == (Part.DELETION, False)
    assert segment.note == "覃小满，2026-03-02 08:01"
    assert found(reading, "甲乙").visible


@place("修订插入", visible=True)
def test_an_insertion_is_seen_in_its_paragraph_and_told(tmp_path: Path) -> None:
    body = gbk("甲") + rf"{{\revised\revauth1\revdttm{MOMENT} {M}}}" + gbk("乙")
    reading = look(tmp_path, rtf(body, authors="覃小满"))
    whole, own = [s for s in reading.segments if MARKER in s.text]
    assert (whole.place.part, whole.text) == (Part.BODY, f"甲{MARKER}乙")
    assert (own.place.part, own.visible) == (Part.INSERTION, True)
    assert own.note == "覃小满，2026-03-02 08:01"


@place("修订者", visible=False)
def test_authors_of_revisions_are_read(tmp_path: Path) -> None:
    segment = found(look(tmp_path, rtf("", authors=MARKER)))
    assert (segment.place.part, segment.visible) == (Part.PROPERTY, False)


@place("批注的作者和时间", visible=False)
def test_a_comment_says_whose_it_is(tmp_path: Path) -> None:
    body = rf"{{\*\atnid A}}{{\*\atnauthor {M}}}{{\*\annotation{{\*\atndate {MOMENT}}}{gbk('批')}}}"
    segment = found(look(tmp_path, rtf(body)), "批")
    assert segment.note == f"{MARKER}，2026-03-02 08:01"


@place("嵌入的文件", visible=False)
def test_an_embedded_document_is_opened(tmp_path: Path) -> None:
    inner = ole_object("Word.Document.12", docx(paragraph(run(MARKER))))
    body = rf"{{\object\objemb{{\*\objclass Word.Document.12}}{{\*\objdata {inner}}}{{\result a}}}}"
    segment = found(look(tmp_path, rtf(body)))
    assert (segment.place.part, segment.visible) == (Part.EMBEDDED, False)
    assert segment.place.member == "对象1"


@place("打包的附件", visible=False)
def test_a_packaged_file_is_opened(tmp_path: Path) -> None:
    packed = package("名单.zip", archive({"甲.txt": MARKER.encode()}))
    body = rf"{{\object\objemb{{\*\objdata {ole_object('Package', packed)}}}}}"
    reading = look(tmp_path, rtf(body))
    assert found(reading).place.member == "对象1/甲.txt"
    assert any("名单.zip" in s.text for s in reading.segments)


@place("对象链接的文件", visible=False)
def test_a_linked_object_tells_its_file(tmp_path: Path) -> None:
    linked = ole_object("Excel.Sheet.8", b"", f"D:\\{MARKER}.xls")
    segment = found(look(tmp_path, rtf(rf"{{\object{{\*\objdata {linked}}}}}")))
    assert (segment.place.part, segment.visible) == (Part.LINK, False)


@place("矢量图片（说明未识别）", visible=True)
def test_a_drawn_picture_needs_a_look(tmp_path: Path) -> None:
    reading = look(tmp_path, rtf(r"{\pict\wmetafile8 010009000003}"))
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.NEEDS_OCR]


SEEN = {
    "white on a colour": rf"{{\cf1\chcbpat2 {M}}}",
    "white in a shaded cell": grid((rf"{{\cf1 {M}}}",), shaded=r"\clcbpat2"),
    "shown again": rf"{{\v {gbk('藏')}\v0 {M}}}",
    "after the group": rf"{{\v {gbk('藏')}}}{M}",
    "plain again": rf"\v\plain\f0 {M}",
}


@pytest.mark.parametrize("name", SEEN)
def test_what_is_printed_is_seen(name: str, tmp_path: Path) -> None:
    assert found(look(tmp_path, rtf(SEEN[name]))).visible


TEXTS = {
    "rare characters": (units("䶮𬭎堃"), "䶮𬭎堃"),
    "two signs for old programs": (rf"\uc2{units('镕', gbk('溶'))}\uc1 {gbk('后')}", "镕后"),
    "western font by mistake": (rf"{{\f1 {gbk('覃小满')}}}", "覃小满"),
    "traditional font": (
        "{\\f2 " + "".join(f"\\'{b:02x}" for b in "覃國".encode("big5")) + "}",
        "覃國",
    ),
    "Word's double font": (rf"{{\loch\f1\hich\f1\dbch\f0 {gbk('镇长')}}}", "镇长"),
    "a number": (r"{\listtext\'28\'a3\'b1)\tab}a", "(\uff11)\ta"),
    "signs": (r"a\emdash b\~c\{d\}\\e\_f", "a—b\u00a0c{d}\\e-f"),
    "an untouched optional hyphen": (r"1101\-01", "110101"),
    "unicode beside bytes": (r"{\upr{a?}{\*\ud{a" + units("堃") + "}}}", "a堃"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_in_every_dialect(name: str, tmp_path: Path) -> None:
    body, text = TEXTS[name]
    assert text in [s.text for s in look(tmp_path, rtf(body)).segments]


def test_raw_chinese_bytes_are_read(tmp_path: Path) -> None:
    # The second bytes of these characters are "\\", "{" and "}".
    text = "誠" + b"\x81\x7b\x81\x7d".decode("gb18030") + "乡"
    data = rb"{\rtf1\ansi\ansicpg936\deff0 " + text.encode("gb18030") + rb"\par}"
    assert text in [s.text for s in look(tmp_path, data).segments]


def test_a_number_broken_by_a_hidden_word_reads_as_one(tmp_path: Path) -> None:
    reading = look(tmp_path, rtf(rf"110101{{\v {M}}}19900101{{\b 0000}}"))
    assert found(reading, "110101199001010000").visible


def test_what_programs_write_into_every_file_is_not_told(tmp_path: Path) -> None:
    head = (
        r"{\*\generator Riched20 10.0;}{\*\rsidtbl \rsid1}{\*\fchars !),.:;?]\}}{\*\lchars $([}"
        r"{\*\themedata 504b0304}{\stylesheet{\s0 Normal;}}{\*\bkmkstart _GoBack}"
        r"{\info{\printim\yr0}}{\field{\*\fldinst PAGE}{\fldrslt 1}}"
        r"{\*\userprops{\propname AppVersion}{\staticval 14}}"
    )
    assert all(s.visible for s in look(tmp_path, rtf(M, head)).segments)


def test_a_cut_file_is_told(tmp_path: Path) -> None:
    reading = look(tmp_path, rtf(M)[:-1])
    assert found(reading).visible
    assert [t.code for t in reading.troubles] == [TroubleCode.DAMAGED]


def test_text_wrapped_in_html_is_read_as_a_page(tmp_path: Path) -> None:
    body = (
        r"{\rtf1\ansi\ansicpg936\fromhtml1 \deff0{\*\htmltag64 <p style='display:none'>}"
        rf"\htmlrtf {{\htmlrtf0 {gbk('藏乙')}\htmlrtf }}\htmlrtf0"
        rf"{{\*\htmltag72 </p><p title={M}>}}{gbk('看得见')}{{\*\htmltag8 </p>}}}}"
    )
    reading = look(tmp_path, body.encode())
    assert not found(reading, "藏乙").visible
    assert found(reading, "看得见").visible
    assert found(reading).place.part is Part.ALT_TEXT


def test_a_store_of_custom_xml_is_read(tmp_path: Path) -> None:
    from formats.compound import compound

    xml = f"<?xml version='1.0'?><a><b>{MARKER}</b></a>".encode()
    store = compound({"MsoDataStore/甲/Item": xml})
    segment = found(look(tmp_path, rtf(rf"{{\*\datastore {store.hex()}}}")))
    assert (segment.place.part, segment.visible) == (Part.EMBEDDED, False)
