"""The examiner with real children and real hostile files."""

import io
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from detection.report import Status
from formats.budget import MIB, Limits
from formats.reading import Kind, TroubleCode, Unreadable
from intake.examine import Examiner
from tests.intake.files import docx_with, slow_file, text_file, trouble

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temp")


@pytest.fixture(scope="module")
def examiner(temp: Path) -> Iterator[Examiner]:
    with Examiner(temp, workers=2) as made:
        yield made


def test_a_file_is_examined_in_another_process(examiner: Examiner, tmp_path: Path) -> None:
    path = text_file(tmp_path, text="覃小满，公民身份号码 450321199001010014，请公示。\n")
    report = examiner.examine(path)
    assert report.status is Status.READ
    assert report.kind is Kind.TXT
    assert report.size == path.stat().st_size
    assert report.rulebook == examiner.rulebook
    (found,) = [f for f in report.findings if f.rule == "id-number"]
    assert found.text == "450321199001010014"
    assert "450321199001010014" not in report.plain
    assert os.getpid() not in examiner.pids()


def test_read_and_view_agree(examiner: Examiner, tmp_path: Path) -> None:
    path = text_file(tmp_path, text="".join(f"第{n}行\n" for n in range(5000)))
    whole = examiner.read(path)
    assert len(whole.segments) >= 5000
    for first, count in ((0, 3000), (3000, 3000), (4990, 5), (10**9, 10), (0, 0)):
        view = examiner.view(path, first=first, count=count)
        assert view.segments == whole.segments[first : first + count]
        assert view.total == len(whole.segments)


def test_a_view_sees_that_the_file_has_changed(examiner: Examiner, tmp_path: Path) -> None:
    path = text_file(tmp_path, text="一\n二\n")
    before = examiner.view(path).total
    path.write_text("一\n二\n三\n四\n", encoding="utf-8")
    assert examiner.view(path).total == before + 2


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: folder / "没有.docx", TroubleCode.MISSING),
        (lambda folder: folder, TroubleCode.NOT_SUPPORTED),
        (lambda folder: text_file(folder, text=""), TroubleCode.EMPTY),
        (lambda folder: text_file(folder) / "inner.txt", TroubleCode.MISSING),
        (lambda folder: folder / ("长" * 300), TroubleCode.BAD_NAME),
        (lambda folder: Path("/dev/zero"), TroubleCode.NOT_SUPPORTED),
    ],
)
def test_what_cannot_be_opened_is_said_in_a_sentence(
    examiner: Examiner, tmp_path: Path, make: object, code: TroubleCode
) -> None:
    path = make(tmp_path)  # type: ignore[operator]  # the parameter's lambda
    report = examiner.examine(path)
    assert trouble(report) is code
    assert report.sha256 is None
    with pytest.raises(Unreadable):
        examiner.view(path)


@posix
def test_a_pipe_is_not_waited_for(examiner: Examiner, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    assert trouble(examiner.examine(tmp_path / "管道.txt")) is TroubleCode.NOT_SUPPORTED


def test_a_file_without_permission_is_said_in_a_sentence(
    examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = text_file(tmp_path)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything; the system's own answer stands in
        refusal = PermissionError(13, "Permission denied")
        monkeypatch.setattr(Path, "open", lambda *a, **k: (_ for _ in ()).throw(refusal))
    report = examiner.examine(path)
    monkeypatch.undo()
    assert trouble(report) is TroubleCode.IN_USE
    assert "权限" in report.troubles[0].text


def test_a_file_larger_than_the_limit_is_not_opened(temp: Path, tmp_path: Path) -> None:
    path = tmp_path / "大.bin"
    with path.open("wb") as file:
        file.truncate(50 * MIB)
    with Examiner(temp, workers=1, limits=Limits(file_bytes=MIB)) as examiner:
        report = examiner.examine(path)
        assert trouble(report) is TroubleCode.TOO_BIG
        assert report.sha256 is None


def test_a_growing_file_is_not_called_read(examiner: Examiner, tmp_path: Path) -> None:
    path = slow_file(tmp_path, lines=2_000)
    done = threading.Event()

    def grow() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not done.wait(0.01):
                file.write("又一行\n")
                file.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    report = examiner.examine(path)
    done.set()
    writer.join()
    assert trouble(report) is TroubleCode.IN_USE
    assert report.sha256 is None
    assert "变化" in report.troubles[0].text


def test_a_zip_bomb_is_refused(temp: Path, tmp_path: Path) -> None:
    path = tmp_path / "炸弹.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            with archive.open(f"{number}.txt", "w") as member:
                for _ in range(100):
                    member.write(b"0" * MIB)
    assert path.stat().st_size < 2 * MIB
    with Examiner(temp, workers=1, limits=Limits(opened_bytes=20 * MIB)) as examiner:
        report = examiner.examine(path)
    assert trouble(report) is TroubleCode.TOO_BIG


def test_a_zip_in_a_zip_in_a_zip_is_refused(examiner: Examiner, tmp_path: Path) -> None:
    data = b"x"
    for depth in range(12):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(f"{depth}.zip", data)
        data = stream.getvalue()
    path = tmp_path / "套.zip"
    path.write_bytes(data)
    report = examiner.examine(path)
    assert report.status in (Status.UNREADABLE, Status.PARTLY)


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 200_000,
        b"<a>" * 200_000 + b"</a>" * 200_000,
        b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 100_000 + b'"><!ENTITY c "' + b"&b;" * 5000
        + b'">]><a>&c;&c;&c;</a>',
        b"\x00\xff" * 1000,
        b"",
        b"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
    ],
    ids=["unclosed", "deep", "entities", "noise", "nothing", "outside"],
)  # fmt: skip
def test_hostile_xml_ends_in_a_sentence(examiner: Examiner, tmp_path: Path, body: bytes) -> None:
    report = examiner.examine(docx_with(tmp_path, "坏.docx", body))
    assert report.status in (Status.UNREADABLE, Status.PARTLY)
    assert report.troubles[0].text.endswith("。")


def test_nothing_of_a_file_reaches_a_log(
    examiner: Examiner, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    examiner.examine(text_file(tmp_path, "覃小满.txt", "450321199001010014\n"))
    examiner.examine(docx_with(tmp_path, "覃小满.docx", "覃小满450321199001010014".encode()))
    assert "覃小满" not in caplog.text
    assert "450321199001010014" not in caplog.text
