"""What an officer decides on a finding. Pure."""

from enum import StrEnum


class Ruling(StrEnum):
    """The four answers. Values are the words of the command line."""

    REDACT = "redact"
    MASK = "mask"
    KEEP = "keep"
    NOT_ONE = "not-one"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Ruling.REDACT: "删除",
            Ruling.MASK: "遮盖",
            Ruling.KEEP: "保留",
            Ruling.NOT_ONE: "不是",
        }[self]

    @property
    def hides(self) -> bool:
        """Whether a clean copy must be made for it."""
        return self in (Ruling.REDACT, Ruling.MASK)
