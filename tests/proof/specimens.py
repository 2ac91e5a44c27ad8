"""One or two sound files of each format for the gate's share of mutants."""

from tests.build import containers, pdf, pictures, plain, sheet, slides, word
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
    "list.csv": plain.LIST.encode("gb18030"),
    "page.html": plain.PAGE.encode(),
    "text.txt": plain.SENTENCES.encode("utf-16-le"),
    "members.zip": containers.archive({"甲.txt": b"text", "乙.docx": PLACES["table"].data}),
    "picture.png": _picture("PNG"),
    "picture.jpg": _picture("JPEG"),
    "picture.tif": _picture("TIFF"),
    "picture.bmp": _picture("BMP"),
    "picture.gif": _picture("GIF"),
    "picture.webp": _picture("WEBP"),
}
