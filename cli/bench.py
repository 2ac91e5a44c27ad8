"""`bench`: what the README promises about speed, measured on this machine, as ratios in one run.

A ratio compares two things done by the same machine within the same seconds, so that a slow or busy
computer changes both. Qt is measured in a child process: this face runs without it.
"""

import argparse
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from cli import bench_files, output
from cli.entry import DONE, FOUND

ROOT = Path(__file__).resolve().parent.parent


class Figure(NamedTuple):
    """One measurement: `value` in `unit`; `limit` the most it may be, None for no promise."""

    name: str
    value: float
    unit: str
    limit: float | None
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.limit is None or self.value <= self.limit


def bench(options: argparse.Namespace) -> int:
    """Measure, print a table or JSON; 1 where a promise is not kept."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as scratch:
        for figure in _figures(Path(scratch), quick=options.quick):
            output.progress(len(figures) + 1, 12, figure.name)
            figures.append(figure)
    if options.json:
        output.document([f._asdict() | {"holds": f.holds} for f in figures])
    else:
        output.table(
            ("项目", "测得", "要求", "结论", "说明"),
            [
                (
                    f.name,
                    f"{f.value:.3g} {f.unit}",
                    "" if f.limit is None else f"≤ {f.limit:g} {f.unit}",
                    "" if f.limit is None else ("达到" if f.holds else "未达到"),
                    f.note,
                )
                for f in figures
            ],
        )
    return DONE if all(f.holds for f in figures) else FOUND


def _figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    yield from _reading(scratch, repeat=3 if quick else 9)
    yield from _detection(1 if quick else 8)
    yield _cold_scan(scratch, repeat=2 if quick else 5)
    yield from _window(scratch, quick=quick)


def _seconds(act: Callable[[], object], repeat: int) -> float:
    """The median of `repeat` runs after one that is not counted."""
    act()
    taken = []
    for _ in range(repeat):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _reading(scratch: Path, repeat: int) -> Iterator[Figure]:
    """The whole reading against the library's bare work on the same bytes."""
    import pypdfium2

    import formats

    for name, made in (("docx", bench_files.word), ("xlsx", bench_files.sheet)):
        path = scratch / f"bench.{name}"
        made(path)
        ours = _seconds(partial(formats.read, path), repeat)
        bare = _seconds(partial(_parse_parts, path), repeat)
        yield Figure(
            f"{name} 全文读取 / lxml 解开并解析", ours / bare, "倍", 2.5, f"{ours * 1000:.0f} 毫秒"
        )
    path = scratch / "bench.pdf"
    bench_files.pdf(path)

    def plain() -> None:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            page.get_textpage().get_text_bounded()
        document.close()

    ours = _seconds(partial(formats.read, path), repeat)
    bare = _seconds(plain, repeat)
    yield Figure(
        "pdf 全文读取 / pdfium 提取文字", ours / bare, "倍", 1.5, f"{ours * 1000:.0f} 毫秒"
    )


def _parse_parts(path: Path) -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        for member in package.namelist():
            if member.endswith((".xml", ".rels")):
                etree.fromstring(package.read(member))


def _detection(megabytes: int) -> Iterator[Figure]:
    import detection
    from detection import rulebook

    book = rulebook.load()
    reading = bench_files.prose(megabytes)
    taken = _seconds(lambda: detection.scan(reading, book), 3)
    speed = reading.characters / taken / 1e6
    yield Figure("检查速度", speed, "百万字/秒", None, "不设要求，后续版本提高")


def _cold_scan(scratch: Path, repeat: int) -> Figure:
    """One small file by the command line, from nothing."""
    path = scratch / "small.docx"
    bench_files.small_word(path)
    command = [sys.executable, str(ROOT / "main.py"), "scan", str(path), "--json"]

    def run() -> None:
        subprocess.run(command, check=False, capture_output=True)

    return Figure("scan 一个小文件（冷启动）", _seconds(run, repeat), "秒", 1.0)


def _window(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """The window's figures, from a child process that knows Qt."""
    measured = _gui("first_paint", scratch)
    yield Figure(
        "窗口首次显示 / 空白窗口加空表格",
        measured["ours"] / measured["bare"],
        "倍",
        1.5,
        f"{measured['ours'] * 1000:.0f} / {measured['bare'] * 1000:.0f} 毫秒",
    )
    yield Figure(
        "登录框可用 / 空白窗口加空表格", measured["sign_in"] / measured["bare"], "倍", None
    )
    files = scratch / "batch"
    bench_files.batch(files, 30 if quick else 300)
    measured = _gui("stall_while_examining", scratch, str(files))
    yield Figure(
        "检查期间窗口最长停顿",
        measured["longest"] * 1000,
        "毫秒",
        50,
        f"{measured['files']:.0f} 个文件，{measured['seconds']:.1f} 秒",
    )
    rows = 10_000 if quick else 100_000
    measured = _gui("table_figures", scratch, str(rows))
    for key, label in (("open", "打开"), ("sort", "排序"), ("filter", "筛选")):
        yield Figure(f"{rows} 行目录{label}", measured[key] * 1000, "毫秒", None)
    yield Figure(f"{rows} 行目录取一页", measured["page"] * 1000, "毫秒", 20)


def _gui(name: str, scratch: Path, *words: str) -> dict[str, Any]:
    """Run one measurement of gui.bench in a child and read the JSON object it prints."""
    home = scratch / f"home-{name}"
    ran = subprocess.run(
        [sys.executable, "-m", "gui.bench", name, str(home), *words],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    if ran.returncode:
        raise RuntimeError(f"gui.bench {name}: {ran.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found
