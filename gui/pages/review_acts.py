"""What the officer does at the review desk: rulings, marks, steps. Each ends in an act."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from gui.desk import Desk
from gui.dialogs.box import ask_reason, confirm, tell
from gui.dialogs.taken import ask_admission
from gui.pages.catalogue_acts import discard
from gui.pages.replacing import ask_replacement
from gui.pages.review_load import Opened
from gui.widgets.document_refusal import Left
from gui.widgets.document_text import Selected, ShownText
from models import queries
from models.disclosure import documents, findings, review
from models.disclosure.case import Action
from models.disclosure.findings import Ruling
from models.disclosure.precedents import Precedent
from models.kernel.changes import Changes
from models.queries.rows import FindingRow

# The same text in the same batch under the same rule: its reason is asked for once.
Known = tuple[int | None, str, str, Ruling]


class ReviewActs:
    """The acts, with the reasons given so far in this sitting.

    Nothing bare is kept: only masked excerpts are remembered.
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window
        self._reasons: dict[Known, str] = {}
        self._making: set[int] = set()

    def rule(
        self,
        opened: Opened,
        finding: FindingRow,
        ruling: Ruling,
        alike: Sequence[int],
        then: Callable[[], None],
    ) -> None:
        """Rule on the finding and on those in `alike`; asks for a reason where one is needed."""
        ids = tuple(dict.fromkeys((finding.id, *alike)))
        needs = ruling is Ruling.NOT_ONE or (
            ruling is Ruling.KEEP and finding.severity.rank <= _HIDE_RANK
        )
        if not needs:
            self._rule(ids, ruling, "", then)
            return
        known: Known = (opened.detail.batch, finding.rule, finding.masked, ruling)
        before = self._reasons.get(known)
        if before is not None:
            self._rule(ids, ruling, before, then, f"沿用理由：{before}")
            return

        def take(reason: str) -> None:
            self._reasons[known] = reason
            self._rule(ids, ruling, reason, then)

        self._desk.read(
            self._window,
            "reason",
            lambda: queries.last_reason(finding.id, ruling),
            lambda offered: self._ask_why(ruling, len(ids), offered, take),
        )

    def adopt(self, before: Precedent, ids: Sequence[int], then: Callable[[], None]) -> None:
        """Rule as was ruled on the same text before, with where that stands and why."""
        self._rule(
            ids, before.ruling, before.adopted, then, f"已采纳以前的意见：{before.ruling.label}"
        )

    def _ask_why(
        self, ruling: Ruling, count: int, offered: str, take: Callable[[str], None]
    ) -> None:
        lead = "为什么不是？" if ruling is Ruling.NOT_ONE else "为什么可以原样保留？"
        lines = ["同一批文件里相同的文字不再询问，直接沿用这条理由。"]
        if count > 1:
            lines.insert(0, f"这条意见将用于本批 {count} 处相同内容。")
        if offered:
            lines.append("下面是上次对相同文字写的理由，合适就直接用，不合适请改写。")
        ask_reason(self._window, lead, ruling.label, take, lines=lines, offered=offered)

    def _rule(
        self,
        ids: Sequence[int],
        ruling: Ruling,
        reason: str,
        then: Callable[[], None],
        says: str = "",
    ) -> None:
        officer = self._desk.officer
        said = f"已处理 {len(ids)} 处：{ruling.label}" if len(ids) > 1 else says
        self._desk.act(
            lambda: findings.rule_on(ids, ruling, officer, reason),
            then=lambda _changes: then(),
            says=said,
        )

    def undo(self, document_id: int) -> None:
        """Take back the newest ruling."""
        officer = self._desk.officer
        self._desk.act(lambda: findings.undo(document_id, officer), says="已撤销上一次处理")

    def add_marks(
        self,
        document_id: int,
        text: ShownText,
        chosen: Sequence[Selected],
        then: Callable[[int], None],
    ) -> None:
        """Mark the selected text; several pieces become several marks."""
        if not chosen:
            tell(
                self._window,
                "还没有选中文字",
                ("按 T 到文件内容，用 Shift+方向键或鼠标选中要遮盖的文字，再按 A。",),
            )
            return
        officer = self._desk.officer
        pieces = [
            (segment.place, (one.start, one.end), segment.text[one.start : one.end])
            for one in chosen
            for segment in (text.segments[one.segment],)
        ]

        def add() -> tuple[int, Changes]:
            number, changes = 0, Changes()
            for place, span, words in pieces:
                number, more = findings.add_mark(document_id, place, span, words, officer)
                changes |= more
            return number, changes

        self._desk.act(add, then=lambda made: then(made[0]), says="已加标记")

    def scan_again(self, opened: Opened) -> None:
        """Examine the current bytes by the rules of today; rulings that still fit stay."""
        desk, officer, document_id = self._desk, self._desk.officer, opened.detail.id

        def scan(_progress: object) -> Changes:
            from intake import pipeline

            return pipeline.scan_again(desk.home, document_id, officer, desk.examiner)

        desk.work(f"重新检查：{opened.detail.title}", scan)

    def saw_page(self, document_id: int | None, page: int) -> None:
        """Record that the officer looked at a page."""
        if document_id is None:
            return
        officer = self._desk.officer
        self._desk.act(lambda: documents.saw_page(document_id, page, officer))

    def step(self, opened: Opened, action: Action, opinion: str, then: Callable[[], None]) -> None:
        """Take a step; asks for the opinion where the step needs one and none is written."""
        reasons = opened.against.get(action, ())
        if reasons:
            tell(self._window, f"现在还不能{action.label}", reasons)
            return
        if opened.together and action in (Action.SUBMIT, Action.CLEAR):
            confirm(
                self._window,
                f"《{opened.detail.title}》和别的名单合起来，可能认出人",
                f"已经看过，{action.label}",
                lambda: self._step(opened, action, opinion, then),
                lines=opened.together,
            )
            return
        if action in opened.wordless and not opinion:
            ask_reason(
                self._window,
                f"{action.label}：《{opened.detail.title}》",
                action.label,
                lambda reason: self._step(opened, action, reason, then),
                danger=action is Action.WITHHOLD,
            )
            return
        self._step(opened, action, opinion, then)

    def _step(self, opened: Opened, action: Action, opinion: str, then: Callable[[], None]) -> None:
        officer, document_id = self._desk.officer, opened.detail.id
        self._desk.act(
            lambda: review.perform(document_id, action, officer, opinion),
            then=lambda _changes: then(),
            says=f"{action.label}：《{opened.detail.title}》",
        )

    def do_left(self, opened: Opened, left: Left) -> None:
        """One of the acts that are left for a file that cannot be read."""
        detail = opened.detail
        if left is Left.REPLACE:
            ask_replacement(self._desk, self._window, detail.id, detail.title)
        elif left is Left.ADMIT:
            ask_admission(self._window, f"《{detail.title}》", lambda why: self._admit(opened, why))
        elif left is Left.WITHHOLD:
            self.step(opened, Action.WITHHOLD, "", lambda: None)
        else:
            discard(self._desk, self._window, (detail.id,), detail.title)

    def _admit(self, opened: Opened, reason: str) -> None:
        """Examine the bytes again with the marks in them let pass by this officer."""
        desk, officer, document_id = self._desk, self._desk.officer, opened.detail.id

        def scan(_progress: object) -> Changes:
            from intake import pipeline

            return pipeline.scan_again(
                desk.home, document_id, officer, desk.examiner, admission=reason
            )

        desk.work(f"放行并检查：{opened.detail.title}", scan)

    def hand_in(self, opened: Opened, opinion: str, then: Callable[[], None]) -> None:
        """Submit; makes the clean copy first where rulings ask for one."""
        if opened.against.get(Action.SUBMIT) and needs_clean_copy(opened):
            if opened.reviewer and opened.admissions:
                ask_admission(
                    self._window,
                    f"《{opened.detail.title}》的公开件",
                    lambda why: self._clean_then_submit(opened, opinion, then, why),
                )
                return
            self._clean_then_submit(opened, opinion, then)
            return
        self.step(opened, Action.SUBMIT, opinion, then)

    def _clean_then_submit(
        self, opened: Opened, opinion: str, then: Callable[[], None], admission: str = ""
    ) -> None:
        desk, officer, document_id = self._desk, self._desk.officer, opened.detail.id
        if document_id in self._making:
            return
        self._making.add(document_id)

        def make(_progress: object) -> Changes:
            from intake import pipeline

            return pipeline.clean_copy(
                desk.home, document_id, officer, desk.examiner, admission=admission
            )

        def look() -> None:
            self._making.discard(document_id)
            desk.read(
                self._window,
                "left",
                lambda: review.possible(document_id, officer)[Action.SUBMIT],
                submit,
            )

        def submit(left: Sequence[str]) -> None:
            if left:
                lines = ("公开件已经做好，又重新检查过。还差：", *left)
                tell(self._window, "公开件已做好，暂时还不能送审", lines)
                return
            self._step(opened, Action.SUBMIT, opinion, then)

        def lost(error: BaseException) -> None:
            self._making.discard(document_id)
            desk.failed.emit(error)

        title = f"制作公开件：{opened.detail.title}"
        desk.work(title, make, then=lambda _changes: look(), failed=lost)


_HIDE_RANK = 1


def needs_clean_copy(opened: Opened) -> bool:
    """Everything a person has to look at is ruled on, and the bytes are not the clean file yet."""
    ruled = all(f.ruling is not None or queries.swept(f) for f in opened.findings)
    return ruled and not opened.may_rule and opened.clean_due
