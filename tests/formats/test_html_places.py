"""Web pages: a marker in each place, and what a person sees of it."""

import base64
from pathlib import Path

import pytest

from formats import read
from formats.reading import Kind, Part, Reading, Segment
from tests.build.containers import archive

MARKER = "标记甲8613"


def look(folder: Path, page: str | bytes, name: str = "a.html") -> Reading:
    path = folder / name
    path.write_bytes(page.encode() if isinstance(page, str) else page)
    return read(path)


def page(body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>"
        f"<p>白石沟镇公示。</p>{body}</body></html>"
    )


def found(reading: Reading, text: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if text in s.text]
    return segment


def place(words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place("html", words, visible=visible)


def data(text: bytes, media: str) -> str:
    return f"data:{media};base64,{base64.b64encode(text).decode()}"


def case(words: str, body: str, part: Part, *, head: str = "", visible: bool = False) -> object:
    return pytest.param(
        page(body, head), part, visible, id=words, marks=place(words, visible=visible)
    )


GONE = "<style>.x{display:none}</style>"
CASES = [
    case("正文", f"<div>甲<b>{MARKER}</b>乙</div>", Part.BODY, visible=True),
    case("标题", "", Part.METADATA, head=f"<title>{MARKER}</title>", visible=True),
    case("网页注释", f"<!-- {MARKER} -->", Part.HIDDEN),
    case(
        "条件注释",
        f"<!--[if gte mso 9]><xml><o:Author>{MARKER}</o:Author></xml><![endif]-->",
        Part.HIDDEN,
    ),
    case("display:none", f"<p style='display : none'>{MARKER}</p>", Part.HIDDEN),
    case("visibility:hidden", f"<p style='visibility:hidden'>{MARKER}</p>", Part.HIDDEN),
    case("hidden 属性", f"<p hidden>{MARKER}</p>", Part.HIDDEN),
    case("opacity:0", f"<p style='opacity:0.0'>{MARKER}</p>", Part.HIDDEN),
    case(
        "样式类隐藏",
        f"<p class=x>{MARKER}</p>",
        Part.HIDDEN,
        head=GONE,
    ),
    case(
        "样式标识隐藏",
        f"<p id=x>{MARKER}</p>",
        Part.HIDDEN,
        head="<style>/* a */ #x , .y { visibility : hidden }</style>",
    ),
    case("样式标签隐藏", f"<em>{MARKER}</em>", Part.HIDDEN, head="<style>em{display:none}</style>"),
    case(
        "后代样式隐藏",
        f"<ul class=m><li><i>{MARKER}</i></li></ul>",
        Part.HIDDEN,
        head="<style>ul.m > li i{display:none}</style>",
    ),
    case("Word 隐藏文字", f"<span style='mso-hide:all'>{MARKER}</span>", Part.HIDDEN),
    case("白色文字", f"<p style='color:#FFF'>{MARKER}</p>", Part.HIDDEN),
    case("font 白色文字", f"<font color=white>{MARKER}</font>", Part.HIDDEN),
    case(
        "与底色同色的文字",
        f"<table bgcolor=#003366><tr><td style='color:rgb(0,51,102)'>{MARKER}</table>",
        Part.HIDDEN,
    ),
    case("透明文字", f"<p style='color:transparent'>{MARKER}</p>", Part.HIDDEN),
    case("极小字号", f"<p style='font-size:1px'>{MARKER}</p>", Part.HIDDEN),
    case("移出页面", f"<p style='position:absolute;left:-9999px'>{MARKER}</p>", Part.OFF_PAGE),
    case("负缩进", f"<p style='text-indent:-900em'>{MARKER}</p>", Part.OFF_PAGE),
    case("裁剪为零", f"<p style='clip:rect(0 0 0 0);position:absolute'>{MARKER}</p>", Part.HIDDEN),
    case("高度为零", f"<p style='height:0;overflow:hidden'>{MARKER}</p>", Part.HIDDEN),
    case("折叠内容", f"<details><summary>看</summary><p>{MARKER}</p></details>", Part.HIDDEN),
    case("template", f"<template><p>{MARKER}</p></template>", Part.HIDDEN),
    case("noscript", f"<noscript><p>{MARKER}</p></noscript>", Part.HIDDEN),
    case("iframe 备用内容", f"<iframe>{MARKER}</iframe>", Part.HIDDEN),
    case("meta", "", Part.METADATA, head=f"<meta name=author content={MARKER}>"),
    case("meta property", "", Part.METADATA, head=f"<meta property='og:title' content={MARKER}>"),
    case("文本框", f"<input value={MARKER}>", Part.FORM_VALUE, visible=True),
    case("隐藏域", f"<input type=hidden value={MARKER}>", Part.FORM_VALUE),
    case("密码框", f"<input type=password value={MARKER}>", Part.FORM_VALUE),
    case("按钮", f"<input type=submit value={MARKER}>", Part.FORM_VALUE, visible=True),
    case("textarea", f"<textarea>{MARKER}</textarea>", Part.FORM_VALUE, visible=True),
    case("选项", f"<select><option>{MARKER}</select>", Part.FORM_VALUE, visible=True),
    case("选项的值", f"<select><option value={MARKER}>甲</select>", Part.FORM_VALUE),
    case("data 属性", f"<p data-name={MARKER}>甲</p>", Part.HIDDEN),
    case("自造属性", f"<p owner={MARKER}>甲</p>", Part.HIDDEN),
    case("alt", f"<img src=a.png alt={MARKER}>", Part.ALT_TEXT),
    case("title 属性", f"<b title={MARKER}>甲</b>", Part.ALT_TEXT),
    case("aria", f"<b aria-label={MARKER}>甲</b>", Part.ALT_TEXT),
    case("链接", f"<a href='http://baishigou.example/{MARKER}'>甲</a>", Part.LINK),
    case("链接里的本机路径", f"<a href='file:///D:/{MARKER}.doc'>甲</a>", Part.LINK),
    case("base", "", Part.LINK, head=f"<base href='file:///D:/{MARKER}/'>"),
    case("脚本", f"<script>var a='{MARKER}'</script>", Part.SCRIPT),
    case(
        "脚本里的 JSON",
        '<script type="application/json">{"a":"\\u6807\\u8bb0\\u75328613"}</script>',
        Part.SCRIPT,
    ),
    case("事件属性", f"<p onclick=\"f('{MARKER}')\">甲</p>", Part.SCRIPT),
    case("样式表注释", "", Part.HIDDEN, head=f"<style>/* {MARKER} */</style>"),
    case(
        "样式表生成的文字",
        "",
        Part.SCRIPT,
        head=f"<style>p::before{{content:'{MARKER}'}}</style>",
        visible=True,
    ),
    case("删除线", f"<p><del>{MARKER}</del></p>", Part.DELETION, visible=True),
    case("svg 文字", f"<svg><text>{MARKER}</text></svg>", Part.BODY, visible=True),
    case(
        "svg 深色底上的白字",
        f'<svg><rect width="9" height="9"/><text style="color:#fff">{MARKER}</text></svg>',
        Part.BODY,
        visible=True,
    ),
    case("svg 不显示的文字", f'<svg><text display="none">{MARKER}</text></svg>', Part.HIDDEN),
    case("svg 没有画出的定义", f"<svg><defs><text>{MARKER}</text></defs></svg>", Part.HIDDEN),
    case("svg 的标题", f"<svg><title>{MARKER}</title></svg>", Part.METADATA),
    case("白色文字（hsl）", f'<p style="color:hsl(0,0%,100%)">{MARKER}</p>', Part.HIDDEN),
    case("进度条的备用内容", f"<progress>{MARKER}</progress>", Part.HIDDEN),
]


@pytest.mark.parametrize(("source", "part", "visible"), CASES)
def test_each_place_is_read(source: str, part: Part, visible: bool, tmp_path: Path) -> None:
    segment = found(look(tmp_path, source))
    assert (segment.place.part, segment.visible) == (part, visible)
    assert segment.place.paragraph is not None


@place("表格", visible=True)
def test_a_cell_knows_its_table_row_and_column(tmp_path: Path) -> None:
    rows = "<tr><th colspan=2>甲</th><th>乙</th></tr><tr><td>丙</td><td>丁</td>"
    reading = look(tmp_path, page(f"<table></table><table>{rows}<td>{MARKER}</td></tr></table>"))
    at = found(reading).place
    assert (at.part, at.table, at.row, at.column) == (Part.TABLE, 2, 2, 3)
    assert found(reading, "乙").place.column == 3


@place("隐藏的单元格", visible=False)
def test_a_hidden_cell_keeps_its_coordinates(tmp_path: Path) -> None:
    body = f"<table><tr><td>甲<td style='display:none'>{MARKER}<td>乙</table>"
    reading = look(tmp_path, page(body))
    segment = found(reading)
    assert (segment.place.part, segment.visible) == (Part.HIDDEN, False)
    assert (segment.place.table, segment.place.row, segment.place.column) == (1, 1, 2)
    assert found(reading, "乙").place.column == 3


@place("data: 地址里的文本", visible=False)
def test_a_text_in_a_data_address_is_read(tmp_path: Path) -> None:
    body = f"<a href='{data(MARKER.encode(), 'text/plain')}'>下载</a>"
    segment = found(look(tmp_path, page(body)))
    assert (segment.place.part, segment.visible) == (Part.EMBEDDED, False)
    assert segment.place.member == "data-1.txt"


@place("data: 地址里的文件", visible=False)
def test_an_archive_in_a_data_address_is_opened(tmp_path: Path) -> None:
    packed = archive({"名单.txt": MARKER.encode()})
    body = f"<a href='{data(packed, 'application/zip')}'>下载</a>"
    segment = found(look(tmp_path, page(body)))
    assert segment.place.member == "data-1/名单.txt"
    assert (segment.place.part, segment.visible) == (Part.EMBEDDED, False)


def test_a_percent_coded_data_address_is_read(tmp_path: Path) -> None:
    coded = "".join(f"%{b:02X}" for b in MARKER.encode("gb18030"))
    body = f"<a href='data:text/plain;charset=gbk,{coded}'>下载</a><a href='x.php?n={coded}'>乙</a>"
    segments = [s for s in look(tmp_path, page(body)).segments if MARKER in s.text]
    assert [s.place.part for s in segments] == [Part.LINK, Part.EMBEDDED]


def test_a_data_address_in_a_style_sheet_is_read(tmp_path: Path) -> None:
    inner = data(f"<svg xmlns='a'><text>{MARKER}</text></svg>".encode(), "image/svg+xml")
    reading = look(tmp_path, page("", f"<style>p{{background:url({inner})}}</style>"))
    assert found(reading).place.part is Part.EMBEDDED


@place("data: 地址里矢量图的文字", visible=True)
def test_words_drawn_in_an_inline_picture_are_read(tmp_path: Path) -> None:
    drawn = f"<svg xmlns='a'><desc/><text>{MARKER}</text></svg>".encode()
    segment = found(look(tmp_path, page(f"<img src='{data(drawn, 'image/svg+xml')}'>")))
    assert (segment.text, segment.place.part, segment.visible) == (MARKER, Part.BODY, True)


@place("iframe 的 srcdoc", visible=True)
def test_the_page_of_an_iframe_is_read(tmp_path: Path) -> None:
    inner = f"&lt;p&gt;{MARKER}&lt;/p&gt;&lt;p hidden&gt;藏乙&lt;/p&gt;"
    reading = look(tmp_path, page(f"<iframe srcdoc='{inner}'></iframe>"))
    segment = found(reading)
    assert (segment.place.part, segment.visible) == (Part.BODY, True)
    assert segment.place.member == "iframe-1.html"
    assert not found(reading, "藏乙").visible


@place("页首之前和页尾之后的注释", visible=False)
def test_comments_outside_the_page_are_read(tmp_path: Path) -> None:
    reading = look(tmp_path, f"<!--前{MARKER}-->{page('')}<!--后{MARKER}-->")
    assert [s.text for s in reading.segments if MARKER in s.text] == [f"前{MARKER}", f"后{MARKER}"]


SEEN = {
    "later rule": ("<style>.x{display:none}.x{display:block}</style>", "<p class=x>{}</p>"),
    "inline over sheet": (GONE, "<p class=x style=display:block>{}</p>"),
    "id over class": ("<style>#i{display:block}.x{display:none}</style>", "<p class=x id=i>{}</p>"),
    "important": ("<style>p{display:block!important}#i{display:none}</style>", "<p id=i>{}</p>"),
    "other state": ("<style>.x:hover{display:none}p:not(.y){color:#fff}</style>", "<p class=x>{}"),
    "paper only": ("<style>@media print{.x{display:none}}</style>", "<p class=x>{}</p>"),
    "other chain": ("<style>.y .x{display:none}</style>", "<p class=x>{}</p>"),
    "child shown again": ("", "<p style=visibility:hidden>甲<b style=visibility:visible>{}</b>"),
    "child with size": ("", "<div style=font-size:0><b style=font-size:16px>{}</b></div>"),
    "white on blue": ("", "<p style='background:#036;color:#fff'>{}</p>"),
    "white on picture": ("", "<div style='background:url(a.png)'><p style=color:#fff>{}</p>"),
    "white on red": ("<style>.h{background:#c00}</style>", "<p class=h><font color=#fff>{}"),
    "open details": ("", "<details open><p>{}</p></details>"),
    "summary": ("", "<details><summary>{}</summary><p>甲</p></details>"),
    "small but readable": ("", "<p style=font-size:8px>{}</p>"),
    "percent width": ("", "<p style='width:100%;overflow:hidden'>{}</p>"),
    "negative layout margin": ("", "<p style=margin-left:-15px>{}</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN)
def test_what_a_browser_shows_is_seen(name: str, tmp_path: Path) -> None:
    head, body = SEEN[name]
    assert found(look(tmp_path, page(body.format(MARKER), head))).visible


def test_a_number_broken_by_a_hidden_word_reads_as_one(tmp_path: Path) -> None:
    body = "<p>110101<span style=display:none>藏</span>19900101<b>0000</b></p>"
    reading = look(tmp_path, page(body))
    assert found(reading, "110101199001010000").visible
    assert not found(reading, "藏").visible


def test_lines_of_the_source_are_no_lines_of_the_page(tmp_path: Path) -> None:
    reading = look(tmp_path, page("<p>第一\n  行<br>第二行</p><pre>甲\n乙</pre>"))
    assert [s.text for s in reading.segments[2:]] == ["第一 行\n第二行", "甲\n乙"]


ARTICLE = (
    "<html><head><script>go()</script></head><body><h1>白石沟镇低保公示</h1>"
    "<div id=js_content style='visibility: hidden; opacity: 0;'><p>{}</p>"
    "<p style='display:none'>真的藏起来</p></div>{}</body></html>"
)


@place("脚本运行后才显示的正文", visible=True)
def test_an_article_behind_a_script_is_seen_and_told(tmp_path: Path) -> None:
    text = f"现将{MARKER}等户名单公示如下，公示期七个工作日，欢迎监督。" * 3
    reading = look(tmp_path, ARTICLE.format(text, ""))
    segment = found(reading)
    assert (segment.place.part, segment.visible) == (Part.BODY, True)
    assert segment.note == "脚本运行后才显示"
    assert any("脚本运行后" in t.text for t in reading.troubles)
    assert not found(reading, "真的藏起来").visible


def test_a_small_block_behind_a_script_stays_hidden(tmp_path: Path) -> None:
    reading = look(tmp_path, ARTICLE.format(MARKER, f"<p>{'看得见的正文。' * 20}</p>"))
    assert not found(reading).visible
    assert reading.troubles == ()


def test_without_a_script_nothing_is_unveiled(tmp_path: Path) -> None:
    text = ARTICLE.replace("<script>go()</script>", "").format(MARKER * 30, "")
    assert not any(s.visible for s in look(tmp_path, text).segments if MARKER in s.text)


ENCODED = {
    "gb2312 declared": ("gb18030", "<meta charset=gb2312>"),
    "old declaration": (
        "gb18030",
        "<meta http-equiv=Content-Type content='text/html;charset=GBK'>",
    ),
    "undeclared gb18030": ("gb18030", ""),
    "utf-8 that says gbk": ("utf-8", "<meta charset=gbk>"),
    "gbk that says utf-8": ("gb18030", "<meta charset=utf-8>"),
    "utf-8 with a BOM": ("utf-8-sig", "<meta charset=gb2312>"),
    "utf-16 with a BOM": ("utf-16", ""),
    "utf-16 without a BOM": ("utf-16-le", ""),
    "big5": ("big5hkscs", "<meta charset=big5>"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_the_encoding_a_browser_would_choose(name: str, tmp_path: Path) -> None:
    encoding, head = ENCODED[name]
    text = "公示名單" if encoding == "big5hkscs" else "覃小满镕喆堃䶮"
    source = (
        f"<html><head>{head}</head><body><p>經村民小組評議公示三戶</p><p>{text}</p></body></html>"
    )
    reading = look(tmp_path, source.encode(encoding))
    assert reading.kind is Kind.HTML
    assert found(reading, text).visible
    assert not reading.partial


def test_broken_bytes_are_told(tmp_path: Path) -> None:
    source = page(f"<p>{MARKER}</p>").encode() + "后".encode() + b"\xff\xfe\xe7 a"
    reading = look(tmp_path, source)
    assert found(reading).visible
    assert reading.partial
    assert any("编码" in t.text for t in reading.troubles)


def test_fonts_and_colours_are_not_told(tmp_path: Path) -> None:
    body = "<p><font face='方正小标宋' color='#800000' lang=zh-CN>甲</font></p>"
    reading = look(tmp_path, page(body, "<meta name=generator content='WPS 12.1'>"))
    assert all(s.visible for s in reading.segments)


def test_every_place_has_its_own_number(tmp_path: Path) -> None:
    reading = look(tmp_path, page("".join(str(c.values[0]) for c in CASES)))  # type: ignore[attr-defined]
    places = [s.place for s in reading.segments]
    assert len(places) == len(set(places))


NAME = "覃小满韦青禾"
SCRIPT = base64.b64encode(NAME.encode()).decode()
DROPPED = [
    case("重复的属性", f"<p title=甲 title={NAME}>乙", Part.HIDDEN),
    case("结束标签里的属性", f"<b>甲</b title={NAME}>", Part.HIDDEN),
    case("没有写完的标签", f"<a title='{NAME}", Part.HIDDEN),
    case("属性的名称", f"<p {NAME}>甲", Part.HIDDEN),
    case("标签的名称", f"<x-{NAME}>甲</x-{NAME}>", Part.HIDDEN),
    case("meta 的其他属性", "", Part.METADATA, head=f"<meta name=a content=b scheme={NAME}>"),
    case("样式属性里的批注人", f"<a style='mso-comment-reference:{NAME}_1'>甲</a>", Part.HIDDEN),
    case("样式属性里的域代码", f"<span style='mso-field-code:\"DATA {NAME}\"'>甲</span>",
         Part.HIDDEN),
    case("样式表里的变量", "", Part.HIDDEN, head=f"<style>:root{{--a:'{NAME}'}}</style>"),
    case("样式表里的地址", "", Part.HIDDEN, head=f"<style>p{{background:url({NAME}.png)}}</style>"),
    case("引入的样式表", "", Part.LINK, head=f"<style>@import '{NAME}.css';</style>"),
    case("几段连成的生成文字", "", Part.SCRIPT, visible=True,
         head=f"<style>p::before{{content:counter(a) '甲' '{NAME}'}}</style>"),
    case("列表符号的文字", "", Part.SCRIPT, visible=True,
         head=f"<style>li{{list-style-type:'{NAME}'}}</style>"),
    case("脚本里 base64 编码的文字", f"<script>var a=atob('{SCRIPT}')</script>", Part.SCRIPT),
    case("脚本里百分号编码的文字",
         f"<script>var a=unescape('{''.join(f'%u{ord(c):04x}' for c in NAME)}')</script>",
         Part.SCRIPT),
    case("链接到本页的锚点", f"<a href='#{NAME}'>甲</a>", Part.LINK),
]  # fmt: skip


@pytest.mark.parametrize(("source", "part", "visible"), DROPPED)
def test_what_a_parser_passes_over_is_read(
    tmp_path: Path, source: str, part: Part, visible: bool
) -> None:
    segment = found(look(tmp_path, source), NAME)
    assert (segment.place.part, segment.visible) == (part, visible)


@pytest.mark.parametrize(
    "source",
    [
        f"<p style='font-family:{NAME}'>甲",
        f"<style>@font-face{{font-family:{NAME}}} p{{mso-style-name:{NAME}}}</style>",
        f"<style>@list l0{{mso-level-text:'%1{NAME}'}}</style>",
        f"<font face={NAME}>甲</font>",
    ],
)
def test_what_fonts_and_styles_are_called_is_not_told(tmp_path: Path, source: str) -> None:
    assert [s for s in look(tmp_path, page(source)).segments if NAME in s.text] == []


def test_each_word_in_a_tag_is_told_once(tmp_path: Path) -> None:
    body = f"<img alt='{NAME}' src='{NAME}.png'><a href='/{NAME}?a=%E7%94%B2' class={NAME}>甲</a>"
    told = [s.text for s in look(tmp_path, page(body + f"<!-- <p title={NAME}> -->")).segments]
    assert sum(NAME in text for text in told) == 5


def test_a_zero_parts_no_words(tmp_path: Path) -> None:
    assert found(look(tmp_path, page(f"<p>{NAME[:3]}\0{NAME[3:]}")), NAME).visible


@pytest.mark.parametrize(
    "piece", ["data:,", "</覃 ", "<覃 a=", "content:'", "/*", "a:b;", "%u", "覃=", "data:a;b="]
)
def test_a_page_of_one_piece_costs_no_more_than_its_length(tmp_path: Path, piece: str) -> None:
    """Addresses of data that do not end were each copied to the end of the style: n² characters."""
    for source in (f"<style>{piece * 300_000}</style>", f'<p style="{piece * 300_000}">'):
        look(tmp_path, page(source))
