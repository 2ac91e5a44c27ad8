"""`bench`: figures and promises; the measurements themselves are no test."""

import pytest

from cli import arguments, bench, bench_figures
from cli.bench_figures import Figure
from cli.entry import DONE, FOUND


def test_a_figure_holds_within_its_limits_and_without_any() -> None:
    assert Figure("倍数", 1.5, "倍", 1.5).holds
    assert not Figure("倍数", 1.51, "倍", 1.5).holds
    assert Figure("速度", 4.0, "百万字/秒", least=4).holds
    assert not Figure("速度", 3.9, "百万字/秒", least=4).holds
    assert Figure("速度", 0.1, "百万字/秒").holds
    assert Figure("速度", 0.1, "百万字/秒").promise == ""


def test_acts_are_measured_in_turn() -> None:
    done: list[str] = []
    taken = bench_figures.seconds(2, lambda: done.append("a"), lambda: done.append("b"))
    assert done == ["a", "b"] * 3
    assert all(0 <= one < 1 for one in taken)


def test_a_group_is_measured_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["bench", "--quick", "--only", "detection"]
    assert bench.bench(arguments.parse(words)) in (DONE, FOUND)
    told = capsys.readouterr().out
    assert "百万字/秒" in told
    with pytest.raises(SystemExit):
        arguments.parse(["bench", "--only", "nothing"])
