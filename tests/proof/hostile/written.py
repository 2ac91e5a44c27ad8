"""Documents, decks and mails that say little and claim much: counts, repeats, nests, pictures."""

from collections.abc import Callable

from tests.build import containers, mail, ofd, outlook, plain, rtf, slides, word
from tests.build.pdf import one_page, show
from tests.proof.hostile.pictured import CASES as PICTURES
from tests.proof.hostile.zipped import part_of, with_part

_FULL = "full.png"  # a gigabyte of pixels in a megabyte
_BODY = word.paragraph(word.run("正文"))


def _docx(body: str, *extras: word.Extra, **more: str) -> Callable[[], bytes]:
    return lambda: word.docx(_BODY + body, *extras, **more)  # type: ignore[arg-type]


def _numbering(levels: str) -> word.Extra:
    content = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    return word.Extra(
        "word/numbering.xml",
        word.part("w:numbering", content),
        "numbering",
        f"{word.WORD_TYPE}numbering+xml",
    )


def _level(style: str, label: str, start: int, number: int = 0) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{label}"/></w:lvl>'
    )


_LISTED = word.paragraph(
    word.run("甲"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
)


def _large_numbers() -> bytes:
    """Numbers of two milliards in every way of writing that grows with the number."""
    styles = ("upperLetter", "upperRoman", "chineseCounting", "ideographTraditional", "x")
    levels = "".join(_level(style, f"%{n}", 2**31 - 2, n - 1) for n, style in enumerate(styles, 1))
    listed = "".join(_LISTED.replace('ilvl w:val="0"', f'ilvl w:val="{n}"') for n in range(5))
    return word.docx(_BODY + listed * 50, _numbering(levels))


def _circular_styles() -> bytes:
    """Fifty thousand styles, each based on the next and the last on the first; all are used."""
    count = 50_000
    content = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % count}"/>'
        "</w:style>"
        for n in range(count)
    )
    body = "".join(
        word.paragraph(word.run("甲"), properties=f'<w:pStyle w:val="s{n}"/>')
        for n in range(0, count, 10)
    )
    return word.docx(body, word.styles(content))


def _sections() -> bytes:
    """One header of a hundred thousand letters in ten thousand sections."""
    reference = '<w:headerReference w:type="default" r:id="rId1"/>'
    section = word.paragraph(properties=word.section_with(reference))
    return word.docx(_BODY + section * 10_000, word.header("身份证" * 30_000))


def _wide_table() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2147483647"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    return word.docx(f"<w:tbl><w:tblPr/>{f'<w:tr>{cell * 60}</w:tr>' * 2_000}</w:tbl>")


def _nested_docx() -> bytes:
    made = word.docx(_BODY)
    for _ in range(40):
        made = word.docx(
            _BODY,
            word.Extra(
                "word/embeddings/a.docx", made, "package", f"{word.WORD_TYPE}document.main+xml"
            ),
        )
    return made


def _in_turn() -> bytes:
    """Every container we open inside another one, round and round."""
    made = one_page(show("x"))
    for _ in range(12):
        made = containers.archive({"a.pdf": made})
        made = mail.mail(mail.text("正文"), mail.attachment("a.zip", made))
        made = outlook.message(outlook.attachment(0, "a.eml", made))
        made = containers.seven({"a.msg": made})
        made = word.docx(_BODY, unreached={"word/embeddings/a.7z": made})
        made = slides.pptx(slides.text("正文"), unreached={"ppt/embeddings/a.docx": made})
    return made


def _picture_part(name: str) -> word.Extra:
    return word.Extra("word/media/a.png", PICTURES[name](), "image", "image/png")


def _docx_pictures() -> bytes:
    """A hundred places that show the same gigabyte."""
    return word.docx(_BODY + word.paragraph(word.picture("rId1")) * 100, _picture_part(_FULL))


def _docx_many_pictures() -> bytes:
    """Two hundred parts that hold the same gigabyte."""
    data = PICTURES[_FULL]()
    extras = [
        word.Extra(f"word/media/a{n}.png", data + b"%d" % n, "image", "image/png")
        for n in range(200)
    ]
    shown = "".join(word.paragraph(word.picture(f"rId{n}")) for n in range(1, 201))
    return word.docx(_BODY + shown, *extras)


def _deck_of_pictures() -> bytes:
    data = PICTURES[_FULL]()
    image = word.Extra("ppt/media/image1.png", data, "image", "image/png")
    return slides.pptx(*[slides.Slide(slides.picture("rId2"), extras=(image,))] * 20)


def _deck_of_models() -> bytes:
    """A master of thousands of texts under a hundred slides."""
    return slides.pptx(*["甲"] * 100, master=slides.text("身份证" * 100) * 2_000)


def _deck_of_groups() -> bytes:
    count = 3_000
    opened = (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="1" name="a"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        "<p:grpSpPr/>"
    )
    return slides.pptx(opened * count + slides.text("甲") + "</p:grpSp>" * count)


def _deck_of_one_slide() -> bytes:
    """The order of slides names the same one a hundred thousand times."""
    made = slides.pptx(slides.text("正文"))
    part = part_of(made, "ppt/presentation.xml")
    begin = part.index(b"<p:sldId ")
    end = part.index(b"/>", begin) + 2
    return with_part(
        made, "ppt/presentation.xml", part[:begin] + part[begin:end] * 100_000 + part[end:]
    )


def _template() -> bytes:
    """One template of a thousand texts under a hundred pages, which names itself as its own."""
    used = '<ofd:Template TemplateID="5" ZOrder="Background"/>'
    common = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    return ofd.ofd(
        [ofd.page(ofd.text("正文"), used)] * 100,
        common=common,
        parts={"Doc_0/Tpls/Tpl_0/Content.xml": ofd.page(ofd.text("模板") * 1_000, used)},
    )


def _own_composite() -> bytes:
    """A composite that draws itself twice."""
    drawn = '<ofd:CompositeObject ID="6" Boundary="0 0 210 297" ResourceID="7"/>'
    return ofd.ofd(
        [ofd.page(ofd.text("正文") + drawn)],
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        parts={"Doc_0/Res.xml": ofd.composite("7", drawn * 2 + ofd.text("内"))},
    )


def _claimed_steps() -> bytes:
    """Glyph places that are given once and claimed a milliard times."""
    said = ofd.text("正文").replace("g 1 5", "g 1000000000 5 g 2147483647 1")
    return ofd.ofd([ofd.page(said * 200)])


def _long_path() -> bytes:
    line = "L 1 1 " * 1_000_000
    box = ofd.box(0, 0, 200, 290).replace("M 0 0 ", f"M 0 0 {line}")
    return ofd.ofd([ofd.page(ofd.text("正文") + box)])


def _boxes() -> bytes:
    """Five thousand texts under five thousand boxes."""
    texts = "".join(ofd.text("甲", n % 200, n // 100) for n in range(5_000))
    boxes = "".join(ofd.box(n % 200, n // 100, 9, 9) for n in range(5_000))
    return ofd.ofd([ofd.page(texts + boxes)])


def _ofd_pictures() -> bytes:
    shown = ofd.image("30", 0, 0, 200, 290)
    return ofd.ofd(
        [ofd.page(ofd.text("正文") + shown)] * 50,
        common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        parts={"Doc_0/Res.xml": ofd.media({"30": "a.png"}), "Doc_0/Res/a.png": PICTURES[_FULL]()},
    )


def _many_files() -> bytes:
    """Ten thousand attachments, each a document."""
    part = mail.attachment("甲.docx", word.docx(_BODY))
    return mail.mail(mail.text("正文"), *[part] * 10_000)


def _many_small_files() -> bytes:
    return mail.mail(mail.text("正文"), *[mail.attachment("甲.txt", b"text")] * 10_000)


def _many_messages() -> bytes:
    streams = [outlook.attachment(n, f"{n}.txt", b"text") for n in range(3_000)]
    return outlook.message(outlook.text(outlook.SUBJECT, "主题"), *streams)


def _packed_text() -> bytes:
    """A message whose packed text claims to open to four gigabytes."""
    body = b"\x10\0\0\0" + b"\xff\xff\xff\xff" + b"LZFu" + b"\0\0\0\0" + b"\xff" * 4_000
    return outlook.message(outlook.text(outlook.SUBJECT, "主题"), outlook.binary(0x1009, body))


_TEXT = "身份证" * 20_000

CASES: dict[str, Callable[[], bytes]] = {
    "large numbers.docx": _large_numbers,
    "a long label.docx": _docx(_LISTED * 20_000, _numbering(_level("decimal", _TEXT, 1))),
    "circular styles.docx": _circular_styles,
    "sections.docx": _sections,
    "a wide table.docx": _wide_table,
    "open fields.docx": _docx(
        word.paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 100_000)
    ),
    "fields.docx": _docx(word.paragraph(word.field("HYPERLINK a") * 30_000)),
    "runs.docx": _docx(word.paragraph(word.run("甲") * 300_000)),
    "changes.docx": _docx(
        word.paragraph(
            f"<w:ins {word.CHANGE}><w:del {word.CHANGE}>" * 100 + "</w:del></w:ins>" * 100
        )
        * 200
    ),
    "in itself.docx": _nested_docx,
    "everything in everything.pptx": _in_turn,
    "a picture often.docx": _docx_pictures,
    "pictures.docx": _docx_many_pictures,
    "a claim.docx": lambda: word.docx(
        _BODY + word.paragraph(word.picture("rId1")), _picture_part("the largest claim.png")
    ),
    "pictures.pptx": _deck_of_pictures,
    "models.pptx": _deck_of_models,
    "groups.pptx": _deck_of_groups,
    "one slide often.pptx": _deck_of_one_slide,
    "template.ofd": _template,
    "own composite.ofd": _own_composite,
    "claimed steps.ofd": _claimed_steps,
    "a long path.ofd": _long_path,
    "boxes.ofd": _boxes,
    "pictures.ofd": _ofd_pictures,
    "cells.rtf": lambda: rtf.rtf(
        r"\trowd" + r"\cellx1" * 300_000 + r"\intbl " + r"a\cell" * 300_000
    ),
    "tables in tables.rtf": lambda: rtf.rtf(
        "".join(rf"\intbl\itap{n} a{{\nestcell}}" for n in range(1, 30_000))
    ),
    "cells.html": lambda: plain.PAGE.encode().replace(
        b"</body>", b"<table>" + b"<tr><td colspan=1000000000 rowspan=1000000000>x" * 20_000
    ),
    "many documents.eml": _many_files,
    "many files.eml": _many_small_files,
    "many files.msg": _many_messages,
    "a packed text.msg": _packed_text,
}
