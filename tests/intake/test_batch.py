"""Three hundred files, twenty of which hang or kill the child that reads them."""

from pathlib import Path

from formats.budget import MIB, Limits
from intake.examine import Examiner
from intake.pipeline import Outcome, take_many
from models.kernel import audit, base, store
from models.kernel.home import Home
from tests.intake.files import gone, text_file
from tests.office import People
from tests.proof.hostile import paged

HONEST, HANGING, DEADLY = 280, 10, 10
LIMITS = Limits(seconds=2.0, seconds_per_page=0.1, memory=500 * MIB)


def test_twenty_bad_files_cost_the_others_nothing(home: Home, who: People, tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    for number in range(HONEST):
        text_file(folder, f"{number:03}.txt", f"第 {number} 号公示\n")
    endless, growing = paged.ENDLESS(), paged.CASES["own form.pdf"]()
    for number in range(HANGING):
        (folder / f"{number:02}5挂.pdf").write_bytes(endless + b"%%%d\n" % number)
    for number in range(DEADLY):
        (folder / f"{number:02}7崩.pdf").write_bytes(growing + b"%%%d\n" % number)
    with Examiner(home.temp, workers=2, limits=LIMITS) as examiner:
        results = take_many(home, [folder], who.drafter, examiner)
        pids = examiner.pids()
    assert gone(pids)
    assert [p for p in home.temp.iterdir() if p.is_dir()] == []
    assert {taken.outcome for taken in results} == {Outcome.KEPT}
    assert [t.path.name for t in results] == sorted(p.name for p in folder.iterdir())
    says = {taken.path.name: taken.says for taken in results}
    assert all("仍未完成" in said for name, said in says.items() if "挂" in name)
    # Memory or time, whichever is used up first.
    assert all("中断" in s or "仍未完成" in s for name, s in says.items() if "崩" in name)
    assert not [name for name, said in says.items() if name.endswith(".txt") and "没有读全" in said]
    rows = base.fetch("SELECT original_sha256 FROM document")
    assert len(rows) == len(set(rows)) == HONEST + HANGING + DEADLY
    assert all(store.intact(home, sha256) for (sha256,) in rows)
    assert audit.verify().ok
