"""The names of OpenDocument that we act on (OASIS ODF 1.2 part 1)."""

_BASE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
OFFICE, STYLE, TEXT, TABLE = (_BASE.format(n) for n in ("office", "style", "text", "table"))
DRAW, FORM, META, NUMBER = (_BASE.format(n) for n in ("drawing", "form", "meta", "datastyle"))
PRESENTATION, SCRIPT, CONFIG = (_BASE.format(n) for n in ("presentation", "script", "config"))
FO, SVG = _BASE.format("xsl-fo-compatible"), _BASE.format("svg-compatible")
MATH = "{http://www.w3.org/1998/Math/MathML}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

OFFICE_NOW = "{http://openoffice.org/2009/office}"
TOLD_WHOLE = frozenset(
    {f"{TABLE}named-range", f"{TABLE}named-expression", f"{TABLE}database-range",
     f"{TABLE}filter-condition", f"{TABLE}filter-set-item", f"{TEXT}label", f"{FORM}option",
     f"{PRESENTATION}show", f"{TEXT}user-field-decl", f"{TEXT}variable-set"}
)  # fmt: skip
"""Elements whose names and values are a person's own, however short."""

P, H = f"{TEXT}p", f"{TEXT}h"
HREF = f"{XLINK}href"
STYLE_NAME = f"{STYLE}name"
"""Attributes whose values a reader may want to know although no page shows them, by local name."""
TALKING = frozenset(
    {
        "title", "description", "string-value", "string-value-if-true", "string-value-if-false",
        "key1", "key2", "formula", "condition", "help-text", "name", "display-name", "label",
        "value", "expression", "comment", "date-value", "connection-name", "table-name",
        "database-name", "text", "alternative-text",
    }
)  # fmt: skip
