"""The middle of the review desk: the document as a reader sees it, original, public or compared."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from formats.reading import Kind, Part
from gui.desk import Desk
from gui.widgets.document_blocks import Laying, recognised
from gui.widgets.document_comparing import Comparing
from gui.widgets.document_diff import marks_of
from gui.widgets.document_flow import FlowView
from gui.widgets.document_frame import framed
from gui.widgets.document_loading import TextLoading
from gui.widgets.document_marks import PlacedMarks
from gui.widgets.document_notice import Sentence, Skeleton
from gui.widgets.document_pages import PagesView
from gui.widgets.document_parts import IN_FLOW, Front, front_of, member_words, page_words
from gui.widgets.document_refusal import Left, Refusal
from gui.widgets.document_sheet import SheetView
from gui.widgets.document_side import Side, Source
from gui.widgets.document_text import Selected, ShownText
from gui.widgets.hidden_parts import HiddenParts
from models.queries.rows import FindingRow


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
        self._marks = {side: PlacedMarks() for side in self._loading}
        self._current: int | None = None
        self._pending: FindingRow | None = None
        self.hidden = HiddenParts(self)
        self.strip, self.apart = self.hidden.strip, self.hidden.apart
        self.flow = FlowView()
        self.sheet = SheetView()
        self.pages = PagesView(desk)
        self.difference = FlowView()
        self.sentence = Sentence()
        self.refusal = Refusal()
        self.skeleton = Skeleton()
        self._comparing = Comparing(desk, *self._loading.values())
        fronts = (
            self.sentence, self.skeleton, self.flow, self.sheet, self.pages, self.difference,
            self.refusal,
        )  # fmt: skip
        self._stack = framed(self, self.strip, fronts, self.apart)
        self._connect()

    def _connect(self) -> None:
        for view in (self.flow, self.sheet, self.pages, self.apart.flow):
            view.mark_clicked.connect(self.mark_clicked)
            view.selection_changed.connect(self.selection_changed)
        self.pages.page_changed.connect(
            lambda page: self.page_shown.emit(page, self.pages.shows(page))
        )
        self.hidden.opened.connect(self._open_parts)
        self.apart.looked_at.connect(self._look_at)
        self._comparing.compared.connect(self._show_difference)
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
        self._current, self._pending = None, None
        for marks in self._marks.values():
            marks.show(())
        for loading in self._loading.values():
            loading.stop()
        self.hidden.close()
        self.show_side(side)

    def show_side(self, side: Side) -> None:
        """Original, public or compared."""
        self._side = side
        if side is Side.DIFFERENCE:
            self.hidden.close()
            self._stack.setCurrentWidget(self.skeleton)
            for each in self._sources:
                self._need(each)
            self._comparing.begin()
            return
        if side not in self._sources:
            self._tell("")
            return
        self.hidden.close()
        loading = self._loading[side]
        if loading.kind is None:
            self._wait_for(self._sources[side])
            self._need(side)
        else:
            self._lay_out()

    def _wait_for(self, source: Source) -> None:
        """Until the text comes: the pages where there are any, for recognising takes a while."""
        if front_of(source.kind) is Front.PAGES and source.pages:
            self.pages.show_pages(source.path, source.pages)
            self.pages.show_text(ShownText())
            self._stack.setCurrentWidget(self.pages)
            self.said.emit("正在读取文字……")
            return
        self._stack.setCurrentWidget(self.skeleton)

    def say(self, sentence: str) -> None:
        """No document: a sentence instead."""
        self._let_go()
        self._tell(sentence)

    def refuse(self, lead: str, why: Sequence[str], against: Mapping[Left, Sequence[str]]) -> None:
        """A document that cannot be read: why, and the acts that are left."""
        self._let_go()
        self.refusal.show_refusal(lead, why, against)
        self._stack.setCurrentWidget(self.refusal)

    def _tell(self, sentence: str) -> None:
        self.sentence.say(sentence)
        self._stack.setCurrentWidget(self.sentence)

    def _let_go(self) -> None:
        self._sources = {}
        self.hidden.close()
        for loading in self._loading.values():
            loading.stop()
        self.pages.show_pages(None, 0)

    @property
    def side(self) -> Side:
        """What is looked at now."""
        return self._side

    @property
    def text(self) -> ShownText:
        """The text that carries the findings."""
        return self._loading[self._marked].text

    def set_findings(
        self,
        findings: Sequence[FindingRow],
        current: int | None,
        earlier: Sequence[FindingRow] = (),
    ) -> None:
        """The findings on the marked side; `current` is selected.

        `earlier`: with a clean copy, what was found and ruled on in the original.
        """
        self._current = current
        self._marks[Side.ORIGINAL].show(earlier)
        self._marks[self._marked].show(findings)
        for side in self._marks:
            self._place_marks(side)

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
            self.lead_to(index, finding.span[0])
        else:
            self._give_marks()

    def lead_to(self, index: int, start: int = 0) -> bool:
        """Bring a segment of the text on show into view, wherever it stands; True when it is."""
        segment = self._loading[self._side].text.segments[index]
        self.hidden.reveal(self._side, index, segment)
        self._give_marks()
        front = self._front()
        there = front is not None and front.go_to(index, start)
        if not there and not self.apart.holds(index):
            self.hidden.set_apart(self._side, index, segment)
            self._give_marks()
        listed = self.apart.lead_to(index, start)
        if there and listed and front is not None:
            # The list has just taken room from the document: what it showed may be under it now.
            QTimer.singleShot(0, front, lambda: front.go_to(index, start))
        return listed or there

    def selection(self) -> list[Selected]:
        """The selected text, where marks can be added."""
        front = self._front()
        if front is None or self._side is not self._marked:
            return []
        return self.apart.flow.selection() if self.apart.flow.hasFocus() else front.selection()

    def certainty(self, finding: FindingRow) -> str:
        """`图上识别，把握 87%` where it was read from a picture; else empty."""
        index = self.text.locate(finding.place, finding.span)
        return "" if index is None else recognised(self.text.segments[index])

    def bare(self, finding: FindingRow) -> str | None:
        """Its own text, from memory; None while it is not read."""
        return self.text.bare(finding.place, finding.span)

    def focus_text(self) -> None:
        """Give the keyboard to the text; from there, to what is listed under it."""
        if (front := self._front()) is None:
            self.refusal.take_focus()
            return
        there = front.hasFocus() or self.sheet.table.hasFocus()
        (self.apart.flow if there and self.apart.isVisible() else front).setFocus()

    def _front(self) -> FlowView | SheetView | PagesView | None:
        front = self._stack.currentWidget()
        return front if isinstance(front, FlowView | SheetView | PagesView) else None

    # -- loading ------------------------------------------------------------------------------

    def _need(self, side: Side) -> None:
        source, loading = self._sources.get(side), self._loading[side]
        if source is not None and loading.kind is None:
            loading.begin(source.path, source.name)

    def _grew(self, side: Side, fresh: range) -> None:
        loading = self._loading[side]
        self.hidden.take(side, loading.kind, loading.text.segments, fresh)
        if side is self._side:
            if fresh.start == 0:
                self._lay_out()
            else:
                if (front := self._front()) is not None:
                    front.text_grew(fresh)
                    self._list_crowded()
                self.hidden.grew(side)
            if not loading.complete and len(loading.text) < loading.total:
                self.said.emit(f"已读 {len(loading.text)}/{loading.total} 处")
        self._place_marks(side, always=False)
        if side is self._marked:
            if self._pending is not None:
                self.show_finding(self._pending)
            self.read_on.emit()

    def _finished(self, side: Side) -> None:
        if self._side is Side.DIFFERENCE:
            self._comparing.begin()
        elif side is self._side:
            self.said.emit("")

    def _failed(self, side: Side, why: str) -> None:
        if self._side in (side, Side.DIFFERENCE):
            self._tell(why)

    def _lay_out(self) -> None:
        loading = self._loading[self._side]
        source = self._sources[self._side]
        text = loading.text
        if not len(text) and loading.kind is not Kind.PDF:
            self._tell("这个文件里没有文字。")
            return
        front = front_of(loading.kind)
        if front is Front.PAGES:
            self.pages.show_pages(source.path, loading.pages or 1)
            self.said.emit("")
        view = {Front.PAGES: self.pages, Front.SHEET: self.sheet}.get(front, self.flow)
        self._stack.setCurrentWidget(view)
        self._show_again(frozenset())
        self.hidden.show(self._side, text, loading.kind)
        self._give_marks()

    def _show_again(self, shown: frozenset[Part]) -> None:
        """The front from its start, with these parts opened."""
        loading, front = self._loading[self._side], self._front()
        if isinstance(front, FlowView):
            kind = loading.kind
            laying = Laying(shown & IN_FLOW, member_words(kind), page_words(kind))
            front.show_text(loading.text, laying)
        elif front is not None:
            front.show_text(loading.text, shown)
        self._list_crowded()

    def _list_crowded(self) -> None:
        """A cell shows one text; what else stands in it is listed under the document."""
        if self._front() is self.sheet:
            segments, unseen = self._loading[self._side].text.segments, self.hidden.of(self._side)
            for index in self.sheet.crowded:
                unseen.set_apart(index, segments[index])

    def _open_parts(self, shown: frozenset[Part], fresh: frozenset[Part]) -> None:
        front = self._front()
        if front is None or self._side not in self._sources:
            return
        self._show_again(shown)
        self._give_marks()
        for part, found in self.hidden.of(self._side).hidden.items():
            if part in fresh:
                any(map(front.go_to, found[:20]))  # a hidden sheet's name stands in no cell

    def _look_at(self, index: int) -> None:
        """The caret under the document went to a text: show on the document where it comes from."""
        if (front := self._front()) is not None:
            front.go_to(index)
            self.said.emit(recognised(self._loading[self._side].text.segments[index]))

    # -- marks --------------------------------------------------------------------------------

    def _place_marks(self, side: Side, *, always: bool = True) -> None:
        """Find where the findings stand in what is read; `always` repaint, or only for new ones."""
        if (self._marks[side].place(self._loading[side].text) or always) and side is self._side:
            self._give_marks()

    def _give_marks(self) -> None:
        front = self._front()
        if front is not None and front is not self.difference and self._side in self._marks:
            marks = self._marks[self._side].shown()
            front.set_marks(marks, self._current)
            self.apart.set_marks(marks, self._current)

    # -- the difference -----------------------------------------------------------------------

    def _show_difference(self, text: ShownText, count: int) -> None:
        if self._side is not Side.DIFFERENCE:
            return
        self.difference.show_text(text)
        self.difference.set_marks(marks_of(text), None)
        self._stack.setCurrentWidget(self.difference)
        self.said.emit(f"看得见的 {count} 行不同" if count else "看得见的文字没有不同")
