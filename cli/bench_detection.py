"""`bench`: detection alone, on text that is in memory already."""

from collections.abc import Iterator
from pathlib import Path

import detection
from cli import bench_files
from cli.bench_figures import Figure, seconds
from detection import rulebook


def figures(_scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Characters a second."""
    book = rulebook.load()
    reading = bench_files.prose(1 if quick else 8)
    (taken,) = seconds(3, lambda: detection.scan(reading, book))
    speed = reading.characters / taken / 1e6
    yield Figure("检查速度", speed, "百万字/秒")
