"""The checker passes what our writer makes and names what somebody else got wrong."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from exporters.gbt9704 import check, elements
from exporters.gbt9704.measures import facts
from exporters.gbt9704.writer import Paper
from formats.reading import TroubleCode, Unreadable

ORGAN = "白石沟镇人民政府"
Change = Callable[[Paper], None]


def letter() -> Paper:
    paper = Paper(organ=ORGAN)
    elements.title(paper, "白石沟镇人民政府关于做好防汛工作的通知", keep=(ORGAN,))
    elements.addressee(paper, "各村（社区）")
    elements.heading(paper, 1, "一、总体要求")
    elements.heading(paper, 2, "（一）压实责任")
    elements.body(paper, "各村要落实包保责任，逐户排查。")
    elements.heading(paper, 3, "1.值班")
    elements.body(paper, "值班人员到岗到位。")
    elements.attachments_note(paper, ["值守安排"])
    elements.signature(paper, ORGAN, "2026年3月5日", sealed=True)
    elements.note(paper, "此件公开发布")
    elements.attachment(paper, None, "值守安排")
    elements.body(paper, "附件正文。")
    return paper


def results(paper: Paper, folder: Path) -> dict[str, dict[str, str]]:
    paper.save(folder / "a.docx")
    return {row["id"]: row for row in check(folder / "a.docx")}


def find(paper: Paper, start: str, *, whole: bool = False) -> Paragraph:
    return next(
        p
        for p in paper.document.paragraphs
        if (p.text.startswith(start) and not whole) or p.text == start
    )


def test_what_we_write_breaks_no_rule(tmp_path: Path) -> None:
    rows = results(letter(), tmp_path)
    assert {r["id"] for r in rows.values() if r["result"] in {"fail", "warn"}} == set()
    passed = {id_ for id_, r in rows.items() if r["result"] == "pass"}
    assert passed >= {"F-01", "F-02", "F-03", "F-04", "F-07", "F-09", "F-20", "F-21", "F-22",
                      "F-24", "F-25", "F-26", "F-27", "F-30", "F-35", "F-37", "F-38"}  # fmt: skip


def test_every_fact_is_answered_in_order(tmp_path: Path) -> None:
    letter().save(tmp_path / "a.docx")
    rows = check(tmp_path / "a.docx")
    assert (
        list(dict.fromkeys(row["id"] for row in rows))
        == list(facts())
        == [f"F-{n:02}" for n in range(1, 53)]
    )
    assert {row["result"] for row in rows} <= {"pass", "warn", "fail", "not-checked"}
    assert {row["strength"] for row in rows} <= set("RGTDP")


def test_geometry_is_not_checked_rather_than_passed(tmp_path: Path) -> None:
    rows = results(letter(), tmp_path)
    rendered = [id_ for id_, fact in facts().items() if fact.rendered]
    assert {rows[id_]["result"] for id_ in rendered} == {"not-checked"}
    assert rows["F-08"]["result"] == "not-checked"


def _set(start: str, change: Callable[[Paragraph], None], *, whole: bool = False) -> Change:
    return lambda paper: change(find(paper, start, whole=whole))


def _first(text: str) -> Change:
    def insert(paper: Paper) -> None:
        paper.document.paragraphs[0].insert_paragraph_before(text)

    return insert


def _no_new_page(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.page_break_before = False


def _blue(paragraph: Paragraph) -> None:
    paragraph.runs[0].font.color.rgb = RGBColor(0, 0, 255)


def _small(paragraph: Paragraph) -> None:
    paragraph.runs[0].font.size = Pt(14)


def _loose(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.line_spacing = Pt(29)


def _bold(paragraph: Paragraph) -> None:
    paragraph.runs[0].bold = True


def _flush_left(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _retype(text: str) -> Callable[[Paragraph], None]:
    return lambda p: setattr(p, "text", text)


MISTAKES: list[tuple[str, str, str, Change]] = [
    ("F-02", "fail", "25.4 毫米", lambda p: setattr(p.section, "top_margin", Mm(25.4))),
    ("F-03", "fail", "31.8 毫米", lambda p: setattr(p.section, "left_margin", Mm(31.8))),
    ("F-01", "fail", "216×", lambda p: setattr(p.section, "page_width", Mm(216))),
    ("F-05", "warn", "25.0 毫米", lambda p: setattr(p.section, "bottom_margin", Mm(25))),
    ("F-09", "fail", "彩色", _set("各村要", _blue)),
    ("F-07", "warn", "14磅", _set("各村要", _small)),
    ("F-08", "warn", "每面21行", _set("各村要", _loose)),
    ("F-20", "warn", "加粗", _set("白石沟镇人民政府关于", _bold)),
    ("F-20", "warn", "没有居中", _set("白石沟镇人民政府关于", _flush_left)),
    ("F-22", "fail", "全角冒号", _set("各村（社区）", _retype("各村（社区）:"))),
    ("F-24", "fail", "首行缩进0", _set("各村要", lambda p: elements.indent(p, firstLine=0))),
    ("F-25", "warn", "宋体", _set("一、", lambda p: elements._face(p.runs[0], "宋体"))),
    ("F-29", "warn", "顿号", _set("（一）", _retype("（一）、压实责任"))),
    ("F-29", "warn", "半角括号", _set("（一）", _retype("(一)压实责任"))),
    ("F-30", "fail", "标点", _set("附件：", _retype("附件：值守安排。"))),
    ("F-35", "fail", "03月", _set("2026年", _retype("2026年03月05日"))),
    ("F-35", "fail", "二〇二六", _set("2026年", _retype("二〇二六年三月五日"))),
    ("F-36", "fail", "此页无正文", _set("各村要", _retype("（此页无正文）"))),
    ("F-37", "fail", "半角", _set("（此件", _retype("(此件公开发布)"))),
    ("F-38", "fail", "另面", _set("附件", _no_new_page, whole=True)),
    ("F-42", "fail", "主题词", _set("附件正文", _retype("主题词：防汛 通知"))),
    ("F-43", "warn", "居中", lambda p: setattr(p.section.footer.paragraphs[0], "alignment", 1)),
    ("F-12", "warn", "国家秘密", _first("机密★10年")),
    ("F-16", "fail", "写作", _first("白石府发[2026]第08号")),
]


@pytest.mark.parametrize(
    ("id_", "result", "found", "change"), MISTAKES, ids=[f"{m[0]} {m[2]}" for m in MISTAKES]
)
def test_a_mistake_is_named(
    tmp_path: Path, id_: str, result: str, found: str, change: Change
) -> None:
    paper = letter()
    change(paper)
    row = results(paper, tmp_path)[id_]
    assert row["result"] == result
    assert found in row["found"]
    assert set(row) >= {"id", "strength", "result", "expected", "found", "place"}


def test_spaces_are_no_indent(tmp_path: Path) -> None:
    paper = letter()
    paragraph = find(paper, "各村要")
    paragraph.text = "　　各村要落实包保责任，逐户排查。"
    elements.indent(paragraph, firstLine=0)
    assert "空格" in results(paper, tmp_path)["F-24"]["found"]


def test_a_notice_is_not_held_to_the_fifteen_kinds(tmp_path: Path) -> None:
    paper = Paper()
    elements.title(paper, "白石沟镇农村低保对象公示")
    elements.body(paper, "现予公示。")
    assert results(paper, tmp_path)["F-21"]["result"] == "not-checked"


def _broken(kind: str, folder: Path) -> Path:
    path = folder / "坏.docx"
    made = io.BytesIO()
    letter().document.save(made)
    data = made.getvalue()
    if kind == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif kind == "text":
        path.write_text("不是文档")
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "ole":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    elif kind in {"xml", "bomb"}:
        bad = b"<w:document" if kind == "xml" else _entities()
        with zipfile.ZipFile(path, "w") as target:
            target.writestr("word/document.xml", bad)
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as target:
            target.writestr("a.txt", "x")
    return path


def _entities() -> bytes:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "x">{inner}]><d>&e9;</d>'.encode()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("cut", TroubleCode.DAMAGED),
        ("text", TroubleCode.DAMAGED),
        ("empty", TroubleCode.EMPTY),
        ("ole", TroubleCode.NOT_SUPPORTED),
        ("xml", TroubleCode.DAMAGED),
        ("bomb", TroubleCode.DAMAGED),
        ("zip", TroubleCode.NOT_SUPPORTED),
        ("missing", TroubleCode.MISSING),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, kind: str, code: TroubleCode) -> None:
    with pytest.raises(Unreadable) as caught:
        check(_broken(kind, tmp_path))
    assert caught.value.code is code
    assert caught.value.text.endswith("。")


@pytest.mark.parametrize("value", ["", "-1", "1e309", "nan", "９９", "99999999999999999999", "abc"])
def test_nonsense_in_a_measure_does_not_stop_the_check(tmp_path: Path, value: str) -> None:
    letter().save(tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    for name in ("word/document.xml", "word/styles.xml"):
        for good in ('w:top="2098"', 'w:sz w:val="44"', 'w:line="579"', 'w:right="630"'):
            attribute = good[: good.rindex('="')]
            parts[name] = parts[name].replace(good, f'{attribute}="{value}"')
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    rows = {row["id"]: row["result"] for row in check(tmp_path / "b.docx")}
    assert rows["F-02"] == "fail"
    assert rows["F-03"] == "pass"
