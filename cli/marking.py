"""`mark`: a mark of the officer's own on a text of the current revision, as the window can."""

import argparse
from typing import NamedTuple

from cli import output, session, words
from cli.entry import DONE
from detection.as_json import place_json
from formats.reading import Place, Reading
from intake.examine import Examiner
from models import queries
from models.disclosure import findings
from models.kernel import store
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home

_TOLD = 10


class _Spot(NamedTuple):
    """One occurrence of the text that is to be marked."""

    place: Place
    span: tuple[int, int]


def mark(options: argparse.Namespace) -> int:
    """Mark a visible text: where it stands once, the one that is named, or all."""
    with session.catalogue(options) as home:
        officer = session.officer(options)
        detail = queries.document(options.id)
        with session.examiner(home, workers=1) as children:
            reading = _current(home, detail.revision, children)
        chosen = _chosen(reading, options)
        made = [
            findings.add_mark(options.id, spot.place, spot.span, options.text, officer)[0]
            for spot in chosen
        ]
        numbers = {f.id: f.number for f in queries.findings_of(options.id)}
    if options.json:
        output.document(
            {
                "id": options.id,
                "marks": [
                    {
                        "id": f"f{numbers[each]}",
                        "place": {**place_json(spot.place), "span": [*spot.span]},
                    }
                    for each, spot in zip(made, chosen, strict=True)
                ],
            }
        )
    else:
        for each, spot in zip(made, chosen, strict=True):
            output.say(f"已加标记 f{numbers[each]}：{words.where(spot.place)}，意见是“删除”。")
    return DONE


def _current(home: Home, revision: queries.RevisionRow, children: Examiner) -> Reading:
    if not store.intact(home, revision.sha256):
        raise Unavailable(
            "没有加标记", "保存的原文件缺失或已被改动。请从备份恢复“originals”文件夹。"
        )
    return children.read(store.path_of(home, revision.sha256), name=revision.name)


def _chosen(reading: Reading, options: argparse.Namespace) -> list[_Spot]:
    """The occurrences to mark. Refused where there is none, or where it is not said which."""
    spots = _spots(reading, options.text, visible=True)
    if not spots and _spots(reading, options.text, visible=False):
        raise Refused("这些文字打开文件的人看不见，公开件里本来就不会有，不用加标记。")
    if not spots:
        raise Refused(f"编号 {options.id} 的文件里找不到这些文字。请核对文字，不要跨段落。")
    if options.all or (len(spots) == 1 and options.nth in {None, 1}):
        return spots
    if options.nth is not None and options.nth <= len(spots):
        return [spots[options.nth - 1]]
    told = [f"{n}、{words.where(s.place)}" for n, s in enumerate(spots[:_TOLD], 1)]
    raise Refused(
        f"这些文字在文件里有 {len(spots)} 处。请用 --nth 写明第几处，或者用 --all 全部标记。",
        *told,
        *(["……"] if len(spots) > _TOLD else []),
    )


def _spots(reading: Reading, text: str, *, visible: bool) -> list[_Spot]:
    found = []
    for segment in reading.segments:
        start = segment.text.find(text) if segment.visible is visible else -1
        while start >= 0:
            found.append(_Spot(segment.place, (start, start + len(text))))
            start = segment.text.find(text, start + len(text))
    return found
