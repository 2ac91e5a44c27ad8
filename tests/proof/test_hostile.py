"""Files made to hurt: each is refused or read within seconds, and the next file is read as ever.

All go through the same children as an officer's files, with the limits an officer has, but for
smaller bombs.
"""

import os
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from detection.report import Status
from formats import opening
from formats.budget import Limits
from formats.reading import Part, TroubleCode
from intake.examine import Examiner
from tests.intake.files import gone
from tests.proof.hostile import compound, markup, paged, pictured, sheets, written, zipped
from tests.proof.specimens import SPECIMENS

# An officer's limit, here in processor time: how busy this machine is does not matter. Most need a
# few; unhindered, these files take minutes or for ever.
SECONDS = 60.0
LIMITS = Limits(seconds=10 * SECONDS, opened_bytes=200 * 1024 * 1024)
CASES = {
    **zipped.CASES, **markup.CASES, **pictured.CASES, **paged.CASES, **compound.CASES,
    **sheets.CASES, **written.CASES,
}  # fmt: skip
# pdfium itself follows forms in forms until the memory is used up: only the child dies of it.
DEADLY = {"own form.pdf", "forms in forms.pdf"}
PACKAGES = {
    "docx": SPECIMENS["table.docx"],
    "xlsx": SPECIMENS["rows.xlsx"],
    "pptx": SPECIMENS["slide.pptx"],
    "ofd": SPECIMENS["page.ofd"],
}
# One part of each role: what is read first, what leads on, what holds the text.
PARTS = {
    "docx": ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/header1.xml"),
    "xlsx": (
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml",
        "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
    ),
    "pptx": ("[Content_Types].xml", "ppt/presentation.xml", "ppt/slides/slide1.xml"),
    "ofd": ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"),
}  # fmt: skip


@pytest.fixture(scope="module")
def examiner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examiner]:
    """One child, so that a hung or dead one would be noticed by the next file."""
    temp = tmp_path_factory.mktemp("hostile") / "temp"
    with Examiner(temp, workers=1, limits=LIMITS) as made:
        yield made
        pids = made.pids()
    assert gone(pids)
    assert list(temp.iterdir()) == []


def used(examiner: Examiner) -> float:
    """Processor seconds of all children so far, of those that are alive where the system tells."""
    ended = os.times()
    total = ended.children_user + ended.children_system
    for pid in examiner.pids():
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            ticks = stat.read_text().rpartition(")")[2].split()[11:13]
            total += sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    return total


def survives(examiner: Examiner, data: bytes, name: str, folder: Path) -> None:
    path = folder / f"a{Path(name).suffix}"
    path.write_bytes(data)
    began = used(examiner)
    report = examiner.examine(path, name=name)
    took = used(examiner) - began
    codes = {t.code for t in report.troubles}
    assert report.status in {Status.READ, Status.PARTLY, Status.UNREADABLE}
    assert name in DEADLY or TroubleCode.CRASHED not in codes
    assert TroubleCode.TIMEOUT not in codes
    assert took < SECONDS
    assert all(t.text.endswith("。") for t in report.troubles)
    good = folder / "好.txt"
    good.write_text("关于清理沟渠的通知\n", encoding="utf-8")
    assert examiner.examine(good).status is Status.READ


@pytest.mark.parametrize("name", CASES)
def test_is_refused_or_read_and_the_batch_goes_on(
    name: str, examiner: Examiner, tmp_path: Path
) -> None:
    survives(examiner, CASES[name](), name, tmp_path)


@pytest.mark.parametrize("attack", [*markup.ATTACKS, "bomb", "a bomb that lies"])
@pytest.mark.parametrize(("kind", "part"), [(k, p) for k, parts in PARTS.items() for p in parts])
def test_an_attack_in_a_part_of_a_package(
    kind: str, part: str, attack: str, examiner: Examiner, tmp_path: Path
) -> None:
    package = PACKAGES[kind]
    with zipfile.ZipFile(BytesIO(package)) as archive:
        honest = archive.read(part)
    if attack in markup.ATTACKS:
        data = zipped.with_part(package, part, markup.ATTACKS[attack](honest))
    else:
        data = zipped.with_bomb(package, part, claimed=1024 if "lies" in attack else zipped.BOMB)
    survives(examiner, data, f"a.{kind}", tmp_path)


NAMES = ("合同\u202efdp", "a\x07b\x1b[31m", "\u200b\ufeff名", "a\nb", "x" * 200)


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_an_evil_name_is_told_and_never_shown(
    specimen: str, examiner: Examiner, tmp_path: Path
) -> None:
    """Control characters and turned writing in the name of a file of each format."""
    suffix = Path(specimen).suffix
    path = tmp_path / f"a{suffix}"
    path.write_bytes(SPECIMENS[specimen])
    for stem in NAMES:
        name = f"{stem}{suffix}"
        reading = examiner.read(path, name=name)
        told = {t.code for t in reading.troubles}
        assert (TroubleCode.BAD_NAME in told) == (opening.shown(name) != name)
        texts = [s.text for s in reading.segments if s.place.part is Part.NAME]
        assert texts[0] == opening.shown(name)
        assert not any(c in texts[0] for c in "\u202e\x07\x1b\n\u200b")
