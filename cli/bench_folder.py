"""`bench`: a folder of many mixed files taken in: are the cores busy, does the memory stay flat?"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from cli import bench_files
from cli.bench_figures import Figure
from exporters import sample_office
from intake import many
from intake.examine import Examiner
from models.kernel import base, people, policy
from models.kernel.home import Home

MIB = 1 << 20
_PROC = Path("/proc")


def figures(scratch: Path, *, quick: bool) -> Iterator[Figure]:
    """Cores, the parent's memory at a quarter and at the end, the largest child."""
    count = 120 if quick else 2_000
    folder, home = scratch / "folder", Home(scratch / "home")
    bench_files.batch(folder, count)
    policy.set_up(home, *sample_office.setup())
    base.close_catalogue()
    base.open_catalogue(home, create=False)
    workers = max(2, os.cpu_count() or 2)
    watched = _Watched()
    try:
        with Examiner(home.temp, workers=workers, pictures=False) as examiner:
            # The first file waits for the children to start.
            examiner.examine(next(folder.iterdir()))
            watched.look(examiner.pids())
            watched.begin()
            taken = many.take_many(
                home,
                [folder],
                people.everyone()[0],
                examiner,
                progress=lambda done, total, _name: watched.saw(done / total, examiner.pids()),
            )
    finally:
        base.close_catalogue()
    yield Figure(
        f"{count} 个文件：每秒文件数",
        len(taken) / watched.wall,
        "个/秒",
        note=f"{watched.wall:.0f} 秒",
    )
    if not _PROC.exists():
        return
    yield Figure(
        "文件夹检查时用上的核心数",
        min(watched.ready / watched.wall, float(workers)),
        "个",
        note=f"其中实际分到 {watched.used / watched.wall:.2f} 个，其余在等别的程序让出核心",
        least=1.8 if (os.cpu_count() or 1) > 1 else None,
    )
    yield Figure(
        "主进程内存：结束时 / 四分之一时",
        watched.own[-1] / watched.own[0],
        "倍",
        1.1,
        f"{watched.own[0] / MIB:.0f} / {watched.own[-1] / MIB:.0f} MiB",
    )
    yield Figure("最大的子进程内存", watched.largest / MIB, "MiB", 400)


class _Watched:
    """What the processes use, by Linux's own books.

    `used`: processor seconds of the parent and all children; `ready`: with those that they waited
    for a core that was taken, so that a busy machine does not make an idle program of ours.
    """

    def __init__(self) -> None:
        self.own: list[int] = []
        self.largest = 0
        self._last: dict[int, tuple[float, float]] = {}
        self._first: dict[int, tuple[float, float]] = {}
        self._began = self.wall = 0.0

    def begin(self) -> None:
        """From here it counts."""
        self._first = dict(self._last)
        self._began = time.perf_counter()

    def saw(self, share: float, pids: tuple[int, ...]) -> None:
        """After each file: `share` of all are done."""
        self.wall = time.perf_counter() - self._began
        self.look(pids)
        if share >= 1 or (share >= 0.25 and not self.own):
            self.own.append(_kilobytes(os.getpid(), "VmRSS:") * 1024)

    def look(self, pids: tuple[int, ...]) -> None:
        """Read the books; a child that has ended since keeps what was read last."""
        for pid in (os.getpid(), *pids):
            try:
                ran, waited = (
                    sum(column) / 1e9
                    for column in zip(
                        *(_schedule(task) for task in (_PROC / str(pid) / "task").iterdir()),
                        strict=True,
                    )
                )
            except (OSError, ValueError):
                continue
            self._last[pid] = (ran, waited)
            if pid != os.getpid():
                self.largest = max(self.largest, _kilobytes(pid, "VmHWM:") * 1024)

    @property
    def used(self) -> float:
        """Processor seconds."""
        return sum(ran - self._first.get(pid, (0.0, 0.0))[0] for pid, (ran, _) in self._books())

    @property
    def ready(self) -> float:
        """Seconds on a core or waiting for one."""
        return sum(sum(now) - sum(self._first.get(pid, (0.0,))) for pid, now in self._books())

    def _books(self) -> list[tuple[int, tuple[float, float]]]:
        return list(self._last.items())


def _schedule(task: Path) -> tuple[int, int]:
    """Nanoseconds a thread ran and waited for a core."""
    ran, waited, _slices = (task / "schedstat").read_text(encoding="ascii").split()
    return int(ran), int(waited)


def _kilobytes(pid: int, key: str) -> int:
    try:
        status = (_PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(status.split(key, 1)[1].split()[0]) if key in status else 0
