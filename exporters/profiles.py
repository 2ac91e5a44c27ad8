"""A list made fit for a matter: orders to the knife that empty every column not on the whitelist.

The whitelist is the notice's (resources/masks): what a 公示 may print is what a list may show.
"""

from detection import matters, permitted
from detection.grids import tabled
from formats.reading import Mark, Part, Reading
from models.kernel.errors import Refused

_SEEN = frozenset({Part.CELL, Part.TABLE})


def named(name: str) -> matters.Matter:
    """The matter of this name. Raises Refused, naming those there are."""
    matter = matters.find(name)
    if matter is None:
        known = "、".join(m.label for m in matters.matters())
        raise Refused(f"没有“{name}”这个事项。可用：{known}。")
    return matter


def marks(reading: Reading, matter: matters.Matter) -> list[Mark]:
    """Orders for every visible table and sheet of `reading`, heads of dropped columns included.

    Raises Refused where no table has a head that names its columns.
    """
    seen = [s for s in reading.segments if s.visible and s.place.part in _SEEN]
    grids = list(tabled(seen).values())
    if all(permitted.head_row(grid, matter) is None for grid in grids):
        raise Refused("没有找到带表头的名单，不能按事项保留列。请检查表头是否写明各列名称。")
    return [
        Mark(seen[one.cell.segment].place, (one.cell.start, one.cell.end), "")
        for one in permitted.permitted(grids, (), matter).outside
    ]
