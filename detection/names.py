"""Does a short text look like a Chinese person's name, or where a person lives? By form only."""

import re

import resources
from detection.checks import Check, Checked

_LIVED_IN = re.compile(
    "村|社区|嘎查|屯|寨|弄|胡同|农场|牧场|林场|居委会|大队|路|街|巷|坡|小区|苑|园|城|府|庭|邸|公寓|宿舍|安置房|坝|湾|沟|镇|乡|里|院|栋|幢|单元|室"
)
_WORKED_IN = re.compile(
    "(?:政府|中心|办公|病房|院部|机关|医院|卫生院|卫生室|学校|小学|中学|幼儿园|公司|法院|检察院|派出所|司法所|大厅"
    "|窗口|会议|村委会|村民委员会|银行|信用社|超市|酒店|宾馆|饭店|工厂|车间|车站|工地|项目|工程)"
    "(?!路|街|巷|第[0-9一二三四五六七八九十]|宿舍|家属|小区|花园|新村|社区|苑|旁|后|对面|村|广场|公寓|安置)"
)
_HAN = re.compile(r"[㐀-䶿一-鿿𠀀-𲎯·]{2,8}")
_TABLE = resources.table("rules/tables/surnames.toml")
_SINGLE = frozenset(_TABLE["single"])
_DOUBLE = frozenset(_TABLE["double"])
_NOT_NAMES = frozenset(_TABLE["not_names"])

_UNPLACED = "的在到对位于是系与及由从给往把被为住因了着过其该这那有无已曾就等称说至离搬迁"
_FIRST, _LAST = 0x4E00, 0x9FFF


def _place_characters() -> str:
    """A class of the Han that may stand in a place's name: no particle, no preposition."""
    pieces, low = [], _FIRST
    for code in sorted(map(ord, _UNPLACED)):
        if low < code:
            pieces.append(f"{chr(low)}-{chr(code - 1)}")
        low = code + 1
    return "[㐀-䶿" + "".join(pieces) + f"{chr(low)}-{chr(_LAST)}]"


FRAGMENTS = {
    "place": _place_characters(),
    "single": f"[{_TABLE['single']}]",
    "double": "(?:" + "|".join(_TABLE["double"]) + ")",
    "han": "[㐀-䶿一-鿿𠀀-𲎯]",
}
"""Pieces of patterns every pack may put in: surnames of one and of two characters, a Han."""


def person_name(text: str, *, named: bool) -> Checked | None:
    """2 to 4 Han characters that begin with a surname, or two parts joined by `·`."""
    bare = text.strip()
    if not _HAN.fullmatch(bare) or bare in _NOT_NAMES:
        return None
    if "·" in bare[1:-1]:
        return Checked(0.85)
    if bare[:2] in _DOUBLE and 3 <= len(bare) <= 4:
        return Checked(0.95)
    if bare[0] in _SINGLE and 2 <= len(bare) <= 3 + named:
        return Checked(0.9 if len(bare) <= 3 else 0.6)
    return None


def home_address(text: str, *, named: bool) -> Checked | None:
    """A village, community, road or estate, and a group or a number in it; no office or firm.

    Where the text names it a home, any place will do.
    """
    if not (named or _LIVED_IN.search(text)) or _WORKED_IN.search(text):
        return None
    return Checked(0.85)


NAME_CHECKS: dict[str, Check] = {
    "person_name": person_name,
    "home_address": home_address,
}
