"""LibreOffice as the converter of last resort: inside the budget, leaving nothing, never needed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from detection.report import Status
from formats.budget import Limits
from formats.reading import Kind, Part, TroubleCode, Unreadable
from intake import child, conversion
from intake.examine import Examiner
from intake.outcomes import fingerprint
from tests.build.libreoffice import convert, needs_impress, with_libreoffice
from tests.build.ppt import ppt, wide
from tests.build.slides import Slide, pptx, table, text
from tests.build.xlsb import xlsb
from tests.intake.files import gone, trouble

NUMBER = "450321199001010014"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and /proc are Linux's")


def old_slides(folder: Path, *slides: Slide) -> Path:
    """A presentation in the old binary form, written by LibreOffice."""
    made = folder / "汇报.pptx"
    made.write_bytes(pptx(*slides))
    found = convert(made, "ppt", folder)
    made.unlink()
    return found


@pytest.fixture(scope="module")
def report_slides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shown = Slide(text(f"号码 {NUMBER}") + table(("表格里的字", "第二格")), notes="备注里的字")
    return old_slides(
        tmp_path_factory.mktemp("slides"), shown, Slide(text("藏起来的字"), 'show="0"')
    )


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    return tmp_path / "temp"


@pytest.fixture
def examiner(temp: Path) -> Iterator[Examiner]:
    with Examiner(temp, workers=1) as made:
        yield made


class TestOldSlides:
    """A .ppt, which no reader of ours opens."""

    pytestmark = needs_impress

    def test_they_are_examined_as_what_the_copy_holds(
        self, examiner: Examiner, report_slides: Path
    ) -> None:
        report = examiner.examine(report_slides)
        assert (report.kind, report.status) == (Kind.PPT, Status.PARTLY)
        assert report.sha256 == fingerprint(report_slides)[1]
        assert report.troubles[0].code is TroubleCode.CONVERTED
        (found,) = [f for f in report.findings if f.rule == "id-number"]
        assert (found.text, found.visible, found.place.page) == (NUMBER, True, 1)

    @pytest.mark.place("ppt", "正文（经本机 LibreOffice 转换）", visible=True)
    @pytest.mark.place("ppt", "表格（经本机 LibreOffice 转换）", visible=True)
    @pytest.mark.place("ppt", "备注（经本机 LibreOffice 转换）", visible=False)
    @pytest.mark.place("ppt", "隐藏的幻灯片（经本机 LibreOffice 转换）", visible=False)
    def test_each_place_is_read_as_what_it_is(
        self, examiner: Examiner, report_slides: Path
    ) -> None:
        whole = examiner.read(report_slides)
        assert (whole.kind, whole.partial, whole.pages) == (Kind.PPT, True, 2)
        names = [s.text for s in whole.segments if s.place.part is Part.NAME]
        assert names == [report_slides.name]
        places = {s.text: (s.place.part, s.place.page, s.visible) for s in whole.segments}
        assert places["表格里的字"] == (Part.TABLE, 1, True)
        assert places["备注里的字"] == (Part.NOTES, 1, False)
        assert places["藏起来的字"] == (Part.HIDDEN, 2, False)

    def test_a_view_is_converted_once(self, examiner: Examiner, report_slides: Path) -> None:
        whole = examiner.read(report_slides)
        for first in range(len(whole.segments)):
            view = examiner.view(report_slides, first=first, count=1)
            assert view.segments == whole.segments[first : first + 1]
            assert view.kind is Kind.PPT

    def test_nothing_is_left_and_the_original_is_not_touched(
        self, temp: Path, report_slides: Path
    ) -> None:
        before = report_slides.read_bytes()
        with Examiner(temp, workers=1) as examiner:
            examiner.examine(report_slides)
        assert list(temp.iterdir()) == []
        assert list(report_slides.parent.glob(".~lock*")) == []
        assert report_slides.read_bytes() == before

    def test_a_secret_mark_in_them_leaves_no_trace(self, temp: Path, tmp_path: Path) -> None:
        path = old_slides(tmp_path, Slide(text("机密★10年")))
        with Examiner(temp, workers=1) as examiner:
            report = examiner.examine(path)
        assert (report.status, report.sha256, report.characters) == (Status.STOPPED, None, 0)
        assert list(temp.iterdir()) == []

    def test_past_its_time_it_is_killed(self, temp: Path, report_slides: Path) -> None:
        limits = Limits(seconds=0.3)
        with conversion.copied(report_slides, Kind.PPT, temp, limits, []) as copy:
            assert copy is None
            assert not _working_in(temp)
        assert list(temp.iterdir()) == []

    def test_a_person_can_stop_it(self, temp: Path, report_slides: Path) -> None:
        stop = threading.Event()
        stop.set()
        with conversion.copied(report_slides, Kind.PPT, temp, Limits(), [stop]) as copy:
            assert copy is None
            assert not _working_in(temp)


@with_libreoffice
@pytest.mark.place("xlsb", "单元格（经本机 LibreOffice 转换）", visible=True)
@pytest.mark.place("xlsb", "工作表名（经本机 LibreOffice 转换）", visible=True)
def test_a_binary_workbook_is_examined_through_a_copy(examiner: Examiner, tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsb"
    path.write_bytes(xlsb("姓名", NUMBER))
    report = examiner.examine(path)
    assert (report.kind, report.status) == (Kind.XLSB, Status.PARTLY)
    (found,) = [f for f in report.findings if f.rule == "id-number"]
    assert (found.text, found.place.sheet, found.place.cell) == (NUMBER, "名单", "B1")


def test_without_libreoffice_it_says_what_to_do(
    examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slides = tmp_path / "汇报.ppt"
    slides.write_bytes(ppt(wide(f"号码 {NUMBER}")))
    monkeypatch.setenv("PATH", "")
    assert conversion.program() is None
    report = examiner.examine(slides)
    assert (trouble(report), report.kind) == (TroubleCode.NOT_SUPPORTED, Kind.PPT)
    assert "另存为 .pptx" in report.troubles[0].text
    with pytest.raises(Unreadable, match="not-supported"):
        examiner.read(slides)


@LINUX
def test_a_launched_program_reaches_no_network() -> None:
    if subprocess.run(["unshare", "-Un", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this kernel gives no network of one's own")
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = (
            "import socket, sys\n"
            f"sys.exit(socket.socket().connect_ex(('127.0.0.1', {server.getsockname()[1]})))"
        )
        free = subprocess.run([sys.executable, "-c", reach], check=False)
        words = _launched(str(os.getpid()), sys.executable, "-c", reach)
        shut = subprocess.run(words, check=False, env=_tree())
    assert (free.returncode, shut.returncode != 0) == (0, True)


@LINUX
def test_a_launched_program_dies_with_its_parent() -> None:
    code = (
        "import os, subprocess, sys, time\n"
        "words = [str(os.getpid()) if word == 'PARENT' else word for word in sys.argv[1:]]\n"
        "print(subprocess.Popen(words).pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    words = _launched("PARENT", "sleep", "60")
    parent = subprocess.Popen(
        [sys.executable, "-c", code, *words], stdout=subprocess.PIPE, text=True, env=_tree()
    )
    assert parent.stdout is not None
    started = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert gone((started,))


def _tree() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def _launched(parent: str, program: str, *words: str) -> list[str]:
    found = shutil.which(program)
    assert found is not None
    fence = ["1000000000", "1000000", "20", parent]
    return [*child.command(child.LAUNCH_ARGUMENT), *fence, found, *words]


def _working_in(folder: Path, seconds: float = 2.0) -> list[str]:
    """The command lines of processes that name the folder, after they had time to go."""
    end = time.monotonic() + seconds
    while found := [line for line in _command_lines() if str(folder) in line]:
        if time.monotonic() > end:
            return found
        time.sleep(0.05)
    return []


def _command_lines() -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
