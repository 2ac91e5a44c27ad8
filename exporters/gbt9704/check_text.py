"""Checks on the text of an official document (5.2.2 to 5.2.4, 7.2, 7.3, 7.4)."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import resources
from exporters.gbt9704.classify import Elements
from exporters.gbt9704.finding import Verdict, failed, judged, passed, places, untold
from exporters.gbt9704.layout import Layout, Look, Paragraph, Section
from exporters.gbt9704.measures import (
    CHARACTERS,
    LINES,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    Pt,
    font_kind,
    half_points,
)

BLACK = {"AUTO", "000000"}
RED = {"FF0000", "C00000", "E60012"}
NAMES = {"fangsong": "仿宋", "heiti": "黑体", "kaiti": "楷体", "xiaobiaosong": "小标宋"}
_NUMBER = re.compile(r"^[^\d第]{1,20}〔\d{4}〕[1-9]\d{0,4}号$")
_DATE = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")
_PLACE_OF_SEAL = 1.5  # characters: less than two, for rounding


def check(layout: Layout, elements: Elements) -> Iterator[Verdict]:
    """Everything that the text and its formatting tell."""
    yield from _face(layout, elements)
    yield from _head(elements)
    yield from _title(elements)
    yield from _main(elements)
    yield from _end(layout, elements)


def _fault(look: Look, kind: str, size: Pt) -> str:
    """What is wrong with a face; empty when nothing is."""
    faults = []
    if font_kind(look.font) != kind:
        faults.append(look.font or "未设中文字体")
    if look.size != half_points(size):
        faults.append(f"{look.size / 2:g}磅")
    return "、".join(faults)


def _all(
    id_: str, paragraphs: Sequence[Paragraph], fault: Callable[[Paragraph], str]
) -> Iterator[Verdict]:
    """One verdict over several paragraphs: pass, or what is wrong and where. None for none."""
    if not paragraphs:
        return
    wrong = [(p, what) for p in paragraphs if (what := fault(p))]
    if not wrong:
        yield passed(id_, f"符合（{len(paragraphs)}处）")
        return
    what = "；".join(list(dict.fromkeys(what for _, what in wrong))[:3])
    yield failed(id_, what, places(p for p, _ in wrong))


def _face(layout: Layout, elements: Elements) -> Iterator[Verdict]:
    yield from _all("F-07", elements.body, lambda p: _fault(p.main, "fangsong", SIZE_3))
    if elements.body and layout.sections:
        section = layout.sections[0]
        wrong = [p for p in elements.body if _density(p, section)]
        if wrong:
            yield failed("F-08", _density(wrong[0], section), places(wrong))
        else:
            yield untold("F-08", "行距和字距的设置相符，实际行数字数须排版后核对")
    head = {p.number for p in elements.before}
    coloured = [
        p
        for p in layout.paragraphs
        if p.number not in head
        and any(r.text.strip() and r.look.colour not in BLACK for r in p.runs)
    ]
    in_tables = sorted(layout.table_colours - BLACK)
    if coloured or in_tables:
        where = places(coloured) if coloured else "表格内"
        yield failed("F-09", "有彩色文字", where)
    else:
        yield passed("F-09", "黑色")


def _density(paragraph: Paragraph, section: Section) -> str:
    """Lines a page and characters a line by the settings; the page itself needs rendering."""
    faults = []
    height = section.height - section.top - section.bottom
    pitch = paragraph.line
    if paragraph.line_rule == "auto":
        pitch = round(section.pitch * paragraph.line / 240) if section.grid else 0
    if not pitch:
        faults.append("没有固定行距")
    elif height // pitch != LINES:
        faults.append(f"行距{pitch / 20:g}磅，每面{height // pitch}行")
    if section.grid not in {"linesAndChars", "snapToChars"}:
        width = section.width - section.left - section.right
        each = paragraph.main.size * 10 + paragraph.main.tracking
        if each > 0 and width // each != CHARACTERS:
            faults.append(f"每行{width // each}字")
    return "，".join(faults)


def _head(elements: Elements) -> Iterator[Verdict]:
    for paragraph in elements.before[:6]:
        text = re.sub(r"\s", "", paragraph.text)
        if re.fullmatch(r"\d{6}", text):
            yield Verdict("F-11", paragraph.left_indent < 0.5, f"{text}", places([paragraph]))
        if re.match(r"^(绝密|机密|秘密)(★|☆|\*|$)", text):
            found = "有国家秘密标志，请立即停止处理并报告保密员"
            yield failed("F-12", found, places([paragraph]))
        if text in {"特急", "加急", "特提", "平急"}:
            fault = _fault(paragraph.main, "heiti", SIZE_3)
            yield judged("F-13", fault, places([paragraph]), good=text)
        if paragraph.main.colour in RED and paragraph.main.size > half_points(SIZE_2):
            centred = paragraph.align == "center"
            say = untold if centred else failed
            found = "位置须排版后核对" if centred else "没有居中"
            yield say("F-14", found, places([paragraph]))
    yield from _all(
        "F-16",
        elements.number,
        lambda p: "" if _NUMBER.match(re.sub(r"\s", "", p.text)) else f"写作“{p.text[:24]}”",
    )


def _title(elements: Elements) -> Iterator[Verdict]:
    if not elements.title:
        yield untold("F-20", "没有认出标题")
        return
    yield from _all("F-20", elements.title, _title_fault)
    text = "".join(p.text for p in elements.title)
    kinds = resources.table("law/gbt9704.toml")["kinds"]["names"]
    ending = re.sub(r"[（(].*?[)）]$", "", text)
    where = places(elements.title)
    if ending.endswith("公示"):
        yield untold("F-21", "公示不是法定文种，不核对文种", where)
    else:
        kind = next((k for k in kinds if ending.endswith(k)), None)
        if kind:
            yield passed("F-21", f"文种：{kind}", where)
        else:
            found = "末尾不是法定文种（是否属公文请人工判断）"
            yield failed("F-21", found, where, soft=True)


def _title_fault(paragraph: Paragraph) -> str:
    faults = [_fault(paragraph.main, "xiaobiaosong", SIZE_2)]
    faults.append("加粗" if paragraph.main.bold else "")
    faults.append("" if paragraph.align == "center" else "没有居中")
    faults.append("首行有缩进" if paragraph.first_indent > 0.2 else "")
    return "、".join(f for f in faults if f)


def _main(elements: Elements) -> Iterator[Verdict]:
    yield from _all("F-22", elements.addressee, _addressee_fault)
    yield from _all("F-24", elements.body, _indent_fault)
    kinds = ("heiti", "kaiti", "fangsong", "fangsong")
    for index, (paragraphs, kind) in enumerate(zip(elements.levels, kinds, strict=True)):
        yield from _all(f"F-{25 + index}", paragraphs, partial(_level_fault, kind))
    numbered = [p for p in (*sum(elements.levels, ()), *elements.body) if _numbered(p.text)]
    yield from _all("F-29", numbered, _numbering_fault)


def _level_fault(kind: str, paragraph: Paragraph) -> str:
    return _fault(paragraph.first, kind, SIZE_3)


def _addressee_fault(paragraph: Paragraph) -> str:
    if paragraph.first_indent > 0.2 or paragraph.left_indent > 0.2:
        return "没有顶格"
    return "" if paragraph.text.endswith("：") else "末尾不是全角冒号"


def _indent_fault(paragraph: Paragraph) -> str:
    if paragraph.raw.startswith(("　　", "    ")) and paragraph.first_indent < 0.2:
        return "用空格代替首行缩进"
    if abs(paragraph.first_indent - 2) > 0.25:
        return f"首行缩进{paragraph.first_indent:.1f}字"
    return "回行没有顶格" if abs(paragraph.left_indent) > 0.25 else ""


def _numbered(text: str) -> bool:
    return bool(
        re.match(
            r"^([一二三四五六七八九十]+[、，.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、](?!\d))",
            text,
        )
    )


def _numbering_fault(paragraph: Paragraph) -> str:
    text = paragraph.text
    if re.match(r"^[（(][一二三四五六七八九十\d]+[)）]、", text):
        return "括号序号后用了顿号"
    if re.match(r"^\([一二三四五六七八九十\d]+[)）]|^（[一二三四五六七八九十\d]+\)", text):
        return "用了半角括号"
    if re.match(r"^\d{1,2}、", text):
        return "阿拉伯数字后用了顿号"
    return "“一”后没有用顿号" if re.match(r"^[一二三四五六七八九十]+[，.．]", text) else ""


def _end(layout: Layout, elements: Elements) -> Iterator[Verdict]:
    before = {
        p.number: layout.paragraphs[p.number - 2].text if p.number > 1 else ""
        for p in elements.attachments_note
    }
    yield from _all(
        "F-30", elements.attachments_note, lambda p: _attachments_fault(p, before[p.number])
    )
    if elements.date and elements.organ:
        fault = _signed_fault(elements.date[0])
        say = failed if fault else untold
        yield say("F-33", fault or "靠右并空字，是否盖章须人工核对", places(elements.date[:1]))
    yield from _all(
        "F-35",
        elements.date,
        lambda p: "" if _DATE.fullmatch(p.text) else f"写作“{p.text[:20]}”",
    )
    nothing = [p for p in layout.paragraphs if "此页无正文" in p.text]
    if nothing:
        yield failed("F-36", "有“此页无正文”", places(nothing))
    else:
        yield passed("F-36", "没有“此页无正文”")
    yield from _all("F-37", elements.note, _note_fault)
    yield from _all("F-38", elements.attachment, _attachment_fault)
    for paragraph in elements.record:
        yield from _record(paragraph)


def _attachments_fault(paragraph: Paragraph, above: str) -> str:
    text, faults = paragraph.text, []
    if above:
        faults.append("上面没有空一行")
    if not re.match(r"^附件：", text):
        faults.append("应当写作“附件：”")
    if text[-1] in "。；，、;,.":
        faults.append("名称后有标点")
    start = paragraph.left_indent + paragraph.first_indent
    if abs(start - 2) > 0.3:
        faults.append(f"左空{start:.1f}字")
    return "、".join(faults)


def _signed_fault(paragraph: Paragraph) -> str:
    if paragraph.align not in {"right", "end"}:
        return "" if paragraph.left_indent + paragraph.first_indent > 8 else "没有靠右"
    return "" if paragraph.right_indent >= _PLACE_OF_SEAL else "右边没有空字"


def _note_fault(paragraph: Paragraph) -> str:
    if not (paragraph.text.startswith("（") and paragraph.text.endswith("）")):
        return "用了半角括号"
    start = paragraph.left_indent + paragraph.first_indent
    return "" if abs(start - 2) <= 0.3 else f"左空{start:.1f}字"


def _attachment_fault(paragraph: Paragraph) -> str:
    faults = [_fault(paragraph.main, "heiti", SIZE_3)]
    start = paragraph.left_indent + paragraph.first_indent
    faults.append("" if paragraph.align != "center" and start < 0.3 else "没有顶格")
    faults.append("" if paragraph.new_page else "没有另面编排")
    faults.append("有冒号" if paragraph.text[-1] in "：:" else "")
    return "、".join(f for f in faults if f)


def _record(paragraph: Paragraph) -> Iterator[Verdict]:
    """The lines of the 版记."""
    text, where = paragraph.text, places([paragraph])
    if text.startswith("主题词"):
        yield failed("F-42", "有“主题词”，现行标准已取消", where)
    elif text.startswith("抄送"):
        fault = _fault(paragraph.main, "fangsong", SIZE_4)
        fault = fault or ("" if text.endswith("。") else "末尾没有句号")
        yield judged("F-40", fault, where)
    elif "印发" in text:
        good = _DATE.search(text) and not re.search(r"年0|月0", text)
        fault = _fault(paragraph.main, "fangsong", SIZE_4) or ("" if good else "日期编了虚位")
        yield judged("F-41", fault, where)
