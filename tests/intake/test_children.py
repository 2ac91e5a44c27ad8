"""Children that hang, die, eat memory or speak nonsense; none outlives its parent."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from detection.report import Status
from formats.budget import MIB, Limits
from formats.reading import TroubleCode
from intake.child import Child
from intake.examine import Cancelled, Examiner
from intake.frames import BrokenFrame, Frame
from tests.intake.files import gone, slow_file, text_file, trouble

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temp")


# Seconds that the good files never need, on a machine that does other things, and the bad exceed.
SHORT = Limits(seconds=3.0)


def test_too_slow_a_file_is_stopped_and_the_next_one_goes(temp: Path, tmp_path: Path) -> None:
    slow, quick = slow_file(tmp_path, 200_000), text_file(tmp_path)
    with Examiner(temp, workers=1, limits=SHORT) as examiner:
        began = time.monotonic()
        report = examiner.examine(slow)
        assert time.monotonic() - began < 20
        assert trouble(report) is TroubleCode.TIMEOUT
        assert report.sha256 is not None
        assert report.size == slow.stat().st_size
        assert examiner.examine(quick).status is Status.READ


def test_no_file_pays_for_loading_what_examines_it() -> None:
    script = (
        "import sys\n"
        "from intake import worker\n"
        "worker.load([])\n"
        "before = set(sys.modules)\n"
        "from detection import begin_batch, examine, scan\n"
        "sys.exit(' '.join(sorted(sys.modules.keys() - before)))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert loaded.stderr.strip() == ""


def test_no_file_pays_for_the_planted_hits(
    temp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, ask = [], Child.ask

    def heard(child: Child, head: Mapping[str, Any]) -> Iterator[Frame]:
        asked.append(head["op"])
        return ask(child, head)

    monkeypatch.setattr(Child, "ask", heard)
    path = text_file(tmp_path)
    with Examiner(temp, workers=1) as examiner:
        assert [examiner.examine(path).status for _ in range(2)] == [Status.READ] * 2
        assert asked == ["canaries", "examine", "examine"]
        assert examiner.begin_batch() == ""
        examiner.examine(path)
        assert asked[3:] == ["canaries", "canaries", "examine"]


@posix
def test_a_hung_child_is_killed_and_replaced(temp: Path, tmp_path: Path) -> None:
    path = text_file(tmp_path)
    with Examiner(temp, workers=1, limits=SHORT) as examiner:
        assert examiner.examine(path).status is Status.READ
        hung = examiner.pids()
        for pid in hung:
            os.kill(pid, signal.SIGSTOP)
        assert trouble(examiner.examine(path)) is TroubleCode.TIMEOUT
        assert examiner.examine(path).status is Status.READ
        assert gone(hung)


@posix
def test_a_child_killed_from_outside_costs_one_file(temp: Path, tmp_path: Path) -> None:
    slow, quick = slow_file(tmp_path), text_file(tmp_path)
    with Examiner(temp, workers=1) as examiner:
        examiner.examine(quick)
        (victim,) = examiner.pids()
        threading.Timer(0.3, os.kill, (victim, signal.SIGKILL)).start()
        assert trouble(examiner.examine(slow)) is TroubleCode.CRASHED
        assert examiner.examine(quick).status is Status.READ
        assert victim not in examiner.pids()


@posix
def test_a_child_killed_while_idle_costs_nothing(temp: Path, tmp_path: Path) -> None:
    path = text_file(tmp_path)
    with Examiner(temp, workers=1) as examiner:
        for _ in range(3):
            assert examiner.examine(path).status is Status.READ
            for pid in examiner.pids():
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.5)  # a busy machine takes a while to end a process


def test_memory_has_a_limit(temp: Path, tmp_path: Path) -> None:
    path = text_file(tmp_path, text="".join(f"{n:09} 号\n" for n in range(3_000_000)))
    with Examiner(temp, workers=1, limits=Limits(memory=400 * MIB)) as examiner:
        report = examiner.examine(path)
        assert trouble(report) in (TroubleCode.TOO_BIG, TroubleCode.CRASHED)
        assert examiner.examine(text_file(tmp_path)).status is Status.READ


def test_cancel_stops_a_file_under_way(temp: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    with Examiner(temp, workers=1) as examiner:
        examiner.examine(text_file(tmp_path))
        threading.Timer(0.3, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            examiner.examine(slow_file(tmp_path), stop=stop)
        assert time.monotonic() - began < 20
        assert examiner.examine(text_file(tmp_path)).status is Status.READ


def test_close_in_the_middle_ends_everything(temp: Path, tmp_path: Path) -> None:
    slow = slow_file(tmp_path)
    examiner = Examiner(temp, workers=2)
    examiner.examine(text_file(tmp_path))
    pids = examiner.pids()
    outcomes: list[str] = []

    def work() -> None:
        try:
            examiner.examine(slow)
            outcomes.append("done")
        except Cancelled:
            outcomes.append("cancelled")

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    began = time.monotonic()
    examiner.close()
    for thread in threads:
        thread.join()
    assert time.monotonic() - began < 20
    assert outcomes == ["cancelled"] * 5
    assert gone(pids)
    assert examiner.pids() == ()
    with pytest.raises(Cancelled):
        examiner.examine(slow)
    examiner.close()


def test_many_threads_share_the_children(examiner: Examiner, tmp_path: Path) -> None:
    paths = [text_file(tmp_path, f"{n}.txt", f"第 {n} 号公示\n" * 50) for n in range(40)]
    titles: dict[int, int] = {}

    def work(start: int) -> None:
        for number in range(start, 40, 8):
            titles[number] = examiner.examine(paths[number]).size

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert titles == {n: paths[n].stat().st_size for n in range(40)}


def test_a_look_does_not_wait_for_examinations(temp: Path, tmp_path: Path) -> None:
    slow, quick = slow_file(tmp_path, 200_000), text_file(tmp_path)
    ended: list[Path] = []
    with Examiner(temp, workers=1) as examiner:
        stop = threading.Event()

        def work() -> None:
            while not stop.is_set():
                with suppress(Cancelled):
                    examiner.examine(slow, stop=stop)
                    ended.append(slow)

        thread = threading.Thread(target=work)
        examiner.view(quick)
        thread.start()
        time.sleep(0.2)
        assert examiner.view(quick).total > 0
        assert ended == []
        stop.set()
        thread.join()


def test_a_worn_child_is_replaced(
    temp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.crew.FILES_PER_CHILD", 3)
    path = text_file(tmp_path)
    with Examiner(temp, workers=1) as examiner:
        seen = set()
        for _ in range(9):
            assert examiner.examine(path).status is Status.READ
            seen.update(examiner.pids())
        assert len(seen) >= 3


def test_broken_office_rules_are_said_and_the_file_is_not_blamed(
    temp: Path, tmp_path: Path
) -> None:
    rules = tmp_path / "本单位.toml"
    rules.write_text("this is not toml =", encoding="utf-8")
    with Examiner(temp, workers=1, rules=[rules]) as examiner:
        report = examiner.examine(text_file(tmp_path))
        assert report.sha256 is None
        assert "本单位" in report.troubles[0].text
        examiner.use_rules([])
        assert examiner.examine(text_file(tmp_path)).status is Status.READ


def test_no_child_means_a_sentence_not_a_hang(
    temp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.child.command", lambda: [str(tmp_path / "nothing")])
    with Examiner(temp, workers=1) as examiner:
        report = examiner.examine(text_file(tmp_path))
        assert report.sha256 is None
        assert "无法启动" in report.troubles[0].text


@pytest.mark.parametrize("script", ["import sys; sys.exit(1)", "print('hello'*1000)"])
def test_children_that_speak_nonsense_are_given_up(
    temp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr("intake.child.command", lambda: [sys.executable, "-c", script])
    with Examiner(temp, workers=1) as examiner:
        report = examiner.examine(text_file(tmp_path))
        assert report.sha256 is None
        assert "无法启动" in report.troubles[0].text


def test_no_files_are_left_in_temp(tmp_path: Path) -> None:
    temp = tmp_path / "temp"
    with Examiner(temp, workers=2) as examiner:
        examiner.examine(text_file(tmp_path))
        examiner.view(text_file(tmp_path))
        assert list(temp.iterdir())
    assert list(temp.iterdir()) == []


@posix
def test_children_die_with_a_killed_parent_and_their_files_are_swept(tmp_path: Path) -> None:
    temp = tmp_path / "temp"
    path = slow_file(tmp_path)
    script = (
        "import sys, threading, time\n"
        "from pathlib import Path\n"
        "from intake.examine import Examiner\n"
        "examiner = Examiner(Path(sys.argv[1]), workers=2)\n"
        "examiner.rulebook\n"
        "work, path = examiner.examine, Path(sys.argv[2])\n"
        "threading.Thread(target=work, args=(path,), daemon=True).start()\n"
        "time.sleep(0.2)\n"
        "print(*examiner.pids(), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(temp), str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pids = tuple(int(pid) for pid in parent.stdout.readline().split())
        assert len(pids) == 2
        parent.kill()
        parent.wait()
    assert gone(pids)
    assert list(temp.iterdir())
    with Examiner(temp, workers=1) as examiner:
        assert examiner.rulebook
    assert list(temp.iterdir()) == []


def test_a_broken_answer_is_a_crash(
    temp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BrokenFrame

    monkeypatch.setattr("intake.answers.Answer.take", refuse)
    with Examiner(temp, workers=1) as examiner:
        assert trouble(examiner.examine(text_file(tmp_path))) is TroubleCode.CRASHED
