"""What a notice may not print, and how names and addresses are shortened in it.

Which columns a list may have is told by the matter (`detection.matters`).
"""

import re
import unicodedata

import resources
from detection.matters import NEVER


def betrays(text: str, *, cell: bool) -> str | None:
    """What kind of number stands in a text that may hold none; None when there is none.

    In a cell mobile numbers count too; in running text they may be the office's own.
    """
    plain = re.sub(r"[\s\-‐–—]", "", unicodedata.normalize("NFKC", text))
    for kind in resources.table(NEVER)["value"]:
        if (cell or not kind.get("cells_only")) and re.search(kind["pattern"], plain):
            return str(kind["label"])
    return None


def masked_name(name: str) -> str:
    """覃小满 becomes 覃**: the family name stays, each further character is a star."""
    name = name.strip()
    double = any(name.startswith(n) for n in resources.table(NEVER)["names"]["double"])
    kept = 2 if double and len(name) > 2 else 1
    return name[:kept] + "*" * (len(name) - kept)


def village(address: str) -> str:
    """An address down to the village or community and no further."""
    text = address.strip()
    found = re.match(r".*(?:村|社区|居委会)", text) or re.match(r".*(?:镇|乡|街道)", text)
    if found:
        return found.group()
    return re.split(r"[0-9０-９一二三四五六七八九十]+(?:组|社|号|队)", text)[0]
