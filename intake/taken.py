"""What became of a file that was to be taken in."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from models.kernel.changes import Changes


class Outcome(StrEnum):
    """The values are the contract of the command line's JSON."""

    KEPT = "kept"
    SECRET = "secret"
    SAME = "same"
    CHANGED = "changed"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Outcome.KEPT: "已收下",
            Outcome.SECRET: "有国家秘密标志，已拒收",
            Outcome.SAME: "已有相同文件",
            Outcome.CHANGED: "文件还在变化，未收",
            Outcome.FAILED: "未收下",
        }[self]


@dataclass(frozen=True, slots=True)
class Taken:
    """One file's outcome. `says` is a Chinese sentence: what happened and what to do.

    `document_id` is the new document (KEPT) or the first with the same bytes (SAME).
    """

    path: Path
    outcome: Outcome
    says: str
    document_id: int | None = None
    changes: Changes = field(default_factory=Changes)

    def __repr__(self) -> str:
        """Without path and sentence: a file's name may not reach a log."""
        return f"Taken({self.outcome.value})"


# 保守国家秘密法 (2024) art. 31(3): no state secret on a machine that is not meant for it;
# 实施条例 (2024) art. 61: evidence is kept and the case reported within 24 hours.
SECRET = (
    "文件带有国家秘密标志，已拒收，程序没有保存该文件的任何内容。请立即停止处理，断开本机网络，"
    "并报告本单位保密员；文件仍在原处，请勿自行转发、删除或移动。"
)
SECRET_KEPT = (
    "检查发现国家秘密标志，不能继续办理。请立即停止处理，断开本机网络，并报告本单位保密员；"
    "请勿自行转发或删除。确属误报的，由保密审查员写明理由放行。"
)
CHANGED = "文件一直在变化，可能正被编辑或还在复制，没有收下。请保存并关闭文件后重新放入。"
NOT_MOVED = "原文件没能移到“已收”文件夹，仍在原处；请检查文件夹的写入权限。"
EMPTY_FOLDER = "文件夹里没有可收的文件。请放入文件后重试。"
