"""The columns of the catalogue: first what it is, last what to do next."""

from formats.reading import Kind
from gui.tables.columns import Column, Look
from gui.widgets import severity
from gui.widgets.words import day, moment, short_day
from models.queries.rows import DocumentRow

KIND_WORDS = {
    Kind.DOCX: "Word",
    Kind.DOCM: "Word（含宏）",
    Kind.DOC: "Word 97",
    Kind.XLSX: "Excel",
    Kind.XLSM: "Excel（含宏）",
    Kind.XLS: "Excel 97",
    Kind.PPTX: "演示",
    Kind.PDF: "PDF",
    Kind.OFD: "OFD",
    Kind.TXT: "文本",
    Kind.CSV: "CSV",
    Kind.HTML: "网页",
    Kind.ZIP: "压缩包",
    Kind.PNG: "图片",
    Kind.JPEG: "图片",
    Kind.TIFF: "图片",
}


def kind_word(kind: Kind) -> str:
    """A file kind as an officer calls it."""
    return KIND_WORDS.get(kind, kind.value.upper())


def _progress(row: DocumentRow) -> str:
    return f"{row.findings - row.open_findings}/{row.findings}" if row.findings else "—"


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
    Column("status", "检查", 140, lambda r: r.status.label, Look.SECOND, "status", hidden=True),
    Column("next_step", "下一步", 128, lambda r: r.next_step, Look.NEXT, tip=lambda r: r.next_step),
)
