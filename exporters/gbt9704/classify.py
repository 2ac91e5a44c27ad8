"""Which element of an official document a paragraph is, told from its words and its place."""

import re
from dataclasses import dataclass

from exporters.gbt9704.elements import level_of
from exporters.gbt9704.layout import Paragraph

_ARABIC_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_CHINESE_DATE = re.compile(
    r"[一二][一二三四五六七八九〇○零ＯO]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
NUMBER = re.compile(
    r"^[^\d，。；：]{1,20}[\[［【(（〔〈]\s*\d{2,4}\s*[\]］】)）〕〉]\s*第?\s*\d{1,5}\s*号$"
)
_ATTACHMENT = re.compile(r"^附\s*件\s*\d{0,2}\s*[:：]?$")
_NOTE = re.compile(r"^[（(].{2,40}[）)]$")
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Elements:
    """The paragraphs of each element, in order; an element that is not there is empty."""

    before: tuple[Paragraph, ...] = ()
    number: tuple[Paragraph, ...] = ()
    title: tuple[Paragraph, ...] = ()
    addressee: tuple[Paragraph, ...] = ()
    levels: tuple[tuple[Paragraph, ...], ...] = ((), (), (), ())
    body: tuple[Paragraph, ...] = ()
    attachments_note: tuple[Paragraph, ...] = ()
    organ: tuple[Paragraph, ...] = ()
    date: tuple[Paragraph, ...] = ()
    note: tuple[Paragraph, ...] = ()
    attachment: tuple[Paragraph, ...] = ()
    record: tuple[Paragraph, ...] = ()


def is_date(text: str) -> bool:
    """A line that is nothing but a date, in any way of writing."""
    tight = re.sub(r"\s", "", text)
    return bool(_ARABIC_DATE.fullmatch(tight) or _CHINESE_DATE.fullmatch(tight))


def classify(paragraphs: tuple[Paragraph, ...]) -> Elements:
    """Sort the paragraphs that have text."""
    lines = [p for p in paragraphs if p.text]
    start, end = _title(lines)
    found: dict[str, list[Paragraph]] = {
        name: []
        for name in ("number", "addressee", "body", "attachments_note", "organ", "date", "note",
                     "attachment", "record")
    }  # fmt: skip
    levels: tuple[list[Paragraph], ...] = ([], [], [], [])
    found["number"] = [p for p in lines[:start] if NUMBER.match(p.text)]
    rest = lines[end:]
    dated = next((i for i, p in enumerate(rest) if is_date(p.text)), None)
    listing = False
    for index, paragraph in enumerate(rest):
        text = paragraph.text
        if index == 0 and text[-1] in "：:" and len(text) < 200 and level_of(text) is None:
            found["addressee"].append(paragraph)
        elif is_date(text):
            found["date"].append(paragraph)
        elif dated is not None and index == dated - 1 and len(text) <= 40 and "。" not in text:
            found["organ"].append(paragraph)
        elif _ATTACHMENT.match(text):
            found["attachment"].append(paragraph)
        elif re.match(r"^附\s*件\s*[:：]", text):
            found["attachments_note"].append(paragraph)
            listing = True
            continue
        elif listing and re.match(r"^\d{1,2}[.．、]", text):
            continue
        elif re.match(r"^(抄送|主送|主题词|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发)", text):
            found["record"].append(paragraph)
        elif dated is not None and index > dated and _NOTE.match(text):
            found["note"].append(paragraph)
        elif (level := _level(paragraph)) is not None:
            levels[level - 1].append(paragraph)
        elif paragraph.align not in {"center", "right"}:
            found["body"].append(paragraph)
        listing = False
    return Elements(
        before=tuple(lines[:start]),
        title=tuple(lines[start:end]),
        levels=tuple(tuple(level) for level in levels),
        **{name: tuple(those) for name, those in found.items()},
    )


def _title(lines: list[Paragraph]) -> tuple[int, int]:
    """First and past-the-last line of the title.

    The first centred lines before any running text that are no document number, no red mark;
    without any, the first short line without a full stop.
    """
    for index, paragraph in enumerate(lines[:15]):
        if paragraph.align != "center" and (
            paragraph.text[-1] in "。；：:" or len(paragraph.text) > 60
        ):
            break
        if paragraph.align == "center" and not _head(paragraph):
            end = index
            while (
                end < len(lines)
                and lines[end].align == "center"
                and not _head(lines[end])
                and lines[end].main.size == paragraph.main.size
                and sum(len(p.text) for p in lines[index : end + 1]) <= LONGEST_TITLE
            ):
                end += 1
            return index, max(end, index + 1)
    if lines and len(lines[0].text) <= 60 and lines[0].text[-1] not in "。；：":
        return 0, 1
    return 0, 0


def _head(paragraph: Paragraph) -> bool:
    """A line of the 版头: the red mark or the document's number."""
    return paragraph.main.colour in {"FF0000", "C00000"} or bool(NUMBER.match(paragraph.text))


def _level(paragraph: Paragraph) -> int | None:
    """A numbered line counts as a heading when it is short or begins in a face of its own."""
    text = re.sub(r"^\(([一二三四五六七八九十]+|\d+)\)", r"（\1）", paragraph.text)
    level = level_of(text)
    if level is None:
        return None
    short = len(text) <= 40 and text.rstrip("。")[-1:] not in "；，"
    return level if short or paragraph.first != paragraph.main else None
