"""What only the end of an RTF file tells: which headers are in use, which fallbacks differ."""

from collections.abc import Sequence, Set

from formats.reading import Part, Segment
from formats.rtf.story import Teller
from formats.unsaid import Said

_FIRST = ("titlepg", "没有启用的首页页眉页脚")
_LEFT = ("facingp", "没有启用的偶数页页眉页脚")
# Stories that are printed only when a switch somewhere in the file asks for them.
CONDITIONS = {"headerf": _FIRST, "footerf": _FIRST, "headerl": _LEFT, "footerl": _LEFT}


def settle_conditions(
    segments: list[Segment], told: Sequence[tuple[str, int, int]], switches: Set[str]
) -> None:
    """Headers and footers of first and of left pages, where the file does not ask for them.

    `told`: the story's word, and from which to which segment it reaches.
    """
    for word, begun, ended in told:
        switch, note = CONDITIONS[word]
        if switch not in switches:
            for at in range(begun, ended):
                segments[at] = segments[at]._replace(visible=False, note=note)


def differing(teller: Teller, fallbacks: Sequence[str]) -> list[Segment]:
    """What only old programs show, where it differs from what the others show."""
    if not fallbacks:
        return []
    said = Said(tuple(teller.segments))
    before = len(teller.segments)
    for text in dict.fromkeys(fallbacks):
        if not said.has(text):
            teller.say(Part.HIDDEN, text, "旧版程序才显示的内容", visible=False)
    added = teller.segments[before:]
    del teller.segments[before:]
    return added
