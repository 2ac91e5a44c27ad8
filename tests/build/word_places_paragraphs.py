"""Places of Word that a paragraph hides or only seems to hide: low lines, frames, indents."""

from formats.reading import Part
from tests.build.word import MARKER, Extra, Specimen, docx, paragraph, run, section_with, styles
from tests.build.word_places_more import LEAD

# A4 with margins of an inch, in twentieths of a point.
_SECTION = section_with(
    "",
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/>',
)


def _in(properties: str, *extras: Extra, look: str = "") -> bytes:
    marked = paragraph(run(MARKER, look), properties=properties)
    return docx(LEAD + marked, *extras, section=_SECTION)


def _hidden(data: bytes, note: str = "") -> Specimen:
    return Specimen(data, Part.HIDDEN, visible=False, note=note)


def _away(properties: str) -> Specimen:
    return _hidden(_in(properties), "移到页面以外")


def _seen(data: bytes) -> Specimen:
    return Specimen(data, Part.BODY, visible=True, note="")


def _line(height: int, rule: str = "exact") -> str:
    return f'<w:spacing w:line="{height}" w:lineRule="{rule}"/>'


def _style(properties: str) -> Extra:
    return styles(
        '<w:style w:type="paragraph" w:styleId="Low"><w:name w:val="Low"/>'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


_LOW = '<w:pStyle w:val="Low"/>'
_DEFAULT = styles(
    f"<w:docDefaults><w:pPrDefault><w:pPr>{_line(20)}</w:pPr></w:pPrDefault></w:docDefaults>"
)

PARAGRAPHS: dict[str, Specimen] = {
    "行高压到一磅的段落": _hidden(_in(_line(20))),
    "行高压到一磅的段落（字号另外写明）": _hidden(_in(_line(20), look='<w:sz w:val="32"/>')),
    "行高压到一磅的段落（样式）": _hidden(_in(_LOW, _style(_line(20)))),
    "行高压到一磅的段落（文档默认）": _hidden(_in("", _DEFAULT)),
    "固定行高的段落": _seen(_in(_line(579))),
    "样式压低行高、段落自己改回的文字": _seen(_in(_LOW + _line(240, "auto"), _style(_line(20)))),
    "图文框放到页面左边以外": _away(
        '<w:framePr w:w="4000" w:x="-5000" w:y="1000" w:hAnchor="page" w:vAnchor="page"/>'
    ),
    "图文框放到页面下边以外": _away(
        '<w:framePr w:w="4000" w:h="600" w:x="1000" w:y="17000" w:vAnchor="page"/>'
    ),
    "页面上的图文框": _seen(
        _in('<w:framePr w:w="4000" w:x="2000" w:y="3000" w:hAnchor="page" w:vAnchor="page"/>')
    ),
    "左缩进到页面以外的段落": _away('<w:ind w:left="11000"/>'),
    "左缩进到页面以外的段落（按字符）": _away('<w:ind w:leftChars="6000" w:left="300"/>'),
    "缩到页面左边以外的段落": _away('<w:ind w:left="-9000" w:right="11000"/>'),
    "缩进很大但仍在页面上的段落": _seen(_in('<w:ind w:left="6000" w:firstLine="640"/>')),
}
