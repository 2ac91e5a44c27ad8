"""Registers as workbooks for an inspection: so far the audit log (实施条例 art. 58(十二))."""

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from exporters import disk
from models import queries

_PAGE = 500
_COLUMNS = (
    ("序号", 8),
    ("时间", 20),
    ("人员", 12),
    ("事项", 16),
    ("对象", 12),
    ("对象编号", 10),
    ("原状态", 12),
    ("现状态", 12),
    ("文件校验值", 66),
    ("理由", 40),
    ("上一条链值", 66),
    ("本条链值", 66),
)


def write_audit(out: Path) -> None:
    """Write every entry of the log, oldest first, as .xlsx. Raises Unavailable."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("日志")
    sheet.freeze_panes = "A2"
    for index, (_, width) in enumerate(_COLUMNS):
        sheet.column_dimensions[chr(ord("A") + index)].width = width
    head = [WriteOnlyCell(sheet, word) for word, _ in _COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    ids = sorted(queries.audit_ids())
    for start in range(0, len(ids), _PAGE):
        for row in sorted(queries.audit_rows(ids[start : start + _PAGE])):
            sheet.append(
                [
                    row.id,
                    f"{row.at:%Y-%m-%d %H:%M:%S}",
                    row.officer,
                    row.action,
                    row.subject,
                    row.subject_id,
                    row.from_state,
                    row.to_state,
                    row.sha256,
                    row.reason,
                    row.prev,
                    row.hash,
                ]
            )
    whole = io.BytesIO()
    workbook.save(whole)
    disk.put(out, whole.getvalue(), "日志不能导出")
