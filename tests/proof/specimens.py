"""One or two sound files of each format: the gate's share of mutants, and the packages attacked."""

from tests.build import (
    biff,
    containers,
    doc97,
    mail,
    odf,
    ofd,
    outlook,
    pdf,
    pictures,
    plain,
    rtf,
    sheet,
    slides,
    word,
)
from tests.build.word_places import PLACES


def _picture(kind: str) -> bytes:
    return pictures.encoded(pictures.photo((40, 30)), kind)


SPECIMENS: dict[str, bytes] = {
    "places.docx": PLACES["text box"].data,
    "inner.docx": PLACES["embedded document"].data,
    "table.docx": word.docx(word.table(("甲", "乙"), ("丙", "丁")), word.header("页眉")),
    "rows.xlsx": sheet.workbook(
        sheet.Tab("名单", rows=sheet.row(1, sheet.text("A1", "正文") + "<c r='B1'><v>2</v></c>")),
        sheet.Tab("隐", state="hidden", rows=sheet.row(2, sheet.text("C2", "藏"))),
        strings="<si><t>a</t></si>",
    ),
    "slide.pptx": slides.pptx(slides.text("正文")),
    "page.pdf": pdf.one_page(pdf.show("正文") + pdf.show("看不见", y=600, more="3 Tr")),
    "page.ofd": ofd.ofd([ofd.page(ofd.text("正文", 20, 30))]),
    "text.odt": odf.odf("odt", odf.p("正文", odf.span("藏", "hid")) + odf.p(odf.box(odf.p("框")))),
    "rows.ods": odf.odf("ods", odf.sheet(odf.rows(odf.cell(odf.p("甲")), odf.cell(odf.p("乙"))))),
    "slide.odp": odf.odf("odp", odf.slide(odf.box(odf.p("正文")))),
    "old.doc": doc97.Paper(
        [doc97.Run("正文\r"), doc97.Run("页眉\r", story="header")], left="残留".encode("utf-16-le")
    ).file(),
    "older.doc": doc97.word6("正文\r"),
    "old.xls": biff.Workbook(
        [biff.Tab(body=biff.cell(0, 0, 0) + biff.label(1, 1, "正文") + biff.number(2, 2, 5.0))],
        strings=("甲", "乙"),
    ).file(),
    "older.xls": biff.biff5("正文"),
    "letter.eml": mail.mail(mail.text("正文"), mail.attachment("a.txt", b"text")),
    "page.mht": mail.archive_page("<html><body>正文</body></html>"),
    "letter.msg": outlook.message(
        outlook.text(outlook.SUBJECT, "主题"),
        outlook.text(outlook.BODY, "正文"),
        outlook.attachment(0, "a.txt", b"text"),
    ),
    "text.rtf": rtf.rtf(rtf.gbk("正文") + rtf.grid(("a", "b")) + r"{\v hidden}"),
    "list.csv": plain.LIST.encode("gb18030"),
    "page.html": plain.PAGE.encode(),
    "text.txt": plain.SENTENCES.encode("utf-16-le"),
    "data.xml": "<?xml version='1.0'?><a b='甲'><c>乙</c><!--丙--></a>".encode(),
    "members.zip": containers.archive({"甲.txt": b"text", "乙.docx": PLACES["table"].data}),
    "members.7z": containers.seven({"甲.txt": b"text", "乙.docx": PLACES["table"].data}),
    "picture.png": _picture("PNG"),
    "picture.jpg": _picture("JPEG"),
    "picture.tif": _picture("TIFF"),
    "picture.bmp": _picture("BMP"),
    "picture.gif": _picture("GIF"),
    "picture.webp": _picture("WEBP"),
}
