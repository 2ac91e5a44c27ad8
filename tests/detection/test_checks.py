"""The arithmetic of numbers, against known values and against every single wrong digit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import checks
from detection.checks import Checked

GOOD = "500114199003070016"
LUHN = "6217000010001234569"
CODE = "11500114009130039C"

dates = st.dates(date(1900, 1, 1), date(2020, 12, 31))


def with_check_digit(first: str) -> str:
    return next(first + c for c in "0123456789X" if checks.id_check_digit(first + c))


@given(dates, st.integers(0, 999))
def test_exactly_one_check_digit_is_right(born: date, serial: int) -> None:
    first = f"500114{born:%Y%m%d}{serial:03}"
    assert sum(checks.id_check_digit(first + c) for c in "0123456789X") == 1
    assert checks.id_number(with_check_digit(first), named=False) == Checked(0.99, valid=True)


@given(dates, st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(born: date, place: int, more: int) -> None:
    number = with_check_digit(f"500114{born:%Y%m%d}001")
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert not checks.id_check_digit(wrong)


@pytest.mark.parametrize(
    ("text", "named", "outcome"),
    [
        (GOOD, False, Checked(0.99, valid=True)),
        ("500114 19900307 0016", False, Checked(0.99, valid=True)),
        ("500114199003070017", False, Checked(0.8, valid=False)),
        ("500114199003070017", True, Checked(0.9, valid=False)),
        ("500114 19900307 0017", False, Checked(0.8, valid=False)),
        ("5001 141990 0307 0017", False, None),
        ("990114199003070017", False, None),
        ("500114199013070017", False, None),
        # No year has a 30th of February: somebody mistyped it, and it is meant as one.
        ("500114199002300025", False, Checked(0.5, valid=False)),
        ("500114199002300025", True, Checked(0.9, valid=False)),
        ("5001 141990 0230 0017", False, None),
        ("500114199002320017", False, None),
        ("500114199013070017", True, Checked(0.6, valid=False)),
        ("500114900307001", False, Checked(0.5)),
        ("500114202603070016", False, Checked(0.5, valid=False)),
        ("500114202603070016", True, Checked(0.9, valid=False)),
        ("500114900307001", True, Checked(0.9)),
        ("500114901307001", False, None),
        ("500114901307001", True, Checked(0.6, valid=False)),
        ("50011 4900307001", False, None),
        ("5001141990030700", False, None),
        ("5001141990030700", True, Checked(0.6, valid=False)),
        ("50011419900307", True, None),
        ("115001140091300397", False, None),
        ("5001X4199003070016", True, Checked(0.6, valid=False)),
    ],
)
def test_id_numbers(text: str, named: bool, outcome: Checked | None) -> None:
    assert checks.id_number(text, named=named) == outcome


def test_a_credit_code_is_not_a_mistyped_id_number() -> None:
    digits = [f"91500114{n:09}" for n in range(0, 400)]
    codes = [d + c for d in digits for c in "0123456789" if checks.credit_code(d + c)]
    assert codes
    for code in codes:
        assert checks.id_number(code, named=False) is None or checks.id_check_digit(code)
    assert checks.credit_code(CODE)
    assert not checks.credit_code(CODE[:-1] + "D")
    assert not checks.credit_code("1150011400913003OI")
    assert not checks.credit_code("123")
    # 18 digits with a birth date that pass GB 32100 and fail GB 11643.
    doubtful = [f"31{n:04}199003070{m}" for n in range(1400) for m in range(100, 120)]
    twins = [d for d in doubtful if checks.credit_code(d) and not checks.id_check_digit(d)]
    placed = [d for d in twins if d[2:4] in checks.REGIONS]
    assert placed
    assert checks.id_number(placed[0], named=False) is None
    # The region of a credit code stands in its third to eighth place: without one it is none.
    unplaced = [d for d in twins if d[2:4] not in checks.REGIONS]
    assert checks.id_number(unplaced[0], named=False) == Checked(0.8, valid=False)


@given(st.text("0123456789", min_size=11, max_size=18))
def test_luhn_takes_exactly_one_last_digit(first: str) -> None:
    assert sum(checks.luhn(first + c) for c in "0123456789") == 1


@pytest.mark.parametrize(
    ("text", "named", "outcome"),
    [
        (LUHN, False, Checked(0.9, valid=True)),
        (LUHN, True, Checked(0.95, valid=True)),
        ("310101200012345", True, Checked(0.85, valid=False)),
        ("310101200012345", False, None),
        ("4111111111111111", False, Checked(0.5, valid=True)),
        ("6217000010001234567", False, Checked(0.5, valid=False)),
        (GOOD, False, None),
        ("8111111111111111", False, None),
        (f"{LUHN}\x022", True, None),
        (f"{LUHN[:9]}\x02{LUHN[9:]}", True, Checked(0.95, valid=True)),
    ],
)
def test_bank_accounts(text: str, named: bool, outcome: Checked | None) -> None:
    assert checks.bank_account(text, named=named) == outcome


@pytest.mark.parametrize(
    ("text", "named", "outcome"),
    [
        ("13800138000", False, Checked(0.95)),
        ("138 0013 8000", False, Checked(0.95)),
        ("+86 13800138000", True, Checked(0.98)),
        ("8613800138000", False, Checked(0.95)),
        ("13 800 13 8000", False, None),
        ("13 800 13 8000", True, Checked(0.8)),
        ("138001380\x0200", False, Checked(0.5)),
    ],
)
def test_phones(text: str, named: bool, outcome: Checked | None) -> None:
    assert checks.phone(text, named=named) == outcome


@pytest.mark.parametrize(
    ("text", "named", "outcome"),
    [
        (GOOD + "43", False, Checked(0.98, valid=True)),
        ("500114199003070017" + "43", False, Checked(0.85, valid=False)),
        ("500114 19900307 001743", False, None),
        (GOOD + "83", False, None),
        (GOOD + "49", True, Checked(0.6, valid=False)),
        ("990114199003070016" + "43", False, None),
    ],
)
def test_disability_certificates(text: str, named: bool, outcome: Checked | None) -> None:
    assert checks.disability_certificate(text, named=named) == outcome


def test_plates_have_digits() -> None:
    assert checks.plate("渝A12345", named=False) == Checked(0.9)
    assert checks.plate("川ABCDEF", named=False) is None


@pytest.mark.parametrize(
    ("digits", "possible"),
    [("19900229", False), ("20000229", True), ("18790101", False), ("00000000", False)],
)
def test_birth_dates(digits: str, possible: bool) -> None:
    assert checks.birth_date(digits) is possible


def test_an_x_may_be_written_in_many_ways() -> None:
    assert checks.compact("50011419900307018×") == "50011419900307018X"
    assert checks.compact("50011419900307018х") == "50011419900307018X"


@given(st.text(alphabet="0123456789XxEBA.+-/* \n\x02渝一", max_size=30), st.booleans())
def test_no_check_stumbles_over_what_a_cell_may_hold(text: str, named: bool) -> None:
    for check in checks.CHECKS.values():
        outcome = check(text, named=named)
        assert outcome is None or 0 < outcome.certainty <= 1
