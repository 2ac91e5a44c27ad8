"""What the operators of a page can do to hide text, told from its content stream in one cheap pass.

A page has up to thousands of objects and asking pdfium about each costs more than reading the text.
Most pages do nothing that hides anything; this tells them by their operators (ISO 32000-1, annex
A). Everything it cannot tell counts as "may".
"""

import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

import pikepdf

from formats.budget import Budget
from formats.pdf.bombs import Weights
from formats.pdf.harmless import is_plain, states_of
from formats.pdf.speech import lists_speak, speaks
from formats.pdf.structure import PDF_LIES, entry, inherited, items_of, pairs
from formats.pdf.unpacking import unpacked
from formats.pdf.unshown import unshown

# White space, and the characters that end a word as well (7.2.2): all of them become spaces.
_APART = bytes.maketrans(b"()<>[]{}/%\0\t\n\r\f\v", b" " * 16)
_FILLS = frozenset({b"F", b"B", b"B*", b"b", b"b*", b"sh", b"Do", b"BI"})
_STROKES = frozenset({b"S", b"s"})
# Text rendering mode and horizontal scale.
_STYLES = frozenset({b"Tr", b"Tz"})
_IDENTITY = b" 1 0 0 1 "
_SIMPLE_SPACES = frozenset({"/DeviceRGB", "/DeviceGray", "/DeviceCMYK", "/CalRGB", "/CalGray"})
_HARMLESS = frozenset({"/Type", "/OP", "/op", "/OPM", "/SA", "/SM", "/AIS", "/TK", "/RI", "/FL"})
# Ink lighter than this in each channel is looked at; so is type smaller than this (points).
LIGHTEST, SMALLEST = 0.9, 3.0
# Lines and fills thinner than this (points) hide nothing.
THIN = 3.0
MOST_STREAMS = 10_000


class Content(NamedTuple):
    """What a page may do. `styled`: text of a colour, size, mode or opacity that is not seen;
    `painted`: something is painted that text may lie under or on; `clipped`: later than at the
    start; `layered`: marked as belonging to a layer; `grouped`: to a group of layers, so that only
    a drawing tells whether it is on.
    `spoken`: some of its text stands for other text that is drawn. `torn`: not all of it could be
    unpacked. `bare`: in fonts that the file does not hold (`unmeasured`). `unshown`: what stands
    beside its operators.
    """

    styled: bool = True
    painted: bool = True
    clipped: bool = True
    layered: bool = True
    grouped: bool = True
    spoken: bool = False
    torn: bool = False
    bare: bool = False
    unshown: tuple[str, ...] = ()


ANYTHING = Content()
PLAIN = Content(
    styled=False, painted=False, clipped=False, layered=False, grouped=False, spoken=False
)


def content_of(page: Any, budget: Budget, weights: Weights | None = None) -> Content:
    """What pikepdf's page object may do. Raises Unreadable(TOO_BIG) past the budget."""
    try:
        data = b"\n".join(unpacked(s, budget, whole=True) for s in _streams(page))
    except (*PDF_LIES, zlib.error):
        return ANYTHING._replace(torn=True)
    weights = weights or Weights(budget)
    plain = is_plain(data)
    # A plain content has no string that is not shown.
    beside = () if plain and b"%" not in data else tuple(unshown(data))
    found = _seen(data, page, weights, plain=plain)
    return found._replace(unshown=beside) if beside else found


def _seen(data: bytes, page: Any, weights: Weights, *, plain: bool) -> Content:
    try:
        resources = inherited(page, "/Resources")
        bare = weights.bare_fonts.among(resources)
        if plain and _plain_states(data, resources):
            clipped = data.rfind(b"W") > data.find(b"BT") >= 0
            return PLAIN._replace(clipped=clipped, bare=bare) if clipped or bare else PLAIN
        torn = b"Do" in data and weights.tears(data, resources)
        found = _judged(data, resources)
        spoken = speaks(data) or lists_speak(resources)
        return found._replace(spoken=spoken, torn=torn, bare=bare)
    except PDF_LIES:
        return ANYTHING


def contents_of(leaves: Iterable[Any]) -> set[tuple[int, int]]:
    """The streams that are the content of these pages, as pikepdf names objects.

    Raises what pikepdf raises.
    """
    return {stream.objgen for leaf in leaves for stream in _streams(leaf)}


def _streams(page: Any) -> list[Any]:
    found = items_of(entry(page, "/Contents"))
    return [s for s in found[:MOST_STREAMS] if isinstance(s, pikepdf.Stream)]


class _Words:
    """A content stream as words with one space around each."""

    def __init__(self, data: bytes) -> None:
        words = data.translate(_APART)
        self.known = frozenset(words.split())
        self._all = b" " + words + b" "

    def has(self, operators: frozenset[bytes]) -> bool:
        """Whether one of them stands here."""
        return not self.known.isdisjoint(operators)

    def pieces(self, operator: bytes) -> list[bytes]:
        """What stands before each place of the operator; of several words, with one space."""
        if operator.split()[-1] not in self.known:
            return []
        return self._all.split(b" " + operator + b" ")[:-1]

    def before(self, operator: bytes, count: int) -> set[tuple[bytes, ...]]:
        """The last `count` words before each place where the operator stands.

        A page uses few inks and sizes: looking at short ends first finds most of them alike.
        """
        found: set[tuple[bytes, ...]] = set()
        pieces = self.pieces(operator)
        for width in (4 * count, 14 * count):
            short = set()
            for tail in {piece[-width:] for piece in pieces}:
                group = tail.split()
                if len(group) > count:
                    found.add(tuple(group[-count:]))
                else:
                    short.add(tail)  # the first of its words may be cut off
            if not short:
                return found
            pieces = [piece for piece in pieces if piece[-width:] in short]
        return found | {tuple(piece.split()[-count:]) for piece in pieces}

    def numbers(self, operator: bytes, count: int) -> list[list[float]]:
        """As `before`, as numbers. Raises ValueError where they are not numbers or too few."""
        found = [[float(w) for w in group] for group in self.before(operator, count)]
        if any(len(group) < count for group in found):
            raise ValueError(operator)
        return found

    def last(self, operator: bytes) -> int:
        """Where the operator stands last; -1 if nowhere."""
        return self._all.rfind(b" " + operator + b" ") if operator in self.known else -1

    def first(self, operator: bytes) -> int:
        """Where the operator stands first; -1 if nowhere."""
        return self._all.find(b" " + operator + b" ")


def _judged(data: bytes, resources: Any) -> Content:
    words = _Words(data)
    if not _only_pictures(words, resources):
        return ANYTHING
    layered = b"OC" in words.known
    low, high = _scales(words)
    return Content(
        styled=words.has(_STYLES)
        or _light(words, resources)
        or _small(words, low)
        or _mixes(words, resources),
        painted=words.has(_FILLS) or _thick(words, high),
        # A clip before the first text is asked for once.
        clipped=max(words.last(b"W"), words.last(b"W*")) > words.first(b"BT") >= 0,
        layered=layered,
        grouped=layered and _grouped(resources),
    )


def _only_pictures(words: _Words, resources: Any) -> bool:
    """Whether nothing with a content of its own is painted."""
    things = entry(resources, "/XObject")
    return all(
        entry(entry(things, "/" + name.decode("latin-1")), "/Subtype") == pikepdf.Name.Image
        for (name,) in words.before(b"Do", 1)
    )


def _grouped(resources: Any) -> bool:
    """Whether a layer of the page is a membership dictionary (8.11.2.2), or cannot be told."""
    lists = entry(resources, "/Properties")
    if not isinstance(lists, pikepdf.Dictionary):
        return True
    return any(
        entry(marked, "/Type") != pikepdf.Name.OCG
        for _, marked in pairs(lists)
        if entry(marked, "/MCID") is None
    )


def _scales(words: _Words) -> tuple[float, float]:
    """The least and the greatest scale that the changes of the matrix can come to together."""
    low = high = 1.0
    for piece in words.pieces(b"cm"):
        moved = piece.rfind(_IDENTITY, -64)
        if moved >= 0 and piece.count(b" ", moved + len(_IDENTITY)) == 1:
            continue
        a, b, c, d = (float(w) for w in piece[-400:].split()[-6:-2])
        scale = abs(a * d - b * c) ** 0.5
        low, high = low * min(scale, 1.0), high * max(scale, 1.0, abs(a), abs(d))
    return low, high


def _small(words: _Words, low: float) -> bool:
    sizes = [abs(size) for (size,) in words.numbers(b"Tf", 1)]
    turns = [abs(m[0] * m[3] - m[1] * m[2]) ** 0.5 for m in words.numbers(b"Tm", 6)]
    return bool(sizes) and min(sizes) * min(turns, default=1.0) * low < SMALLEST


def _light(words: _Words, resources: Any) -> bool:
    """Whether the ink may be as light as paper."""
    for operator, count in ((b"g", 1), (b"rg", 3)):
        if any(min(ink) > LIGHTEST for ink in words.numbers(operator, count)):
            return True
    if any(max(ink) < 1 - LIGHTEST for ink in words.numbers(b"k", 4)):
        return True
    spaces = words.before(b"cs", 1)
    if not spaces:
        # Without a space chosen on this page, sc and scn mean grey.
        return words.has(frozenset({b"sc", b"scn"}))
    counts = {_channels(name, resources) for (name,) in spaces}
    count = counts.pop()
    if counts or not count:
        return True
    inks = words.numbers(b"sc", count) + words.numbers(b"scn", count)
    if count == 4:
        return any(max(ink) < 1 - LIGHTEST for ink in inks)
    return any(min(ink) > LIGHTEST for ink in inks)


def _channels(name: bytes, resources: Any) -> int:
    """How many numbers make a colour of this space; 0 where they do not say how light it is."""
    key = "/" + name.decode("latin-1")
    space = entry(entry(resources, "/ColorSpace"), key)
    first = space[0] if isinstance(space, pikepdf.Array) else space
    kind = key if first is None else str(first)
    if kind == "/ICCBased":
        count = entry(space[1], "/N")
        return int(count) if count in (1, 3, 4) else 0
    if kind not in _SIMPLE_SPACES:
        return 0
    return {"y": 1, "K": 4}.get(kind[-1], 3)


def _mixes(words: _Words, resources: Any) -> bool:
    """Whether a graphics state may make text transparent or set its font."""
    return not all(_is_simple(name, resources) for (name,) in words.before(b"gs", 1))


def _plain_states(data: bytes, resources: Any) -> bool:
    """Whether the states and colour spaces that a plain content names are plain ones."""
    return all(
        _is_simple(name, resources) if operator == b"gs" else _channels(name, resources) == 3
        for name, operator in states_of(data)
    )


def _is_simple(name: bytes, resources: Any) -> bool:
    """Whether a graphics state (8.4.5) sets nothing that could hide text."""
    state = entry(entry(resources, "/ExtGState"), "/" + name.decode("latin-1"))
    if not isinstance(state, pikepdf.Dictionary):
        return False
    for key in list(state.keys()):
        value = state.get(key)
        plain = (
            key in _HARMLESS
            or (key in {"/ca", "/CA"} and float(str(value)) > LIGHTEST)
            or (key == "/BM" and value in (pikepdf.Name.Normal, pikepdf.Name("/Compatible")))
            or (key == "/SMask" and value == pikepdf.Name("/None"))
        )
        if not plain:
            return False
    return True


def _thick(words: _Words, high: float) -> bool:
    """Whether a rectangle that is filled, or a line that is drawn, has any breadth."""
    for fill in (b"f", b"f*"):
        if len(words.pieces(fill)) > len(words.pieces(b"re " + fill)):
            return True
        for wide, tall in words.numbers(b"re " + fill, 2):
            if min(abs(wide), abs(tall)) * high >= THIN:
                return True
    if not words.has(_STROKES):
        return False
    widths = [width for (width,) in words.numbers(b"w", 1)]
    return max(widths, default=1.0) * high >= THIN
