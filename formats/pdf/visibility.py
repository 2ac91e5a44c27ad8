"""Which characters of a page a reader does not see, and why.

What can be told from the objects is told from them. Where that is not enough (a cover that is no
rectangle, light text on a picture, a mask), the page is drawn with and without the text: what
changes nothing is not seen.
"""

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from formats.pdf.content import ANYTHING, Content
from formats.pdf.document import Box, Frame
from formats.pdf.geometry import NOWHERE, char_box, fills, holds, meet, outside
from formats.pdf.ink import Drawing, Ink, Picture, drawable
from formats.pdf.native import text_object
from formats.pdf.objects import Colour, Look, PageObjects, Paint, Scanner, Text
from formats.pdf.stretches import Stretch
from formats.reading import Part

# Out of 255 in each channel: closer than this, ink and paper look the same.
ALIKE = 12
# Ink lighter than this may vanish on a picture, out of 255.
LIGHT = 180
# Text at most this opaque, out of 255, leaves nothing that can be read.
FAINT = 20
_LAID = frozenset({Part.INVISIBLE_TEXT, Part.COVERED_TEXT})
MOST_PAIRS = 4_000_000
PAPER: Colour = (255, 255, 255)
# PDF 32000-1, 9.3.6: 3 neither fills nor strokes, 7 only clips.
UNSEEN_MODES = frozenset({3, 7})
STROKING_MODES = frozenset({1, 2, 5, 6})
# Annotations that are small signs or see-through, or paint nothing: they cover no text.
_THIN_NOTES = frozenset(
    {
        pdfium.FPDF_ANNOT_LINK,
        pdfium.FPDF_ANNOT_POPUP,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
    }
)
_THICK_NOTES = frozenset({pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_POLYGON})
_NOTE_ORDER = 1 << 40


class Verdict(NamedTuple):
    """What is told about one text object.

    `part`: why it is not seen, None if it is. `covers`: what is painted over some of it.
    `doubt`: only a drawing tells whether `part` holds. `clip`: outside of it nothing is seen.
    """

    part: Part | None = None
    covers: tuple[Paint, ...] = ()
    doubt: bool = False
    clip: Box | None = None


class _Doubt(NamedTuple):
    """A character that only a drawing tells of; `likely`: it is not seen if none can be made."""

    part: Part
    box: Box
    handle: int
    likely: bool


_SEEN = Verdict()


class Sight:
    """Judges the characters of one page."""

    def __init__(
        self, page: Any, textpage: Any, scanner: Scanner, content: Content = ANYTHING
    ) -> None:
        self._page = page
        self._textpage = textpage
        self._text_handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self._scanner = scanner
        self._content = content
        self._objects: PageObjects | None = None
        self._verdicts: dict[int, Verdict] = {}
        self._pictures: dict[int, Picture] = {}
        self._paints: list[Paint] = []
        self._clips = False
        self._text = ""
        self.boxed = False

    @property
    def objects(self) -> PageObjects:
        """What is painted on the page; asked for only where it is needed."""
        if self._objects is None:
            self._objects = self._scanner.scan(self._page)
        return self._objects

    def hidden(self, text: str, stretches: Sequence[Stretch], frame: Frame) -> dict[int, Part]:
        """Character index -> why it is not seen. Characters that are seen are not in it.

        `text` has a character for each index; spaces, which leave no ink, are not judged.
        """
        self._text = text
        self._frame = frame
        content = self._content
        every = content.styled or content.layered
        clip = None
        if content.clipped:
            # Most clips hold all of the text under them, or end before the next text begins.
            every = every or self._scanner.cuts(self._page)
        elif not every:
            clip = self._clip_of_first(stretches)
        notes = self._notes()
        if content.painted:
            self._paints = _largest(self.objects)
        self._paints = [*self._paints, *notes]
        if not every and not self._paints and clip is None:
            return {}
        found: dict[int, Part] = {}
        doubts: dict[int, _Doubt] = {}
        for chars, box, _ in stretches:
            if (
                every
                or any(meet(paint.box, box) for paint in self._paints)
                or (clip is not None and outside(box, clip) and frame.meets(box))
            ):
                self._judge(chars[0], chars[-1] + 1, found, doubts)
        if doubts:
            self._draw(doubts, found, frame)
        scans = [p for p in self._paints if p.picture and fills(p.box, frame)]
        if scans and found:
            self._read_scan(scans, stretches, found, frame)
        return found

    def _read_scan(
        self,
        scans: list[Paint],
        stretches: Sequence[Stretch],
        found: dict[int, Part],
        frame: Frame,
    ) -> None:
        """Text that a scanner's program laid under or over the picture of the page.

        Where the picture shows ink the text stands for what is seen: Part.IMAGE. Where it shows
        none among text that does, somebody has painted over the picture and forgotten the text.
        """
        drawn = Ink(self._page, frame).drawing(self.objects)
        if drawn is None:
            return
        shown: list[int] = []
        blank: list[int] = []
        for chars, _, _ in stretches:
            laid = [i for i in range(chars[0], chars[-1] + 1) if found.get(i) in _LAID]
            inked = [self._is_inked(i, scans, drawn) for i in laid]
            for at, index in enumerate(laid):
                # A speck without ink is a thin sign or a box a little off, not a painted place.
                near = inked[max(0, at - 2) : at + 3]
                (shown if inked[at] or sum(near) * 2 >= len(near) else blank).append(index)
        found.update(dict.fromkeys(shown, Part.IMAGE))
        if shown and blank:
            self.boxed = True
            found.update(dict.fromkeys(blank, Part.INVISIBLE_TEXT))

    def _is_inked(self, index: int, scans: list[Paint], drawn: Drawing) -> bool:
        box = char_box(self._textpage, index)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(holds(s.box, x, y) for s in scans) and drawn.is_inked(box)

    def _clip_of_first(self, stretches: Sequence[Stretch]) -> Box | None:
        """The clip that the first text stands in: no later text is clipped any closer."""
        handle = self._text_object(stretches[0].chars[0]) if stretches else None
        if handle is None:
            return None
        clip, sure = self._scanner.clip(handle, None)
        # A clip of any other form counts as one that leaves nothing: each text is asked.
        self._clips = clip is not None
        return clip if sure or clip is None else NOWHERE

    def _notes(self) -> list[Paint]:
        """Annotations that may lie over text."""
        found = []
        for index in range(max(0, pdfium.FPDFPage_GetAnnotCount(self._page.raw))):
            note = pdfium.FPDFPage_GetAnnot(self._page.raw, index)
            if not note:
                continue
            rect = pdfium.FS_RECTF()
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if kind not in _THIN_NOTES and pdfium.FPDFAnnot_GetRect(note, rect):
                likely = kind in _THICK_NOTES
                left, right = sorted((rect.left, rect.right))
                bottom, top = sorted((rect.bottom, rect.top))
                box = (left, bottom, right, top)
                note_paint = Paint(_NOTE_ORDER, 0, box, None, nested=False, sure=False)
                found.append(note_paint._replace(likely=likely))
            pdfium.FPDFPage_CloseAnnot(note)
        return found

    def _text_object(self, index: int) -> int | None:
        handle: int | None = text_object(self._text_handle, index)
        return handle

    def _judge(
        self, first: int, last: int, found: dict[int, Part], doubts: dict[int, _Doubt]
    ) -> None:
        for index in range(first, last):
            handle = None if self._text[index].isspace() else self._text_object(index)
            if handle is None:
                continue
            verdict = self._verdicts.get(handle)
            if verdict is None:
                verdict = self._verdicts[handle] = self._verdict(handle)
            if verdict is _SEEN:
                continue
            if verdict.part is not None and not verdict.doubt:
                found[index] = verdict.part
                continue
            box = char_box(self._textpage, index)
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if verdict.clip is not None and not holds(verdict.clip, x, y):
                found[index] = Part.INVISIBLE_TEXT
                continue
            part, doubt, likely = verdict.part, verdict.doubt, False
            for paint in verdict.covers:
                if holds(paint.box, x, y):
                    if paint.sure and self._covers(paint, x, y):
                        found[index] = Part.COVERED_TEXT
                        self.boxed = self.boxed or not self._is_page(paint)
                        doubt = False
                        break
                    if not paint.sure:
                        part, doubt = Part.COVERED_TEXT, True
                        likely = likely or paint.likely
            if doubt and part is not None:
                likely = likely or part is Part.LAYER
                doubts[index] = _Doubt(part, box, handle, likely)

    def _verdict(self, handle: int) -> Verdict:
        text = self.objects.texts.get(handle)
        if text is None:
            return _SEEN
        if text.layer:
            return Verdict(Part.LAYER)
        look = self._scanner.look(handle, text)
        if look.mode in UNSEEN_MODES or look.tiny or look.alpha <= FAINT:
            return Verdict(Part.INVISIBLE_TEXT)
        box = self._scanner.bounds(handle, text.matrix)
        clip, doubt = text.clip, text.unsure or look.mixed or look.colour is None
        if self._clips or self._content.clipped or self._content.styled or text.clip is not None:
            clip, sure = self._scanner.clip(handle, text.matrix, text.clip)
            doubt = doubt or not sure
            if clip is not None and not outside(box, clip):
                clip = None
        part = Part.INVISIBLE_TEXT if doubt else None
        if self._in_doubtful_layer(handle, text):
            part, doubt = Part.LAYER, True
        return self._against(text, look, box, Verdict(part, (), doubt, clip))

    def _in_doubtful_layer(self, handle: int, text: Text) -> bool:
        """Whether a layer may be off that names do not tell: a form's own, a group of layers."""
        layers = self._scanner.layers
        if text.matrix is not None and (layers.off or layers.unsure):
            return True
        return (self._content.grouped or layers.unsure) and self._scanner.in_a_layer(handle)

    def _against(self, text: Text, look: Look, box: Box, so_far: Verdict) -> Verdict:
        """Judge one text against what is painted before and after it."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        ground: Colour | None = PAPER
        over = []
        for paint in self._paints:
            if paint.order < text.order:
                if holds(paint.box, x, y):
                    ground = paint.colour
            elif meet(paint.box, box):
                over.append(paint)
        part, doubt = so_far.part, so_far.doubt
        if look.colour is not None and look.mode not in STROKING_MODES:
            if ground is None:
                if part is None and min(look.colour) >= LIGHT:
                    part, doubt = Part.INVISIBLE_TEXT, True
            elif _alike(look.colour, ground):
                part, doubt = Part.INVISIBLE_TEXT, False
        if part is None and not over and so_far.clip is None:
            return _SEEN
        return Verdict(part, tuple(over), doubt, so_far.clip)

    def _covers(self, paint: Paint, x: float, y: float) -> bool:
        """Whether a rectangle or picture hides the point; a seal hides only under its ink."""
        if not paint.picture:
            return True
        picture = self._pictures.get(paint.handle)
        if picture is None:
            picture = self._pictures[paint.handle] = Picture(self._page, paint)
        left, bottom, right, top = paint.box
        return picture.opaque(
            (x - left) / max(right - left, 0.01), (top - y) / max(top - bottom, 0.01)
        )

    def _is_page(self, paint: Paint) -> bool:
        """Whether it is the picture of a scanned page, and no patch over a word."""
        return paint.picture and fills(paint.box, self._frame)

    def _draw(self, doubts: dict[int, _Doubt], found: dict[int, Part], frame: Frame) -> None:
        """Let a drawing tell; where none can be made, what is likely counts."""
        handles = {doubt.handle for doubt in doubts.values()}
        painted = drawable(self._page, handles, self.objects)
        changed = None
        if painted:
            changed = Ink(self._page, frame).without(painted, self.objects)
        for index, doubt in doubts.items():
            if changed is None or doubt.handle not in painted:
                unseen = doubt.likely
            else:
                unseen = not changed.at(doubt.box)
            if unseen:
                found[index] = doubt.part
                self.boxed = self.boxed or doubt.part is Part.COVERED_TEXT


def _largest(objects: PageObjects) -> list[Paint]:
    """The paints, in painting order; only the largest ones where there are too many to compare."""
    most = max(100, MOST_PAIRS // (len(objects.texts) + 1))
    if len(objects.paints) <= most:
        return objects.paints
    by_area = sorted(
        objects.paints,
        key=lambda p: (p.box[2] - p.box[0]) * (p.box[3] - p.box[1]),
        reverse=True,
    )
    return sorted(by_area[:most], key=lambda p: p.order)


def _alike(ink: Colour, ground: Colour) -> bool:
    """Whether the ink cannot be told from the ground."""
    return all(abs(one - other) < ALIKE for one, other in zip(ink, ground, strict=True))
