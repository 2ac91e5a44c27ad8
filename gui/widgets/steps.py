"""The way a document still has to go: a row of small steps, with name and date under those done."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from detection.report import Status
from gui import icons, theme
from gui.widgets.words import short_day
from models.disclosure.case import Action, State
from models.queries.rows import DocumentDetail, StepRow


class Mark(Enum):
    """How a step stands."""

    DONE = auto()
    NOW = auto()
    LATER = auto()
    BACK = auto()


_SPOKEN = {Mark.DONE: "已完成", Mark.NOW: "当前", Mark.LATER: "未到", Mark.BACK: "退回"}


class Step(NamedTuple):
    """One step: its word, how it stands, who did it and when."""

    word: str
    mark: Mark
    who: str = ""
    at: datetime | None = None


# The acts that carry a document on, in their order, with the step's word.
ROUTE: tuple[tuple[Action, str], ...] = (
    (Action.SUBMIT, "自审"),
    (Action.CHECK, "审核"),
    (Action.CLEAR, "保密审查"),
    (Action.APPROVE, "审批"),
    (Action.RELEASE, "发布"),
)
_BACK = frozenset({Action.RETURN, Action.RECALL, Action.RESUME})


def steps_of(
    detail: DocumentDetail, taken: Sequence[StepRow], *, check_step: bool
) -> tuple[Step, ...]:
    """The steps of a document from its history, oldest first in `taken`.

    A return takes back what was passed; an act on earlier bytes than the current revision's does
    not count. Without the 科室 step the row is one shorter.
    """
    passed: dict[Action, StepRow] = {}
    for step in taken:
        if step.action in _BACK:
            passed.clear()
        elif step.action is Action.SUBMIT:
            passed = {Action.SUBMIT: step}
        elif any(step.action is action for action, _ in ROUTE):
            passed[step.action] = step
    if detail.state in (State.RECEIVED, State.RETURNED, State.RECALLED):
        passed.clear()
    passed = {k: v for k, v in passed.items() if v.sha256 in ("", detail.revision.sha256)}
    read = detail.scan.status in (Status.READ, Status.PARTLY)
    ruled = read and detail.open_findings == 0
    row: list[Step] = [
        Step("已收", Mark.DONE, detail.registered_by, detail.received_at),
        Step("已检", Mark.DONE if read else Mark.NOW, "", detail.scan.made_at if read else None),
        Step("处理", Mark.DONE if ruled else Mark.NOW if read else Mark.LATER),
    ]
    for action, word in ROUTE:
        if action is Action.CHECK and not check_step:
            continue
        done = passed.get(action)
        if done is not None:
            row.append(Step(word, Mark.DONE, done.officer, done.at))
        else:
            earlier = all(step.mark is Mark.DONE for step in row)
            row.append(Step(word, Mark.NOW if earlier else Mark.LATER))
    if detail.state in (State.RETURNED, State.RECALLED):
        row = [s._replace(mark=Mark.BACK) if s.word == "自审" else s for s in row]
    return tuple(row)


class Steps(QWidget):
    """Draws the steps: one row where there is room, else two.

    `terse`: two rows leave out names and dates, which the tool tip has; the text needs the room.
    """

    CELL = 76
    # With a name and a date under the word, with one of them, with neither.
    HIGH = (76, 62, 48)

    def __init__(self, parent: QWidget | None = None, *, terse: bool = False) -> None:
        super().__init__(parent)
        self._terse = terse
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Another document's steps."""
        self._steps = tuple(steps)
        said = "；".join(f"{s.word}{_SPOKEN[s.mark]} {s.who}".rstrip() for s in self._steps)
        self.setAccessibleName(f"办理步骤：{said}")
        self.setToolTip(
            "\n".join(
                f"{s.word}：{s.who or '已完成'} {short_day(s.at) if s.at else ''}".rstrip()
                for s in self._steps
                if s.mark is Mark.DONE
            )
        )
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(4 * self.CELL, self._tops()[-1])

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * 60, self.HIGH[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._columns()
        wide = self.width() / columns
        tops = self._tops()
        for number, step in enumerate(self._steps):
            row, column = divmod(number, columns)
            cell = QRectF(column * wide, tops[row], wide, tops[row + 1] - tops[row])
            last = column == columns - 1 or number == len(self._steps) - 1
            self._paint_step(painter, cell, step, first=column == 0, last=last)

    def _paint_step(
        self, painter: QPainter, cell: QRectF, step: Step, *, first: bool, last: bool
    ) -> None:
        middle = QPointF(cell.center().x(), cell.top() + 11)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        if not first:
            painter.drawLine(QPointF(cell.left(), middle.y()), middle - QPointF(9, 0))
        if not last:
            painter.drawLine(middle + QPointF(9, 0), QPointF(cell.right(), middle.y()))
        self._paint_dot(painter, middle, step.mark)
        words = cell.adjusted(0, 22, 0, 0)
        ink = {Mark.DONE: "text", Mark.NOW: "accent", Mark.LATER: "second", Mark.BACK: "hide"}
        painter.setPen(theme.colour(ink[step.mark]))
        painter.setFont(theme.font(theme.CAPTION_POINTS, strong=step.mark is Mark.NOW))
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(words, top, step.word)
        if self._bare():
            return
        small = theme.font(8)
        painter.setFont(small)
        painter.setPen(theme.colour("second"))
        under = step.who or (short_day(step.at) if step.at else "")
        if under:
            painter.drawText(words.adjusted(-4, 16, 4, 0), top, under)
        if step.who and step.at:
            painter.drawText(words.adjusted(-4, 30, 4, 0), top, short_day(step.at))

    def _paint_dot(self, painter: QPainter, middle: QPointF, mark: Mark) -> None:
        if mark is Mark.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("done_tint"))
            painter.drawEllipse(middle, 8, 8)
            icons.paint(painter, "done", "done", QRectF(middle.x() - 6, middle.y() - 6, 12, 12))
            return
        ink = {Mark.NOW: "accent", Mark.LATER: "line_strong", Mark.BACK: "hide"}[mark]
        painter.setPen(QPen(theme.colour(ink), 1.5))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(middle, 6, 6)
        if mark in (Mark.NOW, Mark.BACK):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ink))
            painter.drawEllipse(middle, 3, 3)

    def _columns(self) -> int:
        count = max(len(self._steps), 1)
        return count if self.width() >= count * 62 else (count + 1) // 2

    def _bare(self) -> bool:
        return self._terse and self._columns() < len(self._steps)

    def _tops(self) -> list[int]:
        """Where each row begins, and where the last one ends; a row is as high as its words."""
        columns, tops = self._columns(), [0]
        for first in range(0, max(len(self._steps), 1), columns):
            row = self._steps[first : first + columns]
            lines = max(((s.who != "") + (s.at is not None) for s in row), default=0)
            lines = 0 if self._bare() else lines
            tops.append(tops[-1] + self.HIGH[2 - lines])
        return tops

    def _fit(self) -> None:
        self.setFixedHeight(self._tops()[-1])
