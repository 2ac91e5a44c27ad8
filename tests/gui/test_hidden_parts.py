"""Whatever part of a file a text stands in, the desk shows it: by its chip, by its finding."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from detection.finding import Family, Severity
from formats.reading import Kind, Part, Place, Segment
from gui.widgets.document_blocks import DOUBT, ApartLaying, BlockKind, Laying
from gui.widgets.document_page_boxes import spread
from gui.widgets.document_parts import Front, chip_of, front_of
from gui.widgets.document_side import Side, Source
from gui.widgets.document_view import DocumentView
from intake.views import View
from models.queries.rows import FindingRow
from tests.build import pdf
from tests.gui.review_office import Office, sitting

__all__ = ["sitting"]

BOX = (72.0, 80.0, 200.0, 96.0)
# Where a reader may say that a text stands, from nothing at all to everything.
PLACES = {
    "nowhere": Place,
    "counted": lambda part: Place(part, paragraph=3, path="word/x.xml"),
    "cell": lambda part: Place(part, sheet="名单", cell="C3", row=3, column=3),
    "page": lambda part: Place(part, page=1, paragraph=2),
    "box": lambda part: Place(part, page=1, paragraph=2, box=BOX),
    "inside": lambda part: Place(part, member="附表.docx", page=7, paragraph=2, box=BOX),
}
KINDS = {Front.FLOW: Kind.DOCX, Front.SHEET: Kind.XLSX, Front.PAGES: Kind.PDF}


@pytest.fixture
def view(sitting: Office, qtbot: QtBot) -> Iterator[DocumentView]:
    made = DocumentView(sitting.desk)
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    sitting.settle(qtbot)


def give(view: DocumentView, office: Office, kind: Kind, *segments: Segment) -> None:
    """Show these segments as if a file of this kind had held them."""
    path = office.folder / f"文件.{kind.value}"
    path.write_bytes(pdf.one_page(pdf.show("白石沟镇")))
    view.show_document(Source(path, path.name, kind), None, Side.ORIGINAL, Side.ORIGINAL)
    loading = view._loading[Side.ORIGINAL]
    office.desk.jobs.read(loading, "text", lambda: None, lambda _: None, lambda _: None)
    loading._take(path, View(kind, segments, len(segments), 1))


def shown(view: DocumentView, index: int) -> bool:
    """Is it on the document, or in the list under it?"""
    if view.apart.holds(index):
        return view.apart.isVisible() and view.apart.flow.go_to(index)
    front = view._front()
    return front is not None and front.go_to(index)


@pytest.mark.parametrize("front", list(Front))
def test_every_part_is_reached_by_its_chip_and_by_its_finding(
    view: DocumentView, sitting: Office, qtbot: QtBot, front: Front
) -> None:
    segments = [
        Segment(where(part), f"{part} {name} 15400003021", visible)
        for part in Part
        for name, where in PLACES.items()
        for visible in (False, True)
    ]
    give(view, sitting, KINDS[front], *segments)
    chips = [part for part, _ in view.strip.chips()]
    kind = KINDS[front]
    assert set(chips) == set(Part), "each part has some text that is hidden"
    assert view.strip.take_focus()
    for part in chips:
        chip = QApplication.focusWidget()
        assert chip is not None
        QTest.keyClick(chip, Qt.Key.Key_Space)
        assert view.strip.shown() == {part}
        for index, segment in enumerate(segments):
            named = segment.place.part in (Part.NAME, Part.SHEET) and segment.visible
            if chip_of(kind, segment) is part and not named:
                assert shown(view, index), segment.place
        QTest.keyClick(chip, Qt.Key.Key_Space)
        assert view.strip.shown() == frozenset()
        QTest.keyClick(chip, Qt.Key.Key_Right)
    for index, segment in enumerate(segments):
        found = finding(segment.place, (0, len(segment.text)))
        give_findings(view, found)
        assert shown(view, index) or shown(view, twin(segments, index)), segment.place
    assert view.lead_to(1), "the file's name"
    sitting.settle(qtbot)


def test_a_hidden_sheet_comes_to_the_front_as_a_table(
    view: DocumentView, sitting: Office, qtbot: QtBot
) -> None:
    away = {"sheet": "账号", "path": "xl/worksheets/sheet2.xml"}
    give(
        view, sitting, Kind.XLSX,
        Segment(Place(Part.SHEET, sheet="名单"), "名单"),
        Segment(Place(Part.CELL, sheet="名单", cell="A1", row=1, column=1), "岑怀远"),
        Segment(Place(Part.HIDDEN_SHEET, **away), "账号", visible=False),
        Segment(Place(Part.HIDDEN_SHEET, row=1, column=1, **away), "6222", visible=False),
    )  # fmt: skip
    assert view.sheet.tabs.count() == 1
    view.strip.open_part(Part.HIDDEN_SHEET)
    tabs = view.sheet.tabs
    assert [tabs.tabText(n) for n in range(tabs.count())] == ["名单", "账号（隐藏）"]
    assert tabs.currentIndex() == 1
    sitting.settle(qtbot)


def give_findings(view: DocumentView, found: FindingRow) -> None:
    view.set_findings([found], found.id)
    view.show_finding(found)


def twin(segments: list[Segment], index: int) -> int:
    """The other segment at the same place: a finding does not say which of the two it means."""
    place = segments[index].place
    return next(i for i, s in enumerate(segments) if s.place == place and i != index)


def finding(place: Place, span: tuple[int, int]) -> FindingRow:
    return FindingRow(
        1, 1, "phone", Family.PERSONAL, Severity.HIDE, place, span, "154****3021", visible=False,
        certainty=0.99, valid=None, reason="手机号码", basis="", suggest="", manual=False,
        ruling=None, ruled_by="", ruled_at=None, ruling_reason="", carried=False,
    )  # fmt: skip


def test_facts_stand_in_a_table_and_a_cache_stays_one() -> None:
    segments = [
        Segment(Place(Part.PROPERTY, paragraph=1), "覃小满", visible=False, note="作者"),
        Segment(Place(Part.PROPERTY, paragraph=2), "低保名单", visible=False, note="标题"),
        Segment(Place(Part.PIVOT_CACHE, sheet="缓存", row=1, column=1), "姓名", visible=False),
        Segment(Place(Part.PIVOT_CACHE, sheet="缓存", row=1, column=2), "身份证号", visible=False),
        Segment(
            Place(Part.SCRIPT, paragraph=1, path="Names"),
            "app.alert(1)",
            visible=False,
            note="打开时",
        ),
    ]
    blocks = ApartLaying().lay(segments, range(5))
    assert [(b.kind, b.caption) for b in blocks] == [
        (BlockKind.TITLE, "文档属性"),
        (BlockKind.FACT, "作者"),
        (BlockKind.FACT, "标题"),
        (BlockKind.TITLE, "透视表缓存"),
        (BlockKind.ROW, ""),
        (BlockKind.TITLE, "脚本"),
        (BlockKind.FACT, "打开时"),
    ]


def test_a_revision_says_who_and_when_under_its_paragraph() -> None:
    stamp = "覃小满 2026-03-01 10:00"
    place = Place(Part.BODY, paragraph=4, path="word/document.xml")
    segments = [
        Segment(place, "补助每人三百元。"),
        Segment(
            place._replace(part=Part.DELETION),
            "四百",
            visible=False,
            note="覃小满 2026-03-01 10:00",
        ),
    ]
    (closed,) = Laying().lay(segments, range(2))
    (opened,) = Laying(frozenset({Part.DELETION})).lay(segments, range(2))
    assert closed.foot == ()
    assert opened.foot == (f"修订删除 · {stamp}",)


def test_slides_and_pages_begin_with_their_number() -> None:
    segments = [
        Segment(Place(Part.BODY, page=page, paragraph=1), f"第{page}张的内容。") for page in (1, 2)
    ]
    blocks = Laying(frozenset(), "附件", "幻灯片 {}").lay(segments, range(2))
    assert [b.caption for b in blocks if b.kind is BlockKind.TITLE] == ["幻灯片 1", "幻灯片 2"]


def test_text_from_a_picture_says_how_sure_it_is(view: DocumentView, sitting: Office) -> None:
    sure = Segment(Place(Part.IMAGE, page=1, paragraph=1, box=BOX), "覃小满", certainty=0.97)
    unsure = Segment(
        Place(Part.IMAGE, page=1, paragraph=2, box=BOX), "15400003021", certainty=DOUBT - 0.1
    )
    give(view, sitting, Kind.PNG, sure, unsure)
    assert front_of(Kind.PNG) is Front.PAGES
    assert view.strip.chips() == ((Part.IMAGE, "图上文字 2，1 处须核对"),)
    found = finding(unsure.place, (0, 11))
    assert view.certainty(found) == "图上识别，把握 75%，请对照图片核对"
    view.show_finding(found)
    assert view.apart.holds(1)
    assert view.pages.go_to(1), "the line is marked on the picture too"


def test_the_caret_in_the_list_shows_where_a_text_comes_from(
    view: DocumentView, sitting: Office, qtbot: QtBot
) -> None:
    covered = Segment(
        Place(Part.COVERED_TEXT, page=1, paragraph=9, box=BOX), "15400003021", visible=False
    )
    give(view, sitting, Kind.PDF, covered)
    view.strip.open_part(Part.COVERED_TEXT)
    view.focus_text()
    view.focus_text()
    assert view.apart.flow.hasFocus()
    with qtbot.waitSignal(view.apart.looked_at) as said:
        QTest.keyClick(view.apart.flow, Qt.Key.Key_Right)
    assert said.args == [0]
    assert view.pages._looked_at == 0
    assert view.pages._texts.framed(1) == [0]


def test_a_second_text_of_a_cell_is_listed(view: DocumentView, sitting: Office) -> None:
    place = Place(Part.CELL, sheet="名单", cell="C3", row=3, column=3)
    give(view, sitting, Kind.XLSX, Segment(place, "300"), Segment(place, "按原样 15400003021"))
    assert view.strip.chips() == ((Part.CELL, "单元格 1"),)
    view.strip.open_part(Part.CELL)
    assert shown(view, 1)


def test_a_letter_begins_with_its_headers_as_facts() -> None:
    head = [
        Segment(Place(Part.PROPERTY, paragraph=1), "a@baishigou.example", note="From"),
        Segment(Place(Part.SUBJECT, paragraph=2), "公示", note="Subject"),
        Segment(Place(Part.BODY, paragraph=1), "请查收。"),
    ]
    blocks = Laying().lay(head, range(3))
    assert [(b.kind, b.caption) for b in blocks][:2] == [
        (BlockKind.FACT, "发件人"),
        (BlockKind.FACT, "主题"),
    ]


def test_a_line_of_which_only_the_box_is_known_is_parted_by_what_stands_in_it() -> None:
    boxes = spread((0.0, 0.0, 100.0, 10.0), "覃小满 15400003021")
    assert len(boxes) == 15
    assert boxes[-1][2] == pytest.approx(100.0)
    assert boxes[0][2] > 1.7 * (boxes[-1][2] - boxes[-1][0])
    assert boxes[4][0] == pytest.approx(100 * 3.55 / (3 + 12 * 0.55), abs=0.01)
