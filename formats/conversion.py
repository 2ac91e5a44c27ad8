"""Files that only another program opens: what it shall write, and how its copy is read."""

import dataclasses
from pathlib import Path
from typing import NamedTuple

from formats import opening
from formats.budget import Budget
from formats.reading import Kind, Reading, Trouble, TroubleCode, Unreadable

CONVERTED = (
    "本程序不能直接读取这种文件，已用本机的 LibreOffice 转换后读取。转换带不过来的内容没有看到。"
    "请用原软件打开，逐页查看（包括备注、批注、隐藏的内容和附带的文件）。"
)


class Order(NamedTuple):
    """What to ask of LibreOffice: the filter that reads, the suffix and filter that write."""

    reads: str
    suffix: str
    writes: str


# The filter that reads is named, so that a damaged file is never taken for plain text.
ORDERS = {
    Kind.PPT: Order("MS PowerPoint 97", ".pptx", "Impress MS PowerPoint 2007 XML"),
    Kind.XLSB: Order("Calc MS Excel 2007 Binary", ".xlsx", "Calc MS Excel 2007 XML"),
}


def read_copy(copy: Path, budget: Budget | None, name: str, kind: Kind) -> Reading:
    """The reading of the copy that was made of the file called `name`, which is of `kind`.

    Never whole: a person must look at the file itself. Raises Unreadable.
    """
    budget = budget or Budget()
    try:
        with copy.open("rb") as source:
            found = opening.read_stream(source, budget, Path(name).stem + copy.suffix)
    except OSError:
        raise Unreadable(
            TroubleCode.DAMAGED, "转换出来的文件读不了。请用原软件打开，另存后再放入。"
        ) from None
    named = found.segments[0]._replace(text=opening.shown(name))
    return dataclasses.replace(
        found,
        kind=kind,
        segments=(named, *found.segments[1:]),
        troubles=(Trouble(TroubleCode.CONVERTED, CONVERTED), *found.troubles),
        partial=True,
    )
