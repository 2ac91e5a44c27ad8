"""docs/formats.md is what the marks of the tests say, and a mark says all it must."""

import subprocess
import sys

import pytest

from tests.places import COMMAND, ROOT, TABLE, BadMark, Cell, cell, table


def test_the_table_is_what_the_marks_say() -> None:
    made = subprocess.run(
        [sys.executable, "tests/places.py"], cwd=ROOT, capture_output=True, check=False
    )
    assert made.returncode == 0, made.stderr.decode(errors="replace")
    if TABLE.read_text(encoding="utf-8") != made.stdout.decode():
        pytest.fail(f"docs/formats.md is not what the tests say; run: {COMMAND}", pytrace=False)


def test_a_place_is_one_line_and_names_each_of_its_tests() -> None:
    cells = [
        Cell("docx", "脚注", visible=True, test="tests/formats/test_a.py::test_one"),
        Cell("docx", "脚注", visible=True, test="tests/formats/test_a.py::test_one"),
        Cell("docx", "脚注", visible=True, test="tests/formats/test_b.py::test_two"),
        Cell("docx", "批注", visible=False, test="tests/formats/test_a.py::test_one"),
    ]
    lines = table(cells).splitlines()
    assert "| [docx](#docx) | 2 | 1 |" in lines
    assert "| 脚注 | 是 | `formats/test_a.py::test_one`<br>`formats/test_b.py::test_two` |" in lines
    assert "| 批注 | 否 | `formats/test_a.py::test_one` |" in lines


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        (("docx",), {}),
        (("docx", "脚注"), {}),
        (("docx", "脚注"), {"visible": "yes"}),
        (("docx", ""), {"visible": True}),
        (("docx", "脚注"), {"seen": True}),
    ],
)
def test_a_mark_that_says_too_little_is_refused(
    args: tuple[str, ...], kwargs: dict[str, object]
) -> None:
    with pytest.raises(BadMark, match=r"test_a\.py::test_one"):
        cell("test_a.py::test_one", pytest.mark.place(*args, **kwargs).mark)
