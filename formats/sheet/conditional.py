"""Conditional formats that hide what a cell holds (ECMA-376-1, 18.3.1.10): white letters and `;;;`.

No formula is computed: conditions on the cell itself with a constant are decided, of any other
condition it is only said that it may hide the cell.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from formats.sheet.number_format import hides_text, sections
from formats.sheet.references import Range, column_of, parse_range
from formats.sheet.styles import WHITE, Colour, Look, Styles, alike, is_on, whole

BLACK: Colour = (0, 0, 0)
Constant = float | str | bool
# The value of a cell, a Constant; the answer is None where nobody here can decide.
Test = Callable[[Constant], bool | None]

_CONSTANT = re.compile(r'"((?:[^"]|"")*)"|(-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|(TRUE|FALSE)(?:\(\))?')
_OWN = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})\s*(<>|<=|>=|=|<|>)\s*(.+)")
_SIGNS = {"=": "equal", "<>": "notEqual", "<": "lessThan", "<=": "lessThanOrEqual",
          ">": "greaterThan", ">=": "greaterThanOrEqual"}  # fmt: skip


class _Rule(NamedTuple):
    """One rule; what its format does not say is None."""

    order: int
    ranges: tuple[Range, ...]
    test: Test
    stops: bool
    ink: Colour | None
    ground: Colour | None
    code: str | None
    bare: bool

    def holds(self, row: int, column: int) -> bool:
        return any(area.holds(row, column) for area in self.ranges)

    @property
    def may_hide(self) -> bool:
        """Whether cells of an ordinary look could vanish by it."""
        return (
            self.bare
            or alike(self.ink, WHITE)
            or alike(self.ground, BLACK)
            or alike(self.ink, self.ground)
            or (self.code is not None and any(s.empty or s.white for s in sections(self.code)))
        )


class Conditional:
    """The conditional formats of one sheet, as far as they change whether a cell is seen."""

    def __init__(self, frame: etree._Element, styles: Styles) -> None:
        rules = sorted(_rules(frame, styles), key=lambda rule: rule.order)
        self._rules = rules if any(rule.may_hide for rule in rules) else []

    def __bool__(self) -> bool:
        return bool(self._rules)

    def verdict(
        self, row: int, column: int, value: Constant, look: Look, *, already: bool
    ) -> bool | None:
        """Whether the cell is hidden; None where a condition that would hide it is undecided.

        `already`: its own letters cannot be told from its ground.
        """
        ink, ground, code = look.ink, look.ground, None
        inked = grounded = bare = doubtful = False
        for rule in self._rules:
            if not rule.holds(row, column):
                continue
            met = rule.test(value)
            if met is None:
                doubtful |= rule.may_hide
            if not met:
                continue
            if rule.ink is not None and not inked:
                ink, inked = rule.ink, True
            if rule.ground is not None and not grounded:
                ground, grounded = rule.ground, True
            code = code if code is not None else rule.code
            bare |= rule.bare and not isinstance(value, str)
            if rule.stops:
                break
        changed = inked or grounded
        hidden = alike(ink, ground) if changed else already
        if hidden or bare or (code is not None and _shows_nothing(code, value)):
            return True
        return None if doubtful else False


def _shows_nothing(code: str, value: Constant) -> bool:
    if isinstance(value, str):
        return hides_text(code)
    parts = sections(code)
    place = 0 if value > 0 or len(parts) < 2 else 1 if value < 0 or len(parts) < 3 else 2
    return parts[place].empty


def _rules(frame: etree._Element, styles: Styles) -> Iterator[_Rule]:
    formats = styles.section("dxfs")
    for block in frame.iter("{*}conditionalFormatting"):
        said = block.get("sqref") or "".join(block.findtext("{*}sqref") or "")
        ranges = tuple(r for r in map(parse_range, said.split()) if r is not None)
        for rule in block.iterfind("{*}cfRule") if ranges else ():
            number = whole(rule.get("dxfId"), -1)
            look = rule.find("{*}dxf")
            if look is None and 0 <= number < len(formats):
                look = formats[number]
            bare = any(
                child.get("showValue") in {"0", "false"}
                for child in rule.iterfind("*")
                if etree.QName(child).localname in {"dataBar", "iconSet"}
            )
            ink, ground, code = (None, None, None) if look is None else _changes(look, styles)
            if bare or ink or ground or code is not None:
                yield _Rule(
                    whole(rule.get("priority"), 0), ranges, _test(rule, ranges[0]),
                    is_on(rule.get("stopIfTrue")), ink, ground, code, bare,
                )  # fmt: skip


def _changes(
    look: etree._Element, styles: Styles
) -> tuple[Colour | None, Colour | None, str | None]:
    """18.8.14: the colour of a solid fill stands in bgColor here."""
    ink = styles.colour(look.find("{*}font/{*}color"))
    pattern = look.find("{*}fill/{*}patternFill")
    ground = None
    if pattern is not None and pattern.get("patternType", "solid") == "solid":
        back = pattern.find("{*}bgColor")
        ground = styles.colour(back if back is not None else pattern.find("{*}fgColor"))
    number = look.find("{*}numFmt")
    return ink, ground, None if number is None else number.get("formatCode")


def _test(rule: etree._Element, first: Range) -> Test:
    kind, text = rule.get("type", ""), rule.get("text", "").casefold()
    formulas = [(f.text or "").strip() for f in rule.iterfind("*") if _is_formula(f)]
    if kind in {"dataBar", "iconSet"}:
        return lambda value: True
    if kind in _TEXT_TESTS and text:
        compare = _TEXT_TESTS[kind]
        return lambda value: compare(_as_text(value), text)
    if kind in _STATE_TESTS:
        answer = _STATE_TESTS[kind]
        return lambda value: answer
    if kind == "cellIs":
        return _compared(rule.get("operator", "equal"), formulas)
    if kind == "expression" and len(formulas) == 1:
        return _expression(formulas[0], first)
    return lambda value: None


def _is_formula(element: etree._Element) -> bool:
    return etree.QName(element).localname in {"formula", "f"}


_TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "containsText": lambda value, text: text in value,
    "notContainsText": lambda value, text: text not in value,
    "beginsWith": lambda value, text: value.startswith(text),
    "endsWith": lambda value, text: value.endswith(text),
}
# Only cells with something in them are asked; an error would be a text that begins with #.
_STATE_TESTS = {"containsBlanks": False, "notContainsBlanks": True, "notContainsErrors": True}


def _as_text(value: Constant) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value).casefold()


def _constant(formula: str) -> Constant | None:
    match = _CONSTANT.fullmatch(formula.strip())
    if match is None:
        return None
    if match[1] is not None:
        return match[1].replace('""', '"').casefold()
    return float(match[2]) if match[2] else match[3] == "TRUE"


def _expression(formula: str, first: Range) -> Test:
    """`TRUE`, or the cell itself compared with a constant."""
    always = _constant(formula)
    if isinstance(always, bool | float):
        return lambda value: bool(always)
    match = _OWN.fullmatch(formula)
    if match is None:
        return lambda value: None
    fixed_column, letters, fixed_row, row, sign, other = match.groups()
    own = column_of(letters) == first.left and int(row) == first.top
    moves = (not fixed_column or first.left == first.right) and (
        not fixed_row or first.top == first.bottom
    )
    return _compared(_SIGNS[sign], [other]) if own and moves else lambda value: None


def _compared(operator: str, formulas: list[str]) -> Test:
    limits = [_constant(formula) for formula in formulas]

    def test(value: Constant) -> bool | None:
        first = limits[0] if limits else None
        if first is None:
            return None
        order = _order(value, first)
        if operator in {"between", "notBetween"}:
            second = limits[1] if len(limits) > 1 else None
            if second is None:
                return None
            inside = order >= 0 and _order(value, second) <= 0
            return inside == (operator == "between")
        return {
            "equal": order == 0, "notEqual": order != 0,
            "lessThan": order < 0, "lessThanOrEqual": order <= 0,
            "greaterThan": order > 0, "greaterThanOrEqual": order >= 0,
        }.get(operator)  # fmt: skip

    return test


def _order(one: Constant, other: Constant) -> int:
    """Below zero if `one` comes first: numbers, then texts, then truth values."""
    a = _rank(one), one.casefold() if isinstance(one, str) else one
    b = _rank(other), other
    if a[0] != b[0]:
        return a[0] - b[0]
    if isinstance(a[1], str) and isinstance(b[1], str):
        return (a[1] > b[1]) - (a[1] < b[1])
    return (float(a[1]) > float(b[1])) - (float(a[1]) < float(b[1]))


def _rank(value: Constant) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0
