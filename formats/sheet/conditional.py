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


def _undecided(_: Constant) -> bool | None:
    """The test of a condition that nobody here can compute."""
    return None


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

    may_hide: bool

    def holds(self, row: int, column: int) -> bool:
        for left, top, right, bottom in self.ranges:
            if left <= column <= right and top <= row <= bottom:
                return True
        return False


def _may_hide(ink: Colour | None, ground: Colour | None, code: str | None) -> bool:
    """Whether cells of an ordinary look could vanish by such a format."""
    return (
        alike(ink, WHITE)
        or alike(ground, BLACK)
        or alike(ink, ground)
        or (code is not None and any(part.empty or part.white for part in sections(code)))
    )


class Conditional:
    """The conditional formats of one sheet, as far as they change whether a cell is seen."""

    def __init__(self, frame: etree._Element, styles: Styles) -> None:
        rules = [r for r in _rules(frame, styles) if r.may_hide or r.test is not _undecided]
        rules.sort(key=lambda rule: rule.order)
        self._rules = rules if any(rule.may_hide for rule in rules) else []

    def __bool__(self) -> bool:
        return bool(self._rules)

    def verdict(
        self, row: int, column: int, value: Constant, look: Look, *, already: bool
    ) -> bool | None:
        """Whether the cell is hidden; None where a condition that would hide it is undecided.

        `already`: its own letters cannot be told from its ground.
        """
        met, doubtful = [], False
        for rule in self._rules:
            if rule.holds(row, column):
                answer = rule.test(value)
                if answer:
                    met.append(rule)
                    if rule.stops:
                        break
                elif answer is None:
                    doubtful |= rule.may_hide
        hidden = _is_hidden(met, value, look, already=already) if met else already
        return True if hidden else None if doubtful else False


def _is_hidden(met: list[_Rule], value: Constant, look: Look, *, already: bool) -> bool:
    """What the first of the rules that says something of a thing says of it, counts."""
    ink = next((rule.ink for rule in met if rule.ink), None)
    ground = next((rule.ground for rule in met if rule.ground), None)
    code = next((rule.code for rule in met if rule.code is not None), None)
    if ink or ground:
        already = alike(ink or look.ink, ground or look.ground)
    return (
        already
        or (code is not None and _shows_nothing(code, value))
        or (not isinstance(value, str) and any(rule.bare for rule in met))
    )


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
                    bare or _may_hide(ink, ground, code),
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
    return _undecided


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
        return _undecided
    fixed_column, letters, fixed_row, row, sign, other = match.groups()
    own = column_of(letters) == first.left and int(row) == first.top
    moves = (not fixed_column or first.left == first.right) and (
        not fixed_row or first.top == first.bottom
    )
    return _compared(_SIGNS[sign], [other]) if own and moves else _undecided


def _compared(operator: str, formulas: list[str]) -> Test:
    """A test of the value's order against constants: below zero where it comes first."""
    limits = [_constant(formula) for formula in formulas]
    first = limits[0] if limits else None
    if first is None:
        return _undecided
    if operator in {"between", "notBetween"}:
        second = limits[1] if len(limits) > 1 else None
        if second is None:
            return _undecided
        wanted, low, high = operator == "between", first, second
        return lambda value: (_order(value, low) >= 0 >= _order(value, high)) is wanted
    decide = _DECISIONS.get(operator)
    if decide is None:
        return _undecided
    return lambda value: decide(_order(value, first))


_DECISIONS: dict[str, Callable[[int], bool]] = {
    "equal": lambda order: order == 0,
    "notEqual": lambda order: order != 0,
    "lessThan": lambda order: order < 0,
    "lessThanOrEqual": lambda order: order <= 0,
    "greaterThan": lambda order: order > 0,
    "greaterThanOrEqual": lambda order: order >= 0,
}
# The order of kinds: numbers, then texts, then truth values.
_RANKS: dict[type, int] = {float: 0, str: 1, bool: 2}


def _order(one: Constant, other: Constant) -> int:
    """Below zero if `one` comes first. `other` is folded already."""
    if type(one) is not type(other):
        return _RANKS[type(one)] - _RANKS[type(other)]
    if isinstance(one, str) and isinstance(other, str):
        folded = one.casefold()
        return (folded > other) - (folded < other)
    return (one > other) - (one < other)  # type: ignore[operator]
