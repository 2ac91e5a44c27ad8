"""The three statutory tables of the annual report as values, and their JSON. Pure.

Shape: 国办公开办函〔2021〕30号; keys: the project's command line contract ("report").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

COLUMNS = 7
ROWS = (
    "new", "carried_in", "granted", "partial", "deny_state_secret", "deny_law", "deny_3s1w",
    "deny_third_party", "deny_internal", "deny_process", "deny_enforcement_file",
    "deny_admin_query", "unable_not_held", "unable_need_make", "unable_unclear",
    "reject_petition", "reject_repeat", "reject_publication", "reject_mass", "reject_confirm",
    "other_no_correction", "other_no_fee", "other_other", "total", "carried_out",
)  # fmt: skip

# A cell that cannot be read is None: it is reported, never guessed.
Cells = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table2:
    """Section 二. Three numbers each: 本年制发, 本年废止, 现行有效; `fee_wan` in 万元."""

    regulations: Cells = (0, 0, 0)
    normative: Cells = (0, 0, 0)
    licence: int | None = 0
    penalty: int | None = 0
    coercion: int | None = 0
    fee_wan: Decimal | None = Decimal(0)

    def to_json(self) -> dict[str, Any]:
        """The object `table2`."""
        return {
            "regulations": list(self.regulations),
            "normative": list(self.normative),
            "licence": self.licence,
            "penalty": self.penalty,
            "coercion": self.coercion,
            "fee_wan": _plain(self.fee_wan),
        }


@dataclass(frozen=True, slots=True)
class Table3:
    """Section 三: `rows[key]` holds seven numbers (自然人 ... 其他, 总计) for each key of ROWS."""

    rows: Mapping[str, Cells] = field(default_factory=lambda: dict.fromkeys(ROWS, (0,) * COLUMNS))

    def with_row(self, key: str, cells: Cells) -> "Table3":
        """A copy with one row changed; KeyError for a key that is no row."""
        if key not in ROWS:
            raise KeyError(key)
        return Table3({**self.rows, key: _fit(cells, COLUMNS)})

    def to_json(self) -> dict[str, Any]:
        """The object `table3`, keys in the order of the form."""
        return {key: list(self.rows[key]) for key in ROWS}


@dataclass(frozen=True, slots=True)
class Table4:
    """Section 四: 行政复议, 未经复议直接起诉, 复议后起诉; five numbers each, the last 总计."""

    cells: Cells = (0,) * 15

    @property
    def blocks(self) -> tuple[Cells, ...]:
        """The three blocks of five."""
        return tuple(self.cells[start : start + 5] for start in (0, 5, 10))

    def to_json(self) -> list[int | None]:
        """The list `table4`."""
        return list(self.cells)


@dataclass(frozen=True, slots=True)
class Tables:
    """All 200 cells of one report."""

    table2: Table2 = field(default_factory=Table2)
    table3: Table3 = field(default_factory=Table3)
    table4: Table4 = field(default_factory=Table4)

    def to_json(self) -> dict[str, Any]:
        """`{"table2": ..., "table3": ..., "table4": ...}`."""
        return {
            "table2": self.table2.to_json(),
            "table3": self.table3.to_json(),
            "table4": self.table4.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Tables":
        """The tables of such an object. What is missing or no number becomes None."""
        second: Mapping[str, Any] = data.get("table2") or {}
        third: Mapping[str, Any] = data.get("table3") or {}
        fourth = data.get("table4")
        return cls(
            Table2(
                _cells(second.get("regulations"), 3),
                _cells(second.get("normative"), 3),
                _count(second.get("licence")),
                _count(second.get("penalty")),
                _count(second.get("coercion")),
                _amount(second.get("fee_wan")),
            ),
            Table3({key: _cells(third.get(key), COLUMNS) for key in ROWS}),
            Table4(_cells(fourth, 15)),
        )

    def with_table2(self, **values: Any) -> "Tables":
        """A copy with some numbers of section 二 changed."""
        return replace(self, table2=replace(self.table2, **values))


def _fit(cells: Cells, length: int) -> Cells:
    return (cells + (None,) * length)[:length]


def _cells(value: Any, length: int) -> Cells:
    if not isinstance(value, (list, tuple)):
        return (None,) * length
    return _fit(tuple(_count(cell) for cell in value), length)


def _count(value: Any) -> int | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or number != number.to_integral_value():
        return None
    return int(number)


def _amount(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
