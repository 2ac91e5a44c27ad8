"""What `bench` tells: figures with their limits, and how time is taken."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Figure(NamedTuple):
    """One measurement: `value` in `unit`; `limit` the most it may be, `least` the least.

    None for no promise.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""
    least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return (self.limit is None or self.value <= self.limit) and (
            self.least is None or self.value >= self.least
        )

    @property
    def promise(self) -> str:
        """The limit in words; empty where nothing is promised."""
        if self.limit is not None:
            return f"≤ {self.limit:g} {self.unit}"
        return "" if self.least is None else f"≥ {self.least:g} {self.unit}"


def seconds(repeat: int, *acts: Callable[[], object]) -> list[float]:
    """Processor seconds of this process for each act: the least of `repeat` runs.

    One run before is not counted. The acts are done in turn, and the least counts, so that what
    else the machine does changes the outcome little.
    """
    for act in acts:
        act()
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(repeat):
        for act, times in zip(acts, taken, strict=True):
            began = time.process_time()
            act()
            times.append(time.process_time() - began)
    return [min(times) for times in taken]
