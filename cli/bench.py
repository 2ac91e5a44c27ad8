"""`bench`: what the README promises about speed, measured on this machine, as ratios in one run.

A ratio compares two things done by the same machine within the same seconds, so that a slow or busy
computer changes both. `figures` of `cli/bench_<group>.py` measures one group of them.
"""

import argparse
import importlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from cli import output
from cli.arguments import MEASURES
from cli.bench_figures import Figure
from cli.entry import DONE, FOUND


def bench(options: argparse.Namespace) -> int:
    """Measure, print a table or JSON; 1 where a promise is not kept."""
    figures: list[Figure] = []
    for figure in _figures(options.only or MEASURES, quick=options.quick):
        figures.append(figure)
        output.progress(len(figures), 0, figure.name)
    if options.json:
        output.document([f._asdict() | {"holds": f.holds} for f in figures])
    else:
        output.table(
            ("项目", "测得", "要求", "结论", "说明"),
            [
                (
                    f.name,
                    f"{f.value:.3g} {f.unit}",
                    f.promise,
                    "" if not f.promise else ("达到" if f.holds else "未达到"),
                    f.note,
                )
                for f in figures
            ],
        )
    return DONE if all(f.holds for f in figures) else FOUND


def _figures(groups: Sequence[str], *, quick: bool) -> Iterator[Figure]:
    """The figures of these groups; what one group wrote is gone before the next begins."""
    for group in groups:
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as scratch:
            measures = importlib.import_module(f"cli.bench_{group}")
            yield from measures.figures(Path(scratch), quick=quick)
