"""The middle of the review desk: the document as a reader sees it, original, public or compared."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from detection.finding import Severity
from formats.reading import Kind, Part
from gui.desk import Desk
from gui.widgets.document_diff import as_segments, changed, compare, folded, visible_lines
from gui.widgets.document_flow import FlowView
from gui.widgets.document_loading import TextLoading
from gui.widgets.document_notice import Sentence, Skeleton
from gui.widgets.document_pages import PagesView
from gui.widgets.document_sheet import SheetView
from gui.widgets.document_text import Selected, ShownMark, ShownText
from gui.widgets.hidden_strip import HiddenStrip
from models.queries.rows import FindingRow


class Side(StrEnum):
    """What is looked at."""

    ORIGINAL = "原件"
    PUBLIC = "公开件"
    DIFFERENCE = "差异"


class Source(NamedTuple):
    """One revision's file: where it is stored, and the name it came with."""

    path: Path
    name: str
    kind: Kind


_SHEETS = frozenset({Kind.XLSX, Kind.XLSM, Kind.XLS, Kind.CSV})
_IN_CELLS = frozenset({Part.HIDDEN_ROW, Part.HIDDEN_COLUMN, Part.HIDDEN_SHEET})
# What has a place in running text. Properties, names and scripts are listed apart.
_IN_FLOW = frozenset(
    {
        Part.HEADER, Part.FOOTER, Part.FOOTNOTE, Part.ENDNOTE, Part.COMMENT, Part.INSERTION,
        Part.DELETION, Part.HIDDEN, Part.TEXTBOX, Part.ALT_TEXT, Part.FIELD, Part.LINK,
        Part.NOTES, Part.BODY, Part.TABLE, *_IN_CELLS,
    }
)  # fmt: skip


class DocumentView(QWidget):
    """Chooses how a file is laid out, keeps marks and the strip of hidden parts in step.

    Signals:
        mark_clicked(int): a finding's row id.
        selection_changed(): other text is selected.
        read_on(): more text is there: what is bare may be shown now.
        page_shown(int, bool): this page is in view; whether its picture is there.
        said(str): a sentence for the bar (读取进度、差异).
    """

    mark_clicked = Signal(int)
    selection_changed = Signal()
    read_on = Signal()
    page_shown = Signal(int, bool)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sources: dict[Side, Source] = {}
        self._loading = {side: TextLoading(desk, self) for side in (Side.ORIGINAL, Side.PUBLIC)}
        self._side = Side.ORIGINAL
        self._marked = Side.ORIGINAL
        self._findings: Sequence[FindingRow] = ()
        self._marks: dict[int, ShownMark] = {}
        self._current: int | None = None
        self._pending: FindingRow | None = None
        self.strip = HiddenStrip()
        self.flow = FlowView()
        self.sheet = SheetView()
        self.pages = PagesView(desk)
        self.difference = FlowView()
        self.sentence = Sentence()
        self.skeleton = Skeleton()
        self._stack = QStackedWidget()
        for inner in (
            self.sentence, self.skeleton, self.flow, self.sheet, self.pages, self.difference,
        ):  # fmt: skip
            self._stack.addWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.strip)
        whole.addWidget(self._stack, 1)
        self._connect()

    def _connect(self) -> None:
        for view in (self.flow, self.sheet, self.pages):
            view.mark_clicked.connect(self.mark_clicked)
            view.selection_changed.connect(self.selection_changed)
        self.pages.page_changed.connect(
            lambda page: self.page_shown.emit(page, self.pages.shows(page))
        )
        self.strip.opened.connect(self._open_parts)
        for side, loading in self._loading.items():
            loading.grew.connect(lambda fresh, side=side: self._grew(side, fresh))
            loading.finished.connect(lambda side=side: self._finished(side))
            loading.failed.connect(lambda why, side=side: self._failed(side, why))

    # -- what is shown ------------------------------------------------------------------------

    def show_document(
        self, original: Source | None, public: Source | None, side: Side, marked: Side
    ) -> None:
        """Another document. `marked`: the side on which the findings stand."""
        sources = {Side.ORIGINAL: original, Side.PUBLIC: public}
        self._sources = {s: source for s, source in sources.items() if source is not None}
        self._marked = marked
        self._findings, self._marks, self._current, self._pending = (), {}, None, None
        for loading in self._loading.values():
            loading.stop()
        self.strip.clear()
        self.show_side(side)

    def show_side(self, side: Side) -> None:
        """Original, public or compared."""
        self._side = side
        if side is Side.DIFFERENCE:
            self.strip.hide()
            self._stack.setCurrentWidget(self.skeleton)
            for each in self._sources:
                self._need(each)
            self._compare()
            return
        if side not in self._sources:
            self.sentence.say("")
            self._stack.setCurrentWidget(self.sentence)
            return
        self.strip.clear()
        loading = self._loading[side]
        if loading.kind is None:
            self._stack.setCurrentWidget(self.skeleton)
            self._need(side)
        else:
            self._lay_out()

    def say(self, sentence: str) -> None:
        """No document: a sentence instead."""
        self._sources = {}
        self.strip.clear()
        for loading in self._loading.values():
            loading.stop()
        self.pages.show_pages(None, 0)
        self.sentence.say(sentence)
        self._stack.setCurrentWidget(self.sentence)

    @property
    def side(self) -> Side:
        """What is looked at now."""
        return self._side

    @property
    def text(self) -> ShownText:
        """The text that carries the findings."""
        return self._loading[self._marked].text

    def set_findings(self, findings: Sequence[FindingRow], current: int | None) -> None:
        """The findings of the revision on the marked side; `current` is selected."""
        self._findings, self._current = findings, current
        self._marks = {}
        self._place_marks()

    def show_finding(self, finding: FindingRow) -> None:
        """Select a finding's mark and bring it into view, opening the hidden part it stands in."""
        self._current = finding.id
        if self._side is not self._marked and self._side is not Side.DIFFERENCE:
            self._give_marks()
            return
        index = self.text.locate(finding.place, finding.span)
        # Not read yet: it is shown when the text that holds it has come.
        self._pending = finding if index is None else None
        if index is not None and self._side is self._marked:
            segment = self.text.segments[index]
            if not segment.visible:
                self.strip.open_part(segment.place.part)
            self._give_marks()
            front = self._front()
            if front is not None:
                front.go_to(index, finding.span[0])
        else:
            self._give_marks()

    def selection(self) -> list[Selected]:
        """The selected text, where marks can be added."""
        front = self._front()
        if front is None or self._side is not self._marked:
            return []
        return front.selection()

    def bare(self, finding: FindingRow) -> str | None:
        """The finding's own text, from memory; None while it is not read."""
        return self.text.bare(finding.place, finding.span)

    def focus_text(self) -> None:
        """Give the keyboard to the text."""
        front = self._front()
        if front is not None:
            front.setFocus()

    def _front(self) -> FlowView | SheetView | PagesView | None:
        front = self._stack.currentWidget()
        return front if isinstance(front, FlowView | SheetView | PagesView) else None

    # -- loading ------------------------------------------------------------------------------

    def _need(self, side: Side) -> None:
        source = self._sources.get(side)
        loading = self._loading[side]
        if source is not None and loading.kind is None:
            loading.begin(source.path, source.name)

    def _grew(self, side: Side, fresh: range) -> None:
        loading = self._loading[side]
        if side is self._side:
            if fresh.start == 0:
                self._lay_out()
            else:
                front = self._front()
                if front is not None:
                    front.text_grew(fresh)
                self.strip.show_text(loading.text, self._in_place(loading.kind))
            if not loading.complete and len(loading.text) < loading.total:
                self.said.emit(f"已读 {len(loading.text)}/{loading.total} 处")
        if side is self._marked:
            self._place_marks(always=False)
            if self._pending is not None:
                self.show_finding(self._pending)
            self.read_on.emit()

    def _finished(self, side: Side) -> None:
        if self._side is Side.DIFFERENCE:
            self._compare()
        elif side is self._side:
            self.said.emit("")

    def _failed(self, side: Side, why: str) -> None:
        if self._side in (side, Side.DIFFERENCE):
            self.sentence.say(why)
            self._stack.setCurrentWidget(self.sentence)

    def _lay_out(self) -> None:
        loading = self._loading[self._side]
        source = self._sources[self._side]
        text = loading.text
        if not len(text) and loading.kind is not Kind.PDF:
            self.sentence.say("这个文件里没有文字。")
            self._stack.setCurrentWidget(self.sentence)
            return
        view: FlowView | SheetView | PagesView
        if loading.kind is Kind.PDF:
            view = self.pages
            self.pages.show_pages(source.path, loading.pages or 0)
        elif loading.kind in _SHEETS:
            view = self.sheet
        else:
            view = self.flow
        view.show_text(text, self.strip.shown() & self._in_place(loading.kind))
        self._stack.setCurrentWidget(view)
        self.strip.show_text(text, self._in_place(loading.kind))
        self._give_marks()

    def _in_place(self, kind: Kind | None) -> frozenset[Part]:
        if kind is Kind.PDF:
            return frozenset()
        return _IN_CELLS if kind in _SHEETS else _IN_FLOW

    def _open_parts(self, shown: frozenset[Part]) -> None:
        front = self._front()
        if front is None or self._side is Side.DIFFERENCE or self._side not in self._sources:
            return
        text = self._loading[self._side].text
        in_place = shown & self._in_place(self._loading[self._side].kind)
        front.show_text(text, in_place)
        self._give_marks()
        hidden = text.hidden()
        for part in in_place:
            if part in hidden:
                front.go_to(hidden[part][0])

    # -- marks --------------------------------------------------------------------------------

    def _place_marks(self, *, always: bool = True) -> None:
        """Find where the findings stand in what is read; `always` repaint, or only for new ones."""
        known = len(self._marks)
        for finding in self._findings:
            if finding.id in self._marks:
                continue
            index = self.text.locate(finding.place, finding.span)
            if index is not None:
                done = finding.ruling is not None
                start, end = finding.span
                self._marks[finding.id] = ShownMark(
                    finding.id, index, start, end, finding.severity, done
                )
        if always or len(self._marks) > known:
            self._give_marks()

    def _give_marks(self) -> None:
        front = self._front()
        if front is None or front is self.difference:
            return
        here = self._side is self._marked
        front.set_marks(list(self._marks.values()) if here else (), self._current)

    # -- the difference -----------------------------------------------------------------------

    def _compare(self) -> None:
        if len(self._sources) < 2 or not all(one.complete for one in self._loading.values()):
            return
        before = list(self._loading[Side.ORIGINAL].text.segments)
        after = list(self._loading[Side.PUBLIC].text.segments)

        def work() -> tuple[ShownText, int]:
            lines = compare(visible_lines(before), visible_lines(after))
            return ShownText(as_segments(folded(lines))), len(changed(lines))

        self._desk.read(self, "difference", work, self._show_difference)

    def _show_difference(self, result: tuple[ShownText, int]) -> None:
        if self._side is not Side.DIFFERENCE:
            return
        text, count = result
        self.difference.show_text(text)
        marks = []
        for index, segment in enumerate(text.segments):
            part = segment.place.part
            if part is not Part.BODY:
                come = part is Part.INSERTION
                length = len(segment.text)
                marks.append(ShownMark(-1, index, 0, length, Severity.HIDE, come))
        self.difference.set_marks(marks, None)
        self._stack.setCurrentWidget(self.difference)
        self.said.emit(f"{count} 处不同" if count else "可见文字没有不同")
