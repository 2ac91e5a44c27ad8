"""A picture file as segments: what is written on each page, then what the file carries unseen."""

import contextlib
import io
from typing import Any, BinaryIO

from PIL import Image, ImageChops

from formats import ocr
from formats.budget import Budget
from formats.pictures import blocks, exif, extras, notes, tails
from formats.pictures.decoding import LIES, drawing, opened, points, refuse_bomb
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.sniff import sniff_stream

LOST = "图片只读了前 {} 页（帧），以后的已损坏或者帧数过多。请用看图软件打开，逐帧查看。"
DAMAGED = "图片已损坏，打不开。请用看图软件打开并另存，或向来源重新索取。"
_BROKEN_NOTES = "图片附带的说明有损坏，没有读全。请另存为新图片后再公开。"
# Frames of an animation are compared as grey pictures of this size, each with the latest shown.
_GLANCE = (160, 160)
_COMPARED = 12
_MOST_BROKEN = 1000
# A recorded screen has hundreds of frames; a person will not look at more than this.
_MOST_FRAMES = 100
# The greatest difference of a dot, of 255, that lossy frames of one picture have.
_SAME = 28


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All pages of one picture file. Raises Unreadable: DAMAGED, TOO_BIG.

    `pages` counts pages or frames; `image_pages` are those a person must look at.
    """
    source.seek(0)
    data = source.read()
    try:
        with opened(data) as image:
            refuse_bomb(image)
            count = _frames(image, budget.limits.pages)
            budget.check_pages(count)
            shown, lost = _shown(image, count, budget)
    except LIES:
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from None
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    for number, (width, height) in shown.items():
        found = ocr.text_of(
            budget,
            drawing(data, number),
            Place(Part.IMAGE, page=number + 1),
            frame=(0.0, 0.0, width, height),
        )
        segments += found.segments
        troubles += found.troubles
    troubles = ocr.together(troubles, count)
    if lost:
        troubles.append(Trouble(TroubleCode.DAMAGED, LOST.format(len(shown)), Place(Part.IMAGE)))
    for more in (beside(data, budget), tails.behind(data, kind, budget)):
        segments += more.segments
        troubles += more.troubles
    return Reading(
        kind,
        tuple(segments),
        tuple(troubles),
        count,
        bool(troubles),
        tuple(number + 1 for number in shown),
    )


def beside(data: bytes, budget: Budget, place: Place | None = None) -> ocr.PictureText:
    """What a picture carries beside its pixels: camera data, descriptions, comments, thumbnails,
    pixels under full transparency.

    `place` is the picture's place in a document, None for a file of its own.
    """
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    for reader in (exif.read, notes.read, blocks.read):
        segments += [s._replace(place=_within(s.place, place)) for s in reader(data)]
    budget.spend_segments(len(segments))
    if any(segment.note.endswith(notes.BROKEN) for segment in segments):
        where = place or Place(Part.METADATA)
        troubles.append(Trouble(TroubleCode.DAMAGED, _BROKEN_NOTES, where))
    if place is not None:
        kept = tails.behind(data, sniff_stream(io.BytesIO(data), "").kind, budget)
        segments += [s._replace(place=_inside(s.place, place)) for s in kept.segments]
        troubles += [Trouble(t.code, t.text, place) for t in kept.troubles]
    for more in (extras.thumbnails(data, budget), extras.transparent(data, budget)):
        segments += [s._replace(place=_within(s.place, place)) for s in more.segments]
        troubles += [
            Trouble(t.code, t.text, _within(t.place or Place(Part.IMAGE), place))
            for t in more.troubles
        ]
    return ocr.PictureText(tuple(segments), tuple(troubles))


def _inside(inner: Place, outer: Place) -> Place:
    """The place of a file behind a picture of a document."""
    member = "/".join(x for x in (outer.path or outer.member, inner.member) if x)
    return inner._replace(part=Part.EMBEDDED, member=member, page=outer.page)


def _within(inner: Place, outer: Place | None) -> Place:
    if outer is None:
        return inner
    path = "/".join(x for x in (outer.path, inner.path) if x)
    return outer._replace(
        part=inner.part, path=path or None, paragraph=inner.paragraph or outer.paragraph, box=None
    )


def _frames(image: Any, most: int) -> int:
    """How many pages or frames; where the chain of them is broken, those before the break.

    More than `most` are not counted: in a TIFF that alone takes minutes.
    """
    try:
        if image.format == "TIFF":
            return _walked(image, most)
        return int(getattr(image, "n_frames", 1))
    except LIES:
        count = 1
        with contextlib.suppress(*LIES):
            while count < _MOST_BROKEN:
                image.seek(count)
                count += 1
        # One more, which cannot be read: the reader then says that pages are lost.
        return count + 1


def _shown(image: Any, count: int, budget: Budget) -> tuple[dict[int, tuple[float, float]], bool]:
    """The frames (from 0) that differ from the latest before, with the size of each in points, and
    whether later ones were lost. Raises Unreadable(TOO_BIG)."""
    sizes: dict[int, tuple[float, float]] = {}
    seen: list[Image.Image] = []
    moving = image.format in ("GIF", "WEBP", "PNG") and count > 1
    for number in range(count):
        try:
            image.seek(number)
            refuse_bomb(image)
            if moving:
                budget.spend_bytes(image.width * image.height)
                glance = image.convert("L").resize(_GLANCE, Image.Resampling.BOX)
                if any(_same(glance, other) for other in seen):
                    continue
                seen = [*seen[1 - _COMPARED :], glance]
                if len(sizes) == _MOST_FRAMES:
                    return sizes, True
            sizes[number] = points(image)
        except LIES:
            # What can be seen of it is for the recogniser to say; the frames behind it are lost.
            sizes[number] = points(image)
            return sizes, True
    return sizes, False


def _same(one: Image.Image, other: Image.Image) -> bool:
    far: Any = ImageChops.difference(one, other).getextrema()
    return bool(far[1] <= _SAME)


def _walked(image: Any, most: int) -> int:
    """Pages counted one by one, until there are no more or one too many."""
    for number in range(1, most + 1):
        try:
            image.seek(number)
        except EOFError:
            return number
    return most + 1
