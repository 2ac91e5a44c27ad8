"""The people in one cell of a list: alone, several, with a number or a remark beside each."""

import re

import resources
from detection.checks import Checked
from detection.grids import squeeze
from detection.names import NOT_NAMES, person_name

_TOKEN = re.compile(r"[^\s、,，;；/|]+")
_BEFORE = re.compile(r"[(（]?[0-9０-９]{1,5}[)）.、．]?")
_AFTER = re.compile(
    r"[(（\[【0-9０-９+*:：].*$|等[0-9一二三四五六七八九十两]{0,3}[人户名位]?$", re.DOTALL
)
_PARTED = re.compile(r"[一-鿿](?:[ \u3000\t]{0,8}[一-鿿]){1,3}")
_FOREIGN = re.compile(r"[一-鿿]{2,4}")
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]*(?:[ ,]{1,2}[A-Z][A-Za-z'’.-]*){0,4}")
_SPOKEN = frozenset(
    "".join(resources.table("rules/tables/naming.toml")["minority"][k] for k in ("signs", "dotted"))
)
_SHORTEST, _LONGEST = 5, 8
"""Names of other peoples that are longer than ours, where no dot parts them."""
_COUNTED = re.compile(  # and days of the week, years of school
    "第?[一二三四五六七八九十两]{1,3}(?:组|社|队|岁|人|户|口|级|年级|口人|班|部|期|片|栋|楼|类|批|等|等奖)"
    "|(?:周|星期|礼拜)[一二三四五六日天末](?:[早中晚]|[上下]午|[早中晚夜]班)?|[高初大研][一二三四]"
)
_INNER = re.compile("[0-9A-Za-z号室栋元][(（]([㐀-䶿一-鿿·]{2,8})[)）]?$")
_THINGS = re.compile("[0-9]{1,5}[棵株头只匹亩座台辆件套箱袋条尾羽根盏块]")
_UNSURE = Checked(0.6)

Name = tuple[int, int, Checked]
"""First and last (excluded) character in the raw text, and how sure it is."""


def names_in(text: str, *, named: bool) -> list[Name]:
    """The names in a cell. `named`: a head says that names stand here, so rare ones count too."""
    whole = text.strip()
    start = text.find(whole)
    outcome = _name(squeeze(whole), named=named) if _PARTED.fullmatch(whole) else None
    if outcome is not None:
        return [(start, start + len(whole), outcome)]
    if named and _LATIN.fullmatch(whole) and sum(map(str.islower, whole)) > 1:
        return [(start, start + len(whole), _UNSURE)]
    found: list[Name] = []
    for match in _TOKEN.finditer(text):
        token = match[0]
        if _THINGS.search(squeeze(token)):
            continue
        before = _BEFORE.match(token)
        lead = before.end() if before else 0
        body = _AFTER.sub("", token[lead:])
        outcome = _name(squeeze(body), named=named)
        if outcome is not None:
            first = match.start() + lead
            found.append((first, first + len(body), outcome))
            continue
        inner = _INNER.search(token)
        if inner and (outcome := person_name(inner[1], named=False)):
            start, end = inner.span(1)
            found.append((match.start() + start, match.start() + end, outcome))
    return found


def _name(bare: str, *, named: bool) -> Checked | None:
    if _COUNTED.fullmatch(bare):
        return None
    outcome, foreign = person_name(bare, named=named), _FOREIGN.fullmatch(bare)
    if outcome is None and named and bare not in NOT_NAMES and (foreign or _is_spoken(bare)):
        return _UNSURE
    return outcome


def _is_spoken(bare: str) -> bool:
    """Nearly all characters are such as only write down how a word sounds: 哈森其木格."""
    return _SHORTEST <= len(bare) <= _LONGEST and sum(c not in _SPOKEN for c in bare) <= 1
