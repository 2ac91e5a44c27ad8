"""Property changes ([MS-DOC] 2.2.5): what a run's or paragraph's list of them does to its look."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from formats.doc97.fib import DOC_LIES

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_DEF_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_WHITE_ICO, _AUTO_ICO = 8, 0
_LIGHT = 0xF0
_ALIKE = 16
_NARROW = 5  # percent of a letter's width
UNTOLD = -1
# 2.9.119 Ico: the sixteen colours of Word 97, as 0xBBGGRR; the first is the program's own.
_ICO = (
    UNTOLD, 0x000000, 0xFF0000, 0xFFFF00, 0x00FF00, 0xFF00FF, 0x0000FF, 0x00FFFF, 0xFFFFFF,
    0x800000, 0x808000, 0x008000, 0x800080, 0x000080, 0x008080, 0x808080, 0xC0C0C0,
)  # fmt: skip
_SHADES = frozenset({0xD612, 0xD60C, 0xD616, 0xD670, 0xD671, 0xD672, 0xD613, 0xD609, 0xD605})


def alike(ink: int, ground: int) -> bool:
    """Whether letters of one colour (0xBBGGRR) cannot be told from a ground of another."""
    if UNTOLD in (ink, ground):
        return False
    return all(abs((ink >> at & 0xFF) - (ground >> at & 0xFF)) < _ALIKE for at in (0, 8, 16))


class Effect(NamedTuple):
    """The look of a run, as far as it decides what a reader sees.

    `ink` and `ground` are 0xBBGGRR, or UNTOLD where the file leaves them to the program.
    `inserted_by` and `deleted_by` count in the list of revisers; the dates are Dttm structures.
    """

    vanish: bool = False
    white: bool = False
    tiny: bool = False
    shaded: bool = False
    ink: int = UNTOLD
    ground: int = UNTOLD
    narrow: bool = False
    inserted: bool = False
    deleted: bool = False
    inserted_by: int = 0
    inserted_at: int = 0
    deleted_by: int = 0
    deleted_at: int = 0
    special: bool = False
    data: bool = False
    location: int = 0
    symbol: int = 0
    object: int = 0

    @property
    def hidden(self) -> bool:
        """Whether the run cannot be seen, whatever ground it stands on."""
        return self.vanish or self.tiny or self.narrow or alike(self.ink, self.ground)


class Look(NamedTuple):
    """What the paragraph's own list says."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    inner_end: bool = False
    shaded: bool = False
    ground: int = UNTOLD
    cells_shaded: bool = False
    list: int = 0
    level: int = 0


PLAIN = Effect()
ORDINARY = Look()


def sprms(group: bytes) -> Iterator[tuple[int, bytes]]:
    """2.6: (number, operand) of each change; stops where the list is cut off."""
    at = 0
    while at + 2 < len(group):
        (number,) = struct.unpack_from("<H", group, at)
        at += 2
        size = _SIZES[number >> 13]
        if not size:
            if number == _DEF_TABLE:
                if at + 2 > len(group):
                    return
                size = struct.unpack_from("<H", group, at)[0] + 1
            elif number == _CHANGE_TABS and group[at] == 255:
                size = _tabs(group, at)
            else:
                size = group[at] + 1
        yield number, group[at : at + size]
        at += size


def _tabs(group: bytes, at: int) -> int:
    """2.9.192 PChgTabsOperand too long for its size: two lists of tabs tell theirs."""
    if at + 2 > len(group):
        return len(group)
    added = at + 2 + 4 * group[at + 1]
    return added + 1 + 3 * group[added] - at if added < len(group) else len(group)


def effect(group: bytes, base: Effect, styles: dict[int, Effect]) -> Effect:
    """The look of a run whose paragraph style gives `base`. `styles`: those of characters."""
    made = base
    for number, operand in sprms(group):
        try:
            made = _changed(made, base, number, operand, styles)
        except DOC_LIES:
            continue  # cut off, it changes nothing; those behind it do
    return made


def _changed(
    made: Effect, base: Effect, number: int, operand: bytes, styles: dict[int, Effect]
) -> Effect:
    value = operand[0]
    match number:
        case 0x083C:
            on = base.vanish if value == 0x80 else not base.vanish if value == 0x81 else value == 1
            return made._replace(vanish=on)
        case 0x0800:
            return made._replace(deleted=value == 1)
        case 0x0801:
            return made._replace(inserted=value == 1)
        case 0x0855:
            return made._replace(special=value == 1)
        case 0x0806:
            return made._replace(data=value == 1)
        case 0x2A42:
            return made._replace(white=value == _WHITE_ICO, ink=_ico(value))
        case 0x2A0C:
            return made._replace(shaded=value not in (_AUTO_ICO, _WHITE_ICO), ground=_ico(value))
        case 0x4852:
            return made._replace(narrow=_word(operand) <= _NARROW)
        case 0x4804:
            return made._replace(inserted_by=_word(operand))
        case 0x4863:
            return made._replace(deleted_by=_word(operand))
        case 0x4A43:
            return made._replace(tiny=_word(operand) <= 2)
        case 0x4866:
            shade = _word(operand)
            return made._replace(shaded=_old_shade(shade), ground=_old_ground(shade))
        case 0x4A30:
            style = styles.get(_word(operand), PLAIN)
            return made._replace(
                vanish=made.vanish != style.vanish,
                white=made.white or style.white,
                tiny=made.tiny or style.tiny,
                shaded=made.shaded or style.shaded,
                ink=made.ink if style.ink == UNTOLD else style.ink,
                ground=made.ground if style.ground == UNTOLD else style.ground,
                narrow=made.narrow or style.narrow,
            )
        case 0x2A33:
            return base._replace(special=made.special)
        case 0xCA71:
            return made._replace(shaded=_shade(operand[1:]), ground=_ground(operand[1:]))
    return _long_changed(made, number, operand)


def _long_changed(made: Effect, number: int, operand: bytes) -> Effect:
    match number:
        case 0x6805:
            return made._replace(inserted_at=_long(operand))
        case 0x6864:
            return made._replace(deleted_at=_long(operand))
        case 0x6870:
            white = operand[3] == 0 and min(operand[:3]) >= _LIGHT
            return made._replace(white=white, ink=_colour(operand))
        case 0x6A03:
            return made._replace(location=_long(operand), special=True)
        case 0x680E:
            return made._replace(object=_long(operand), special=True)
        case 0x6A09:
            return made._replace(symbol=_long(operand), special=True)
    return made


def look(group: bytes, style: int = 0) -> Look:
    """What a paragraph's list says about tables and shading."""
    made = Look(style)
    for number, operand in sprms(group):
        try:
            match number:
                case 0x2416:
                    made = made._replace(in_table=operand[0] == 1)
                case 0x2417:
                    made = made._replace(row_end=operand[0] == 1)
                case 0x244B | 0x244C:
                    made = made._replace(inner_end=operand[0] == 1)
                case 0x6649:
                    made = made._replace(in_table=_long(operand) > 0 or made.in_table)
                case 0x460B:
                    made = made._replace(list=_word(operand))
                case 0x260A:
                    made = made._replace(level=operand[0])
                case 0x4600:
                    made = made._replace(style=_word(operand))
                case 0x442D:
                    shade = _word(operand)
                    made = made._replace(shaded=_old_shade(shade), ground=_old_ground(shade))
                case 0xC64D:
                    made = made._replace(shaded=_shade(operand[1:]), ground=_ground(operand[1:]))
                case _ if number in _SHADES:
                    shaded = made.cells_shaded or _any_shade(operand, number)
                    made = made._replace(cells_shaded=shaded)
        except DOC_LIES:
            continue
    return made


def _any_shade(operand: bytes, number: int) -> bool:
    cells = operand[1:]
    if number == 0xD609:
        return any(_old_shade(_word(cells[n : n + 2])) for n in range(0, len(cells) - 1, 2))
    return any(_shade(cells[n : n + 10]) for n in range(0, len(cells) - 9, 10))


def _old_shade(value: int) -> bool:
    """2.9.248 Shd80: whether the ground is painted with something white can be read on."""
    if value == 0xFFFF:
        return False
    fore, back, pattern = value & 0x1F, value >> 5 & 0x1F, value >> 10
    if pattern == 1:
        return fore != _WHITE_ICO
    return pattern > 1 or back not in (_AUTO_ICO, _WHITE_ICO)


def _shade(operand: bytes) -> bool:
    """2.9.246 Shd: fore and back colour, pattern."""
    fore, back = operand[:4], operand[4:8]
    (pattern,) = struct.unpack_from("<H", operand, 8)
    if pattern == 1:
        return not (fore[3] == 0 and min(fore[:3]) >= _LIGHT)
    return pattern not in (0, 0xFFFF) or (back[3] == 0 and min(back[:3]) < _LIGHT)


def _ico(value: int) -> int:
    return _ICO[value] if value < len(_ICO) else UNTOLD


def _old_ground(value: int) -> int:
    """The colour of a Shd80 that is one plain colour."""
    fore, back, pattern = value & 0x1F, value >> 5 & 0x1F, value >> 10
    return UNTOLD if value == 0xFFFF or pattern > 1 else _ico(fore if pattern else back)


def _colour(operand: bytes) -> int:
    """2.9.43 COLORREF: red, green, blue, and whether the program chooses."""
    return UNTOLD if operand[3] else int.from_bytes(operand[:3], "little")


def _ground(operand: bytes) -> int:
    """The colour of a Shd that is one plain colour."""
    (pattern,) = struct.unpack_from("<H", operand, 8)
    if pattern > 1:
        return UNTOLD
    return _colour(operand[:4] if pattern else operand[4:8])


def _word(operand: bytes) -> int:
    return int(struct.unpack_from("<H", operand)[0])


def _long(operand: bytes) -> int:
    return int(struct.unpack_from("<I", operand)[0])
