"""A page of a picture file as it is shown on the review desk."""

from pathlib import Path

from PIL import Image

from formats.pictures.decoding import LIES, decoded, opened, points
from formats.reading import TroubleCode, Unreadable

_MOST_PIXELS = 60_000_000


def page_image(path: Path, page: int, scale: float) -> tuple[int, int, bytes]:
    """Width, height and RGB888 rows of page or frame `page` (from 1), upright and on white.

    `scale` 1.0 is 72 pixels an inch; one too great is lowered. Raises Unreadable.
    """
    try:
        with opened(path.read_bytes()) as image:
            image.seek(page - 1)
            wide, high = points(image)
            longest = round(max(wide, high) * scale)
            image.draft("RGB", (longest, longest))  # a JPEG is decoded smaller at once
            shown = decoded(image)
    except LIES:
        raise Unreadable(
            TroubleCode.DAMAGED, f"图片第 {page} 页画不出来，请用看图软件打开查看。"
        ) from None
    pixels = max(1.0, wide * scale) * max(1.0, high * scale)
    if pixels > _MOST_PIXELS:
        scale *= (_MOST_PIXELS / pixels) ** 0.5
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    if size != shown.size:
        shown = shown.resize(size, Image.Resampling.BOX if size < shown.size
                             else Image.Resampling.BICUBIC)  # fmt: skip
    return shown.width, shown.height, shown.tobytes()
