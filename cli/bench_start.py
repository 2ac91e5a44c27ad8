"""`bench`: how long one waits at the start: the first paint, `scan` of one small file."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cli import bench_files
from cli.bench_figures import Figure
from cli.bench_window import ROOT, measured_by_qt


def figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """First paint, the sign-in box, a cold `scan`."""
    measured = measured_by_qt("first_paint", scratch)
    yield Figure(
        "窗口首次显示 / 空白窗口加空表格",
        measured["ours"] / measured["bare"],
        "倍",
        1.5,
        f"{measured['ours'] * 1000:.0f} / {measured['bare'] * 1000:.0f} 毫秒",
    )
    yield Figure("登录框可用 / 空白窗口加空表格", measured["sign_in"] / measured["bare"], "倍")
    yield _cold_scan(scratch, repeat=2 if quick else 5)


def _cold_scan(scratch: Path, repeat: int) -> Figure:
    """One small file by the command line, from nothing."""
    path = scratch / "small.docx"
    bench_files.small_word(path)
    command = [sys.executable, str(ROOT / "main.py"), "scan", str(path), "--json"]
    taken = []
    for _ in range(repeat + 1):
        began = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)
        taken.append(time.perf_counter() - began)
    # The first leaves the bytecode, as the first start in an office does.
    return Figure("scan 一个小文件（冷启动）", statistics.median(taken[1:]), "秒", 1.0)
