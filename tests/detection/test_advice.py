"""Every finding says in words how sure it is and what to do."""

import itertools

import pytest

from detection.advice import advice, certainty_words
from detection.finding import Family, Severity


@pytest.mark.parametrize(
    ("certainty", "valid", "said"),
    [
        (0.99, True, "很有把握（99%），校验码正确"),
        (0.8, None, "比较有把握（80%）"),
        (0.6, False, "很可能是（60%），校验码不符，可能写错"),
        (0.4, None, "不太确定（40%）"),
        (0.0, None, "不太确定（0%）"),
    ],
)
def test_certainty_in_words_and_per_cent(certainty: float, valid: bool | None, said: str) -> None:
    assert certainty_words(certainty, valid) == said


def test_every_kind_of_finding_has_a_sentence() -> None:
    for family, severity, suggest, visible in itertools.product(
        Family, Severity, ("", "138****1234"), (True, False)
    ):
        said = advice(family, severity, suggest, visible=visible)
        assert said.endswith("。")
        assert "“”" not in said


def test_what_must_stop_says_so_wherever_it_is() -> None:
    for visible in (True, False):
        assert "报告保密员" in advice(Family.SECRET, Severity.STOP, "", visible=visible)
    assert "138****1234" in advice(Family.PERSONAL, Severity.HIDE, "138****1234", visible=True)
