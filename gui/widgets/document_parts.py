"""Which parts that cannot be seen have a place in the text, and which are listed apart."""

from formats.reading import Kind, Part

SHEETS = frozenset({Kind.XLSX, Kind.XLSM, Kind.XLS, Kind.CSV})
_IN_CELLS = frozenset({Part.HIDDEN_ROW, Part.HIDDEN_COLUMN, Part.HIDDEN_SHEET})
# What has a place in running text. Properties, names and scripts are listed apart.
_IN_FLOW = frozenset(
    {
        Part.HEADER, Part.FOOTER, Part.FOOTNOTE, Part.ENDNOTE, Part.COMMENT, Part.INSERTION,
        Part.DELETION, Part.HIDDEN, Part.TEXTBOX, Part.ALT_TEXT, Part.FIELD, Part.LINK,
        Part.NOTES, Part.BODY, Part.TABLE, *_IN_CELLS,
    }
)  # fmt: skip


def in_place(kind: Kind | None) -> frozenset[Part]:
    """The parts that are opened where they stand; on the pages of a PDF there are none."""
    if kind is Kind.PDF:
        return frozenset()
    return _IN_CELLS if kind in SHEETS else _IN_FLOW
