"""What `read` prints for a person: by place, the unseen first, and how sure a recognition is."""

import json
from pathlib import Path

import pytest
from docx import Document

import main
from cli import reading, words
from detection.report import Report, Status
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("关于停水的通知")
    document.add_paragraph("第二段").add_run("藏着的话").font.hidden = True
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 1).text = "表里的话"
    document.core_properties.author = "覃小满"
    path = tmp_path / "通知.docx"
    document.save(str(path))
    return path


def printed(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    main.main(["read", str(path), *words])
    return capsys.readouterr().out.splitlines()


def test_the_unseen_comes_first_and_under_its_place(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(letter, capsys)
    assert lines[1] == "  已读全，docx，" + lines[1].rpartition("，")[2]
    unseen = next(n for n, line in enumerate(lines) if line.startswith("看不见的内容"))
    seen = next(n for n, line in enumerate(lines) if line.startswith("看得见的内容"))
    assert unseen < lines.index("  【隐藏文字】1 处") < seen
    assert unseen < next(n for n, line in enumerate(lines) if "覃" in line) < seen
    assert lines.index("    第1段：关于停水的通知") > seen
    assert "    第1个表第1行第2列：表里的话" in lines


def test_nothing_unseen_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("今天开会。", encoding="utf-8")
    lines = printed(path, capsys)
    assert any(line.startswith("看不见的内容") and line.endswith("没有") for line in lines)


def test_a_file_nobody_could_read_is_not_said_to_hold_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "附件.rar"
    path.write_bytes(b"Rar!\x1a\x07\1\0")
    said = "\n".join(printed(path, capsys))
    assert "RAR 压缩包" in said
    assert "不等于里面没有内容" in said
    assert "没有\n" not in f"{said}\n"


def test_a_remark_is_said_once_for_a_place_and_never_only_repeats_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def cell(name: str) -> Segment:
        place = Place(Part.HIDDEN_SHEET, sheet="账号", cell=name)
        return Segment(place, f"值{name}", visible=False, note="深度隐藏")

    note = Segment(Place(Part.NOTES, page=1), "备注的话", visible=False, note="备注")
    sender = Segment(Place(Part.PROPERTY), "a@b.example", note="From")
    said = show(capsys, Reading(Kind.XLSX, (cell("A1"), cell("B1"), note, sender)))
    assert "  【隐藏工作表】2 处〔深度隐藏〕\n    “账号”A1：值A1\n    “账号”B1：值B1\n" in said
    assert "〔备注〕" not in said
    assert "a@b.example\n      〔发件人〕" in said


def test_findings_are_masked_here_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("联系电话15412345678。", encoding="utf-8")
    assert "15412345678" not in "\n".join(printed(path, capsys))
    assert "15412345678" in "\n".join(printed(path, capsys, "--reveal"))


def test_the_json_has_all_that_was_read(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads("\n".join(printed(letter, capsys, "--json")))
    assert set(whole) >= {"file", "kind", "status", "pages", "image_pages", "segments", "troubles"}
    hidden = next(s for s in whole["segments"] if s["text"] == "藏着的话")
    assert hidden["visible"] is False
    assert hidden["certainty"] == 1
    assert hidden["place"]["part"] == "hidden"


def show(capsys: pytest.CaptureFixture[str], read: Reading) -> str:
    """What a person is shown of a reading that was made by hand."""
    report = Report(
        status=Status.PARTLY, kind=read.kind, sha256="0" * 64, size=1, findings=(),
        troubles=read.troubles, pages=read.pages, image_pages=read.image_pages,
        characters=read.characters, seconds=0.1, rulebook="", title="", plain="",
    )  # fmt: skip
    reading.tell(Path("扫描件.pdf"), report, reading.lines_of(report, read, reveal=False))
    return capsys.readouterr().out


def test_recognised_text_says_how_sure_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    said = show(
        capsys,
        Reading(
            Kind.PDF,
            (Segment(Place(Part.IMAGE, page=2), "扫描的字", certainty=0.873),),
            (Trouble(TroubleCode.NEEDS_OCR, "这一页看不清。", Place(Part.BODY, page=3)),),
            pages=3,
            partial=True,
            image_pages=(2, 3),
        ),
    )
    assert "第2页：扫描的字" in said
    assert "把握 87%" in said
    assert "! 正文 第3页：这一页看不清。" in said
    assert "第 2、3 页是图片" in said
    assert "3 页" in said


def test_a_text_cannot_write_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    said = show(
        capsys,
        Reading(
            Kind.TXT,
            (
                Segment(Place(Part.BODY, paragraph=1), "红\x1b[31m字\n下一行\t尾"),
                Segment(
                    Place(Part.COMMENT, member="内\x07.docx"), "批", visible=False, note="\x1b"
                ),
            ),
        ),
    )
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "红?[31m字\n      下一行  尾\n" in said


def test_what_is_in_one_member_stays_together(capsys: pytest.CaptureFixture[str]) -> None:
    def at(member: str | None, part: Part, text: str) -> Segment:
        return Segment(Place(part, member=member), text)

    said = show(
        capsys,
        Reading(
            Kind.ZIP,
            (
                at("甲.docx", Part.BODY, "一"),
                at("乙.docx", Part.BODY, "二"),
                at("甲.docx", Part.HEADER, "三"),
            ),
        ),
    )
    order = [
        said.index(f"【{title}】") for title in ("甲.docx 正文", "甲.docx 页眉", "乙.docx 正文")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(Part.CELL, sheet="名单", cell="D5"), "“名单”D5"),
        (Place(Part.SHEET, sheet="名单", paragraph=1), "“名单”"),
        (Place(Part.SUBJECT, paragraph=3), ""),
        (Place(Part.HIDDEN_SHEET, sheet="账号", paragraph=2), "“账号”"),
        (Place(Part.HIDDEN_SHEET, sheet="账号", cell="B2", row=2, column=2), "“账号”B2"),
        (Place(Part.ANNOTATION, page=2, paragraph=1), "第2页第1段"),
        (Place(Part.TABLE, page=2, table=1, row=3, column=2), "第2页第1个表第3行第2列"),
        (Place(Part.HIDDEN_COLUMN, sheet="名单", column=4), "“名单”第4列"),
        (Place(Part.TABLE, table=2), "第2个表"),
    ],
)
def test_a_spot_is_said_as_a_person_would(place: Place, said: str) -> None:
    assert words.spot(place) == said
