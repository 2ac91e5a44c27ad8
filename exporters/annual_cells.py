"""Numbers and labels as people type them into the annual report's tables."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

import resources
from exporters.annual_grids import squeeze

_NUMBER = re.compile(
    r"^([+-]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)(件|万元|元|条|项|份|个)?(.*)$"
)
_REMARK = re.compile(r"^[(\[【].*[)\]】]$")
ALIKE = 0.72  # below this two labels are different things


@dataclass(frozen=True, slots=True)
class Read:
    """A cell's number, or None, and what was odd about it (Chinese; empty when nothing was)."""

    value: Decimal | None
    odd: str = ""


def number(text: str) -> Read:
    """Full-width digits, thousands separators, units and bracketed remarks are accepted."""
    wide = unicodedata.normalize("NFKC", text).strip()
    tight = re.sub(r"\s+", "", wide)
    if not tight:
        return Read(None, "空白")
    if re.fullmatch(r"\d{1,3}([ \u00a0]\d{3})+", wide) is None and re.search(r"\d\s+\d", wide):
        return Read(None, "有多个数字，分不清")
    found = _NUMBER.match(tight)
    if found is None:
        return Read(None, f"不是数字（{tight[:12]}）")
    remark = found.group(3)
    if remark and not _REMARK.match(remark):
        return Read(None, f"不是数字（{tight[:12]}）")
    value = Decimal(found.group(1).replace(",", "").replace("，", ""))
    return Read(value, "单元格里有附注" if remark else "")


def whole(text: str) -> tuple[int | None, str]:
    """A count: the number must be whole."""
    read = number(text)
    if read.value is None:
        return None, read.odd
    if read.value != read.value.to_integral_value():
        return None, "不是整数"
    return int(read.value), read.odd


def bare(label: str) -> str:
    """A label without numbering, brackets, quotation marks and white space."""
    text = re.sub(
        r"^(\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+[.、])", "", squeeze(label)
    )
    return re.sub(r"[()\[\]“”\"'‘’,，.。、:;;]", "", text)


def _numbering(label: str) -> str:
    found = re.match(r"\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d+", squeeze(label))
    return found.group() if found else ""


def key_of_row(label: str, group: str, taken: set[str]) -> str | None:
    """Which row of table 三 a label names: exact first, then number within its group, then alike.

    `group` is the text left of the label; `taken` holds rows that were already found.
    """
    rows = resources.table("law/annual_report.toml")["table3"]["rows"]
    own, around = bare(label), bare(group)
    if not own:
        return None
    for row in rows:
        right_group = "group" not in row or not around or _alike(bare(row["group"]), around)
        if row["key"] not in taken and bare(row["label"]) == own and right_group:
            return str(row["key"])
    free = [r for r in rows if r["key"] not in taken]
    numbered = _numbering(label)
    for row in free:
        if (
            "group" in row
            and around
            and _alike(bare(row["group"]), around)
            and _numbering(row["label"]) == numbered
            and _score(bare(row["label"]), own) > 0.4
        ):
            return str(row["key"])
    best = max(free, key=lambda r: _score(bare(r["label"]), own), default=None)
    if best is not None and _score(bare(best["label"]), own) >= ALIKE:
        return str(best["key"])
    return None


def _score(one: str, other: str) -> float:
    """Likeness from 0 to 1; a long label cut short still counts as itself."""
    if len(one) > 8 and len(other) >= 4 and one.startswith(other):
        return 0.9
    return SequenceMatcher(None, one, other).ratio()


def _alike(one: str, other: str) -> bool:
    return _score(one, other) >= ALIKE
