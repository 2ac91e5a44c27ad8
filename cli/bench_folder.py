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
        "文件夹检查时没有闲着的核心数",
        min((os.cpu_count() or 1) - watched.idle / watched.wall, float(workers)),
        "个",
        note=f"其中本程序用了 {watched.used / watched.wall:.2f} 个，其余是别的程序",
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

    `used`: processor seconds of the parent and all children; `idle`: seconds that cores had nothing
    to do for anybody. On a busy machine the program gets less, and yet no core may stand idle.
    """

    def __init__(self) -> None:
        self.own: list[int] = []
        self.largest = 0
        self.idle = 0.0
        self._last: dict[int, float] = {}
        self._first: dict[int, float] = {}
        self._began = self._idled = self.wall = 0.0

    def begin(self) -> None:
        """From here it counts."""
        self._first = dict(self._last)
        self._began, self._idled = time.perf_counter(), _idle()

    def saw(self, share: float, pids: tuple[int, ...]) -> None:
        """After each file: `share` of all are done."""
        self.wall, self.idle = time.perf_counter() - self._began, _idle() - self._idled
        self.look(pids)
        if share >= 1 or (share >= 0.25 and not self.own):
            self.own.append(_kilobytes(os.getpid(), "VmRSS:") * 1024)

    def look(self, pids: tuple[int, ...]) -> None:
        """Read the books; a child that has ended since keeps what was read last."""
        for pid in (os.getpid(), *pids):
            try:
                tasks = (_PROC / str(pid) / "task").iterdir()
                self._last[pid] = sum(_ran(task) for task in tasks) / 1e9
            except (OSError, ValueError):
                continue
            if pid != os.getpid():
                self.largest = max(self.largest, _kilobytes(pid, "VmHWM:") * 1024)

    @property
    def used(self) -> float:
        """Processor seconds."""
        return sum(ran - self._first.get(pid, 0.0) for pid, ran in self._last.items())


def _ran(task: Path) -> int:
    """Nanoseconds a thread ran."""
    return int((task / "schedstat").read_text(encoding="ascii").split()[0])


def _idle() -> float:
    """Seconds that all cores together had nothing to do, or waited for a disk (proc(5))."""
    if not _PROC.exists():
        return 0.0
    ticks = (_PROC / "stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    return (int(ticks[3]) + int(ticks[4])) / os.sysconf("SC_CLK_TCK")


def _kilobytes(pid: int, key: str) -> int:
    try:
        status = (_PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(status.split(key, 1)[1].split()[0]) if key in status else 0
