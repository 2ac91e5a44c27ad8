"""Reads a pack of rules (TOML, or a plain list of words) and refuses what cannot work or is not
safe to run.

A pack holds `[fragments]` (named pieces of patterns, put in as `<<name>>`; `names` gives some to
all) and `[[rule]]`s:
    id, label, family, severity, certainty, reason, article, suggest (a mask), check (a check)
    words             literal words, any number of them
    pairs             wrong words and the right ones, searched as `words` are
    [[rule.pattern]]  regex; where, zone, over, digits, named, valid, severity, certainty, name;
                      linked, reach: said of a private person named in the same line;
                      reason, article: in place of the rule's
    [[rule.context]]  scope, effect, regex; within, severity, certainty, patterns (names);
                      tried in order, a later one overrides an earlier one, `drop` ends
    [[rule.column]]   header, cell; not_header, skip, holds, placed, severity, certainty; share (of
                      the cells that must fit where no head speaks), various, with_names, beside
                      (words of another head of the list), not_title (words over the list), top
                      (heard in the first rows alone)
    hit, miss         examples, the expected spans between ⟦ and ⟧; a table of `part`, `severity`
                      and `text` where the example is not running text or judged otherwise
An office's pack may also hold `[[exception]]`s: rule, text, reason. What an exception names is
found as ever and kept as a note. None is taken to a rule for state secrets or hidden content.
`reading = false` at its head switches off that lines are read one by one (`tagger`).
Patterns are written for normalised text (`normal`) and compiled by `expression`. Their names and
values are those of `rule`.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Set
from functools import partial
from typing import Any

from detection.expression import Expression, expression
from detection.finding import Family, Severity
from detection.grids import squeeze
from detection.names import FRAGMENTS
from detection.normal import END, plain
from detection.rule import (
    FARTHEST,
    Allowed,
    Column,
    Context,
    Effect,
    Example,
    Over,
    Pattern,
    Rule,
    Scope,
    Where,
    Zone,
)
from detection.slips import slips
from detection.words import word

_FIRM = frozenset({Family.SECRET, Family.HIDDEN})
_SLIPS = ("phrases", "longer", "alike", "sound")
_LIST = {
    "label": "本单位用词",
    "family": Family.INTERNAL.value,
    "severity": Severity.ASK.value,
    "certainty": 0.9,
    "reason": "这是本单位词表中的词，请核实能不能公开。",
    "article": "本单位规定",
    "suggest": "delete",
}


Written = Callable[[str], Expression]
"""Compiles an expression of a pack."""


class BadRule(Exception):
    """A pack that cannot be used; the text is a Chinese sentence for the officer."""


def read_pack(pack: str, text: str, *, own: bool, taken: Set[str]) -> list[Rule]:
    """The rules of one pack. `own`: the program's; an office's pack may only add.

    Raises BadRule naming the pack and the rule.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRule(f"规则文件“{pack}”写法有误：{error}。请改正后重新载入。") from error
    return _rules(pack, data, own=own, taken=taken)


def read_list(pack: str, text: str, *, taken: Set[str]) -> list[Rule]:
    """A plain list: a word a line, `#` begins a remark. One rule, `ask`. Raises BadRule."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    row = {**_LIST, "id": f"words-{pack}", "words": [line for line in lines if line]}
    return _rules(pack, {"rule": [row]}, own=False, taken=taken)


def read_exceptions(pack: str, text: str, rules: Mapping[str, Rule]) -> list[Allowed]:
    """The exceptions of an office's pack; `rules` are all rules in force, by id.

    Raises BadRule for an unknown rule, one that takes none, or a missing value or reason.
    """
    found = []
    for row in tomllib.loads(text).get("exception", []):
        name, value = str(row.get("rule", "")), squeeze(plain(str(row.get("text", ""))))
        reason = str(row.get("reason", "")).strip()
        rule = rules.get(name)
        if rule is None:
            raise BadRule(f"规则文件“{pack}”中有一条例外写的是“{name}”，没有这条规则，请改正。")
        if rule.family in _FIRM:
            raise BadRule(f"规则文件“{pack}”：“{rule.label}”不能设例外。请删去这一条。")
        if not value or not reason:
            raise BadRule(f"规则文件“{pack}”中“{rule.label}”的例外缺少内容或理由，请补上。")
        found.append(Allowed(name, value, reason))
    return found


def _rules(pack: str, data: Mapping[str, Any], *, own: bool, taken: Set[str]) -> list[Rule]:
    fragments: dict[str, str] = {**FRAGMENTS, **data.get("fragments", {})}
    written = partial(expression, fragments=fragments, judged=not own)
    rules: list[Rule] = []
    seen = set(taken)
    for row in data.get("rule", []):
        name = str(row.get("id", "（没有编号）"))
        if name in seen:
            raise BadRule(f"规则文件“{pack}”中的“{name}”与已有规则重名，请换一个编号。")
        seen.add(name)
        try:
            rule = _rule(pack, row, written)
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise BadRule(
                f"规则文件“{pack}”中的“{name}”不能使用：{error}。请改正后重新载入。"
            ) from error
        if not own and (rule.family is Family.SECRET or Severity.STOP in _severities(rule)):
            raise BadRule(
                f"规则文件“{pack}”中的“{name}”：国家秘密规则和“禁止”一级只能由程序自带，不能另加。"
            )
        rules.append(rule)
    return rules


def _rule(pack: str, row: Mapping[str, Any], written: Written) -> Rule:
    severity = Severity(row["severity"])
    pairs = {word(wrong): str(right) for wrong, right in _pairs(row)}
    return Rule(
        id=row["id"],
        label=row["label"],
        family=Family(row["family"]),
        severity=severity,
        certainty=float(row.get("certainty", 0.9)),
        reason=row["reason"],
        article=row["article"],
        suggest=row.get("suggest", "delete"),
        check=row.get("check", ""),
        patterns=tuple(_pattern(p, written) for p in row.get("pattern", [])),
        words=tuple(dict.fromkeys((*(word(w) for w in row.get("words", [])), *pairs))),
        pairs=pairs,
        contexts=tuple(_context(c, written) for c in row.get("context", [])),
        columns=tuple(_column(c, written) for c in row.get("column", [])),
        hit=tuple(_example(e) for e in row.get("hit", [])),
        miss=tuple(_example(e) for e in row.get("miss", [])),
        pack=pack,
    )


def _pairs(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The wrong words and the right ones: as slips make them, then those that are written out."""
    if "slips" in row:
        phrases, longer, alike, sound = (row["slips"].get(k, "").split() for k in _SLIPS)
        yield from slips(phrases, longer, alike, sound).items()
    yield from row.get("pairs", {}).items()


def _severities(rule: Rule) -> set[Severity | None]:
    """Every severity a hit of the rule may come to have."""
    return {
        rule.severity,
        *(pattern.severity for pattern in rule.patterns),
        *(context.severity for context in rule.contexts),
        *(column.severity for column in rule.columns),
    }


def _pattern(row: Mapping[str, Any], written: Written) -> Pattern:
    least, most = row.get("digits", (0, 0))
    return Pattern(
        regex=written(row["regex"]),
        name=row.get("name", ""),
        over=Over(row.get("over", "text")),
        digits=(least, most),
        where=Where(row.get("where", "any")),
        zone=Zone(row.get("zone", "any")),
        named=bool(row.get("named", False)),
        valid=bool(row.get("valid", False)),
        linked=bool(row.get("linked", False)),
        reach=int(row.get("reach", 60)),
        severity=_severity(row),
        certainty=_certainty(row),
        reason=row.get("reason", ""),
        article=row.get("article", ""),
    )


def _context(row: Mapping[str, Any], written: Written) -> Context:
    within = int(row.get("within", 24))
    if not 0 < within <= FARTHEST:
        raise ValueError(f"within 应在 1 到 {FARTHEST} 之间")
    return Context(
        scope=Scope(row["scope"]),
        effect=Effect(row["effect"]),
        regex=written(row["regex"]),
        within=within,
        severity=_severity(row),
        certainty=_certainty(row),
        patterns=frozenset(row.get("patterns", ())),
    )


def _column(row: Mapping[str, Any], written: Written) -> Column:
    header = _header(row.get("header"), written)
    share = float(row.get("share", 0))
    if header is None and not 0 < share <= 1:
        raise ValueError("列要写 header（表头）或 share（0 到 1 之间）")
    return Column(
        header=header,
        not_header=_optional(row.get("not_header"), written),
        cell=written(row["cell"]),
        skip=_optional(row.get("skip"), written),
        holds=_optional(row.get("holds"), written),
        placed=bool(row.get("placed", False)),
        share=share,
        various=bool(row.get("various", False)),
        with_names=bool(row.get("with_names", False)),
        beside=_optional(row.get("beside"), written),
        not_title=_optional(row.get("not_title"), written),
        top=bool(row.get("top", False)),
        severity=_severity(row),
        certainty=_certainty(row),
    )


def _header(text: str | None, written: Written) -> Expression | None:
    """In a head `^` and `$` mean the cell: cells are searched many at once, END between them."""
    if text is None:
        return None
    bounded = re.sub(r"(?<![\\\[])\^", rf"(?<={END})", text)
    return written(re.sub(r"(?<!\\)\$", rf"(?={END})", bounded))


def _example(row: str | Mapping[str, Any]) -> Example:
    if isinstance(row, str):
        return Example(row)
    return Example(row["text"], row.get("part", "body"), _severity(row))


def _severity(row: Mapping[str, Any]) -> Severity | None:
    return Severity(row["severity"]) if "severity" in row else None


def _certainty(row: Mapping[str, Any]) -> float | None:
    return float(row["certainty"]) if "certainty" in row else None


def _optional(text: str | None, written: Written) -> Expression | None:
    return None if text is None else written(text)
