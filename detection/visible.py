"""What a reader sees of a file: its title, and its text with personal findings masked."""

import re
from collections.abc import Sequence

from detection import masks
from detection.finding import Family, Finding
from detection.normal import plain
from formats.reading import Part, Place, Reading, Segment

_MASKED = frozenset({Family.PERSONAL, Family.SECRET})
_BESIDE = frozenset({Part.NAME, Part.PROPERTY, Part.HEADER, Part.FOOTER, Part.VARIABLE})
_LOOK_AT = 40
_LONGEST = 120
_SHORTEST = 4
_WRAPS = 3

_ENDINGS = (
    "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|公示|办法|方案|"
    "规定|细则|规划|计划|制度|预案|名单|名册|花名册|汇总表|一览表|统计表|明细表|登记表|指南|目录|清单|"
    "解读|总结|预算|决算|说明|决定书|告知书|协议|合同|记录|简报|讲话|章程|标准|条例|法|须知|表|台账"
)
_ENDS = re.compile(rf"(?:{_ENDINGS})(?:[(〔][^)〕]{{1,20}}[)〕])?$")

# What stands above the title of an official document (GB/T 9704, 版头).
_HEAD = re.compile(
    r"^(?:[0-9]{6}|份号.*|密级.*|特急|加急|特提|平急|急件|签发人.*|附件[0-9一二三四五六七八九十]{0,3}:?|"
    r".{0,30}(?:文件|政府令|通讯|信息公开网|人民政府|委员会|办公室|党政办|领导小组)|"
    r".{0,20}[〔\[(][0-9]{4}[〕\])].{0,6}号.{0,30}|索引号.*|.{1,8}:)$"
)


def title_of(reading: Reading) -> str:
    """The document's title as a person would give it; its file name where nothing looks like one.

    A title that is broken over up to three lines is put together. Long numbers in it are masked: it
    is kept in the catalogue.
    """
    return re.sub(r"\d{7,}[Xx]?", lambda m: "*" * len(m[0]), _guess(reading))


def _guess(reading: Reading) -> str:
    name = next((s.text for s in reading.segments if _is_name(s)), "")
    lines = _first_lines(reading.segments)
    for number, line in enumerate(lines):
        folded = plain(line)
        if _HEAD.match(folded) or len(folded) < _SHORTEST:
            continue
        for count in range(1, _WRAPS + 1):
            whole = "".join(lines[number : number + count])
            if _ENDS.search(plain(whole)) and len(whole) <= _LONGEST:
                return whole
            if "关于" not in whole:
                break
        if "。" in line or len(line) > _LONGEST:
            break
    for line in lines[:3] if not _begins_with_heads(reading.segments) else ():
        if _SHORTEST <= len(line) <= 50 and "。" not in line and not _HEAD.match(plain(line)):
            return line
    return masks.one_line(name.rsplit("/", 1)[-1].rsplit(".", 1)[0], _LONGEST)


def _begins_with_heads(segments: Sequence[Segment]) -> bool:
    """Whether a table's heads come first: several cells stand in the first row that is seen."""
    seen = [s.place for s in segments if s.visible and s.place.part not in _BESIDE][:2]
    return len(seen) == 2 and seen[0].row is not None and seen[0].row == seen[1].row


def _is_name(segment: Segment) -> bool:
    return segment.place.part is Part.NAME and segment.place.member is None


def _first_lines(segments: Sequence[Segment]) -> list[str]:
    found: list[str] = []
    running = {Part.BODY, Part.TABLE, Part.CELL, Part.INSERTION, Part.TEXTBOX}
    for segment in segments:
        place = segment.place
        if not segment.visible or place.part not in running or place.member is not None:
            continue
        for line in segment.text.split("\n"):
            folded = "".join(line.split()) if len(line) < _LONGEST * 2 else line
            if folded:
                found.append(folded)
        if len(found) >= _LOOK_AT:
            break
    return found


def plain_of(reading: Reading, findings: Sequence[Finding]) -> str:
    """The visible text, a line a segment, with every personal finding masked."""
    spans: dict[Place, list[Finding]] = {}
    for finding in findings:
        if finding.family in _MASKED and finding.visible:
            spans.setdefault(finding.place, []).append(finding)
    lines = []
    for segment in reading.segments:
        if segment.visible:
            lines.append(_masked(segment.text, spans.get(segment.place, ())))
    return "\n".join(lines)


def _masked(text: str, findings: Sequence[Finding]) -> str:
    for finding in sorted(findings, key=lambda f: f.span, reverse=True):
        start, end = finding.span
        text = text[:start] + finding.masked + text[end:]
    return text
