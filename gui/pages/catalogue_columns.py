"""The columns of the catalogue: first what it is, last what to do next."""

from gui.tables.columns import Column, Look
from gui.widgets import severity
from gui.widgets.words import day, kind_word, moment, short_day
from models.queries.rows import DocumentRow, Recheck


def _progress(row: DocumentRow) -> str:
    return f"{row.findings - row.open_findings}/{row.findings}" if row.findings else "—"


def _status(row: DocumentRow) -> str:
    """How far it was read, unless that is no longer worth anything."""
    return Recheck.OUTDATED.label if row.outdated else row.status.label


COLUMNS: tuple[Column, ...] = (
    Column(
        "title",
        "信息名称",
        300,
        lambda r: r.title or r.name,
        sort="title",
        tip=lambda r: f"{r.title}\n文件：{r.name}" if r.title else r.name,
        stretch=True,
    ),
    Column("state", "状态", 100, lambda r: r.state.label, Look.STATE, "state", lambda r: r.state),
    Column(
        "severity",
        "待核内容",
        92,
        lambda r: severity.words(r.severity, r.open_findings, r.findings, r.status),
        Look.SEVERITY,
        "severity",
        lambda r: r.severity,
    ),
    Column("progress", "处理", 64, _progress, Look.NUMBER, "open_findings", hidden=True),
    Column("kind", "类型", 64, lambda r: kind_word(r.kind), Look.SECOND, "kind"),
    Column("attribute", "公开方式", 88, lambda r: r.attribute or "未定", sort="attribute"),
    Column(
        "document_number",
        "发文字号",
        150,
        lambda r: r.document_number,
        Look.SECOND,
        "document_number",
        hidden=True,
    ),
    Column("signed_on", "成文日期", 112, lambda r: day(r.signed_on), sort="signed_on", hidden=True),
    Column(
        "received_at",
        "收到日期",
        92,
        lambda r: short_day(r.received_at),
        Look.SECOND,
        "received_at",
        tip=lambda r: moment(r.received_at),
    ),
    Column(
        "updated_at",
        "最近变动",
        150,
        lambda r: moment(r.updated_at),
        Look.SECOND,
        "updated_at",
        hidden=True,
    ),
    Column("status", "检查", 140, _status, Look.SECOND, "status", hidden=True),
    Column("next_step", "下一步", 128, lambda r: r.next_step, Look.NEXT, tip=lambda r: r.next_step),
)
