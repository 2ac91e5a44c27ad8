"""The table of formats and places, made from the tests that prove its cells.

Each test that hides a marker in a place of a built file is marked
`@pytest.mark.place(kind, words, visible)`. This collects the marks without running anything:

    python tests/places.py            print the table
    python tests/places.py --write    write it to docs/formats.md
"""

import contextlib
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "formats.md"
COMMAND = "python tests/places.py --write"
# Only the tests of readers bear the mark: the window's tests would load Qt for nothing.
FOLDERS = ("tests/formats", "tests/intake", "tests/proof")
_TOP = f"""# 读得出哪些格式、哪些位置

本表由测试生成（`{COMMAND}`），请勿手工修改。

每一行是一种格式里的一个位置：测试用代码造出一个文件，把标记藏在这个位置，读出来核对文字、位置和是否可见。
“可见”指打开或打印文件的人看得见。
"""


class BadMark(Exception):
    """A mark that says no kind, no words, or not whether a reader sees the place."""


class Cell(NamedTuple):
    """One place of one format. `test` is "file::function" as pytest names it."""

    kind: str
    words: str
    visible: bool
    test: str


class _Marks:
    """The plug-in that keeps what pytest collected and reports files it could not collect."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.broken: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(report.nodeid)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for mark in item.iter_markers("place"):
                self.cells.append(cell(item.nodeid.partition("[")[0], mark))


def cell(test: str, mark: pytest.Mark) -> Cell:
    """The table's cell of one mark. Raises BadMark."""

    def given(kind: object, words: object, visible: object) -> tuple[object, object, object]:
        return kind, words, visible

    try:
        kind, words, visible = given(*mark.args, **mark.kwargs)
    except TypeError:
        raise BadMark(f"{test}: place{mark.args} wants a kind, words and visible=") from None
    if not (isinstance(kind, str) and kind and isinstance(words, str) and words.strip()):
        raise BadMark(f"{test}: place{mark.args} wants a kind and words")
    if type(visible) is not bool:
        raise BadMark(f"{test}: place{mark.args} does not say visible=True or visible=False")
    return Cell(str(kind), words.strip(), visible, test)


def collected() -> list[Cell]:
    """The cells of all marks, by file and line. Raises BadMark, and SystemExit where a file broke.

    Runs pytest in this process: call it in a process of its own.
    """
    marks, said = _Marks(), io.StringIO()
    folders = [str(ROOT / each) for each in FOLDERS if (ROOT / each).is_dir()]
    words = ["--collect-only", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    with contextlib.redirect_stdout(said):
        pytest.main([*words, f"--rootdir={ROOT}", f"--confcutdir={ROOT}", *folders], [marks])
    if marks.broken:
        raise SystemExit(f"these tests cannot be collected: {', '.join(marks.broken)}")
    return marks.cells


def table(cells: Iterable[Cell]) -> str:
    """The whole document: a summary, then a table a format."""
    formats: dict[str, dict[tuple[str, bool], list[str]]] = {}
    for each in cells:
        tests = formats.setdefault(each.kind, {}).setdefault((each.words, each.visible), [])
        if each.test not in tests:
            tests.append(each.test)
    lines = [_TOP, "| 格式 | 位置 | 其中看不见的 |", "| --- | ---: | ---: |"]
    for kind in sorted(formats):
        unseen = sum(not visible for _, visible in formats[kind])
        lines.append(f"| [{kind}](#{kind}) | {len(formats[kind])} | {unseen} |")
    for kind in sorted(formats):
        lines += ["", f"## {kind}", "", "| 位置 | 可见 | 测试 |", "| --- | --- | --- |"]
        for (words, visible), tests in formats[kind].items():
            names = "<br>".join(f"`{t.removeprefix('tests/')}`" for t in tests)
            lines.append(f"| {words.replace('|', '/')} | {'是' if visible else '否'} | {names} |")
    return "\n".join(lines) + "\n"


def main(words: list[str]) -> int:
    """Print the table, or write it with `--write`."""
    try:
        text = table(collected())
    except BadMark as bad:
        print(bad, file=sys.stderr)
        return 1
    if words == ["--write"]:
        TABLE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.buffer.write(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
