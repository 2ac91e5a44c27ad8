"""A PDF with text, a scan without, a web page and an archive."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from exporters.sample_office.persons import persons

A4 = (595, 842)


def write(folder: Path) -> None:
    """Four papers."""
    text_pdf(folder / "双碾坝村土地征收预公告.pdf", _LAND)
    scan(folder / "2015年退耕还林协议（扫描件）.pdf", _FOREST)
    page(folder / "村务公开栏（网页）.html")
    archive(folder / "各村报送材料.zip")


_LAND = (
    (22, "土地征收预公告"),
    (16, "因农村公路改建需要，拟征收双碾坝村部分集体土地。现公告如下："),
    (16, "一、征收范围：双碾坝村3组、4组，具体以勘测定界为准。"),
    (16, "二、征收目的：农村公路改建。"),
    (16, "三、自本公告发布之日起，在拟征收范围内抢栽抢建的，不予补偿。"),
    (16, "四、公告期限：2026年6月11日至6月26日。"),
    (16, "联系电话：023-59900115。"),
    (16, "白石沟镇人民政府  2026年6月11日"),
)
_FOREST = (
    (22, "退耕还林协议书"),
    (16, "甲方：白石沟镇人民政府"),
    (16, "乙方：青冈坪村2组农户"),
    (16, "乙方自愿将坡耕地3.2亩退耕还林，甲方按政策兑现补助。"),
    (16, "2015年3月12日"),
)


def text_pdf(path: Path, lines: tuple[tuple[int, str], ...], lines_a_page: int = 24) -> None:
    """Lines of (size in points, text) in the standard, not embedded, Song face.

    The face and its encoding are among those every reader knows (PDF 32000-1, 9.7.5.2).
    """
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/STSong-Light"),
            Encoding=pikepdf.Name("/UniGB-UTF16-H"),
            DescendantFonts=pikepdf.Array([_descendant(pdf)]),
        )
    )
    for start in range(0, len(lines), lines_a_page):
        pdf.add_blank_page(page_size=A4)
        leaf = pdf.pages[-1]
        leaf.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        leaf.Contents = pdf.make_stream(_operators(lines[start : start + lines_a_page]))
    pdf.save(path, deterministic_id=True)


def _operators(lines: tuple[tuple[int, str], ...]) -> bytes:
    """The content stream of one page: titles centred, paragraphs indented, broken after 27 han."""
    height = A4[1] - 110
    written = ["BT"]
    for size, text in lines:
        indent = (A4[0] - size * len(text)) / 2 if size > 16 else 112
        for piece in [text[i : i + 27] for i in range(0, len(text), 27)]:
            code = piece.encode("utf-16-be").hex().upper()
            written.append(f"/F1 {size} Tf 1 0 0 1 {indent:.0f} {height} Tm <{code}> Tj")
            height -= size * 2 if size > 16 else 29
            indent = 80
    written.append("ET")
    return "\n".join(written).encode("ascii")


def _descendant(pdf: pikepdf.Pdf) -> pikepdf.Object:
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=pikepdf.Name("/STSong-Light"),
        Flags=6,
        FontBBox=[-25, -254, 1000, 880],
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=93,
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType0,
            BaseFont=pikepdf.Name("/STSong-Light"),
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=4
            ),
            DW=1000,
            # Latin letters and digits (CIDs 1 to 95 of Adobe-GB1) are half as wide as a han.
            W=pikepdf.Array([1, 95, 500]),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


def scan(path: Path, lines: tuple[tuple[int, str], ...]) -> None:
    """The same page as a copier makes it: two grey, slightly turned pictures and no text."""
    with_text = path.with_suffix(".text")
    text_pdf(with_text, lines)
    try:
        document = pypdfium2.PdfDocument(with_text)
        try:
            image = document[0].render(scale=150 / 72, grayscale=True).to_pil()
        finally:
            document.close()
    finally:
        with_text.unlink()
    turned = [image.rotate(angle, fillcolor=245, expand=False) for angle in (0.6, -0.8)]
    pdf = pikepdf.new()
    for picture in turned:
        _picture_page(pdf, picture)
    pdf.save(path, deterministic_id=True)


def _picture_page(pdf: pikepdf.Pdf, picture: Image.Image) -> None:
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=70)
    stream = pdf.make_stream(jpeg.getvalue())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    stream.Filter = pikepdf.Name.DCTDecode
    pdf.add_blank_page(page_size=A4)
    leaf = pdf.pages[-1]
    leaf.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
    leaf.Contents = pdf.make_stream(f"{A4[0]} 0 0 {A4[1]} 0 0 cm /Im Do".encode())


def page(path: Path) -> None:
    """A page saved from a browser: a phone number in an element that is not shown."""
    phone = persons(1, seed=9)[0].phone
    path.write_text(
        "<!DOCTYPE html><html lang='zh'><head><meta charset='utf-8'>"
        "<title>村务公开栏</title></head>"
        "<body><h1>白石沟村2026年二季度村务公开</h1><p>本季度召开村民代表会议1次，议定事项3件。</p>"
        f"<p style='display:none'>填报人手机：{phone}</p><!-- 模板：内部使用 --></body></html>",
        encoding="utf-8",
    )


def archive(path: Path) -> None:
    """What the villages sent: a text file and a CSV with ID numbers, names in GBK."""
    people = persons(4, seed=10)
    rows = "姓名,身份证号\r\n" + "".join(f"{p.name},{p.id_number}\r\n" for p in people)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (
            ("老鹰岩村/情况说明.txt", "老鹰岩村2026年上半年工作情况说明。\r\n".encode("gb18030")),
            ("青冈坪村/人员名册.csv", rows.encode("utf-8-sig")),
        ):
            made.writestr(zipfile.ZipInfo(name, (2026, 7, 1, 9, 0, 0)), data)
