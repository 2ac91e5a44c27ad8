"""`bench`: the window at work, measured in children that know Qt: this face runs without it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli import bench_files
from cli.bench_figures import Figure

ROOT = Path(__file__).resolve().parent.parent
_LARGE = {"pdf": "300 页 PDF", "xlsx": "2 万行表格", "txt": "5 万行文本"}


def figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Stalls while files are examined and documents opened, and the list of documents."""
    files = scratch / "batch"
    bench_files.batch(files, 30 if quick else 300)
    measured = measured_by_qt("stall_while_examining", scratch, str(files))
    yield Figure(
        "检查期间窗口最长停顿",
        measured["longest"] * 1000,
        "毫秒",
        50,
        f"{measured['files']:.0f} 个文件，{measured['seconds']:.1f} 秒，"
        f"窗口自己最长计算 {measured['work'] * 1000:.0f} 毫秒",
    )
    large = bench_files.large(scratch / "large")
    for kind, path in large.items():
        measured = measured_by_qt("opening_stall", scratch, str(path))
        yield Figure(
            f"打开 {_LARGE[kind]}：窗口最长计算",
            measured["work"] * 1000,
            "毫秒",
            50,
            f"{measured['texts']:.0f} 处文字，按钟表最长停顿 {measured['longest'] * 1000:.0f} 毫秒",
        )
    rows = 10_000 if quick else 100_000
    measured = measured_by_qt("table_figures", scratch, str(rows))
    for key, label in (("open", "打开"), ("sort", "排序"), ("filter", "筛选")):
        yield Figure(f"{rows} 行目录{label}", measured[key] * 1000, "毫秒")
    yield Figure(
        f"{rows} 行目录取一页",
        measured["page"] * 1000,
        "毫秒",
        20,
        f"中位 {measured['page_median'] * 1000:.1f} 毫秒，滚动最长停顿 "
        f"{measured['scroll_stall'] * 1000:.0f} 毫秒",
    )


def measured_by_qt(name: str, scratch: Path, *words: str) -> dict[str, Any]:
    """Run one measurement of `gui.bench` in a child and read the JSON object it prints."""
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
