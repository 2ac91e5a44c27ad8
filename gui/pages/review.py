"""审查: the review desk. Queue at the left, the document in the middle, findings at the right."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from gui.desk import Desk
from gui.pages import review_load
from gui.pages.review_acts import needs_clean_copy
from gui.pages.review_frame import fold, three_columns
from gui.pages.review_head import Head
from gui.pages.review_keys import bind, show_keys
from gui.pages.review_load import Opened
from gui.pages.review_queue import Queue
from gui.pages.review_refusal import NOTHING, nothing, refused
from gui.pages.review_ruling import RulingPage
from gui.widgets.document_refusal import Left
from gui.widgets.document_seen import SeenBar
from gui.widgets.document_side import Side
from gui.widgets.findings_opinion import actions_from, forward_from
from gui.widgets.findings_order import neighbour, next_open
from models import queries
from models.disclosure.case import Action

if TYPE_CHECKING:
    from models.kernel.changes import Changes


class ReviewPage(RulingPage):
    """The review desk."""

    key = "review"
    title = "审查"
    icon = "review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: int | None = None
        self.queue = Queue(desk)
        self.head = Head()
        self.seen = SeenBar()
        three_columns(self, self.queue, (self.head, self.seen, self.view), self.panel)
        self._connect()
        self._show_nothing()

    # --- Page

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None or changes.batches:
            self.desk.read(self, "batches", queries.batches, self.queue.show_batches)
        if changes is None or changes.documents or changes.batches:
            self.queue.refresh()
        if self._wanted is not None and (
            changes is None or self._wanted in changes.documents or changes.policy
        ):
            self._read(self._wanted)

    def open_record(self, record: object) -> None:
        if isinstance(record, int):
            self.queue.bring(record)

    def start(self) -> QWidget:
        """The keys work where the keyboard is: in the findings, else in the queue or the text."""
        lists = (self.panel.list, self.queue.list)
        return next((one for one in lists if one.isVisibleTo(self)), self.head.keys)

    def showEvent(self, event: QShowEvent) -> None:
        fold(self, self.queue)
        super().showEvent(event)

    # --- building

    def _connect(self) -> None:
        bind(self)
        self.queue.chosen.connect(self._choose)
        self.head.side_asked.connect(self._show_side)
        self.head.keys_asked.connect(self.show_keys)
        self.head.rescan_asked.connect(self.scan_again)
        self.view.said.connect(self.head.say)
        self.view.strip.abandoned.connect(self.take_focus)
        self.view.mark_clicked.connect(self._select_mark)
        self.view.refusal.asked.connect(self._do_left)
        self.view.page_shown.connect(self._page_shown)
        self.seen.seen.connect(lambda page: self.acts.saw_page(self._wanted, page))
        self.seen.wanted.connect(self.view.pages.go_to_page)
        self.panel.chosen.connect(self._select)
        self.panel.abandoned.connect(self.take_focus)
        self.panel.detail.ruling_asked.connect(self.rule)
        self.panel.opinion.step_asked.connect(self._step)
        self.panel.opinion.clean_asked.connect(lambda text: self._step(Action.SUBMIT, text))

    # --- one document

    def _choose(self, document_id: int | None) -> None:
        self._wanted = document_id
        if document_id is None:
            self._show_nothing()
            return
        self.panel.opinion.clear_opinion()
        self._read(document_id)

    def _read(self, document_id: int) -> None:
        home, officer = self.desk.home, self.desk.officer
        self.desk.read(
            self, "document", lambda: review_load.load(home, document_id, officer), self._show
        )

    def _show(self, opened: Opened) -> None:
        if opened.detail.id != self._wanted:
            return
        before, self._opened = self._opened, opened
        current = self.panel.current
        self.head.show_document(opened)
        same = (
            before is not None
            and before.detail.id == opened.detail.id
            and before.detail.revision.id == opened.detail.revision.id
            and before.detail.scan.status is opened.detail.scan.status
        )
        refusal = refused(opened)
        if refusal is not None:
            self.view.refuse(*refusal)
        elif not same:
            side = opened.marked
            self.view.show_document(opened.original, opened.public, side, opened.marked)
            self.head.show_side(side)
        if not same:
            current = None
        self.panel.show_findings(
            opened.findings, may_rule=opened.may_rule, none=nothing(opened),
            labels=opened.labels, precedents=opened.precedents,
        )  # fmt: skip
        kept = current.id if current is not None else None
        if kept not in {finding.id for finding in opened.findings}:
            kept = next_open(opened.findings, None) or neighbour(opened.findings, None, 1)
        self.view.set_findings(opened.findings, kept, opened.earlier)
        demanded = opened.detail.scan.image_pages if not opened.may_rule else ()
        self.seen.show_pages(demanded, opened.pages_seen)
        self._show_steps()
        self._select(kept)

    def _show_nothing(self) -> None:
        self._opened = None
        self.head.show_document(None)
        self.seen.show_pages((), frozenset())
        self.view.say(NOTHING)
        self.panel.show_nothing()

    def _show_steps(self) -> None:
        if self._opened is not None:
            state = self._opened.detail.state
            steps = actions_from(state, check_step=self._opened.check_step)
            due = needs_clean_copy(self._opened)
            swept = sum(queries.swept(finding) for finding in self._opened.findings)
            self.panel.opinion.show_steps(steps, self._opened.against, clean_due=due, swept=swept)

    def _select_mark(self, finding_id: int) -> None:
        """A mark was clicked; one on the original says what was ruled on the way to the copy."""
        past = review_load.past_ruling(self._opened, finding_id)
        if past is None:
            self._select(finding_id)
        else:
            self.head.say(past)

    def _do_left(self, left: Left) -> None:
        if self._opened is not None:
            self.acts.do_left(self._opened, left)

    def _page_shown(self, page: int, ready: bool) -> None:
        self.seen.show_page(page, ready=ready)
        self.head.show_page(page, self._opened)

    # --- keys: walking

    def next_finding(self) -> None:
        """J."""
        self._walk(1)

    def previous_finding(self) -> None:
        """K."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        if self._opened is not None:
            current = self.panel.current
            here = current.id if current is not None else None
            self._select(neighbour(self._opened.findings, here, by))

    def next_document(self) -> None:
        """N."""
        self.queue.step(1)

    def previous_document(self) -> None:
        """P."""
        self.queue.step(-1)

    def to_text(self) -> None:
        """T: the arrows now move in the text."""
        self.view.focus_text()

    def to_hidden(self) -> None:
        """S: the chips of what cannot be seen."""
        self.view.strip.take_focus()

    def to_opinion(self) -> None:
        """O."""
        self.panel.opinion.opinion.setFocus()

    def page_seen(self) -> None:
        """V."""
        self.seen.press()

    # --- keys: looking

    def show_original(self) -> None:
        """1."""
        self._show_side(Side.ORIGINAL)

    def show_public(self) -> None:
        """2."""
        self._show_side(Side.PUBLIC)

    def show_difference(self) -> None:
        """3."""
        self._show_side(Side.DIFFERENCE)

    def _show_side(self, side: Side) -> None:
        opened = self._opened
        if opened is None or refused(opened) is not None:
            return
        if side is not Side.ORIGINAL and opened.public is None:
            return
        self.head.show_side(side)
        self.view.show_side(side)

    def toggle_bare(self) -> None:
        """B."""
        self.panel.bare.toggle()

    def toggle_queue(self) -> None:
        """Q."""
        self.queue.setHidden(self.queue.isVisible())

    def toggle_hidden(self) -> None:
        """H."""
        self.view.strip.toggle_all()

    # --- keys: steps

    def scan_again(self) -> None:
        """F5."""
        if self._opened is not None:
            self.acts.scan_again(self._opened)

    def hand_in(self) -> None:
        """Ctrl+Enter: submit, or pass on."""
        opened = self._opened
        if opened is None:
            return
        forward = forward_from(opened.detail.state, check_step=opened.check_step)
        if forward is not None:
            self._step(forward, self.panel.opinion.opinion.toPlainText().strip())

    def _step(self, action: Action, opinion: str) -> None:
        opened = self._opened
        if opened is None:
            return
        done = self.panel.opinion.clear_opinion
        if action is Action.SUBMIT:
            self.acts.hand_in(opened, opinion, done)
            return
        self.acts.step(opened, action, opinion, done)

    def show_keys(self) -> None:
        """?"""
        show_keys(self)
