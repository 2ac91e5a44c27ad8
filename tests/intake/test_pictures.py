"""The text on pictures through the examiner: one large child on demand, each page only once."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from detection.report import Status
from formats.budget import Limits
from formats.reading import Part, TroubleCode, Unreadable
from intake import crew
from intake.examine import Cancelled, Examiner
from tests.build import pictures as build
from tests.intake.files import text_file
from tests.sockets import Forbidden

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "450321199001010014"
posix = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temp")


@pytest.fixture(scope="module")
def examiner(temp: Path) -> Iterator[Examiner]:
    with Examiner(temp, workers=1) as made:
        yield made


def picture(folder: Path, *pages: str, name: str = "名单.tif") -> Path:
    images = [build.page([page]) for page in pages]
    path = folder / name
    path.write_bytes(build.encoded(images[0], "TIFF", save_all=True, append_images=images[1:]))
    return path


def large_child(examiner: Examiner, seconds: float = 20.0) -> int:
    """The process that reads pictures: the one with the networks in its memory."""
    before = set(examiner.pids())
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for pid in examiner.pids():
            maps = Path(f"/proc/{pid}/maps")
            if maps.exists() and "onnxruntime" in maps.read_text():
                return pid
        time.sleep(0.01)
    raise AssertionError(before)


def test_a_report_holds_what_is_on_a_picture(examiner: Examiner, tmp_path: Path) -> None:
    path = picture(tmp_path, f"ID {NUMBER}")
    report = examiner.examine(path)
    assert report.status is Status.READ
    assert (report.pages, report.image_pages, report.troubles) == (1, (1,), ())
    (found,) = [f for f in report.findings if f.rule == "id-number"]
    assert found.text == NUMBER
    assert found.place.part is Part.IMAGE
    assert 0 < found.certainty < 1
    assert NUMBER not in report.plain


def test_read_and_view_hold_it_too_and_nothing_is_recognised_twice(
    examiner: Examiner, tmp_path: Path
) -> None:
    path = picture(tmp_path, "FIRST PAGE", "SECOND PAGE")
    whole = examiner.read(path)
    assert [s.text for s in whole.segments] == ["名单.tif", "FIRST PAGE", "SECOND PAGE"]
    child = large_child(examiner)
    os.kill(child, signal.SIGKILL)
    copy = tmp_path / "copy.tif"
    copy.write_bytes(path.read_bytes())
    for each in (path, copy):
        view = examiner.view(each, name="名单.tif")
        assert view.segments == whole.segments
        report = examiner.examine(each, name="名单.tif")
        assert report.characters == whole.characters
    assert not any(
        "onnxruntime" in Path(f"/proc/{pid}/maps").read_text() for pid in examiner.pids()
    )


def test_other_files_need_no_large_child(temp: Path, tmp_path: Path) -> None:
    with Examiner(temp, workers=1) as examiner:
        assert examiner.examine(text_file(tmp_path)).status is Status.READ
        assert len(examiner.pids()) == 1


def test_pictures_may_be_left_to_people(temp: Path, tmp_path: Path) -> None:
    with Examiner(temp, workers=1, pictures=False) as examiner:
        report = examiner.examine(picture(tmp_path, NUMBER))
        assert report.status is Status.PARTLY
        assert [t.code for t in report.troubles] == [TroubleCode.NEEDS_OCR]
        assert len(examiner.pids()) == 1


@posix
def test_a_page_that_kills_its_child_is_given_up_and_the_others_are_read(
    temp: Path, tmp_path: Path
) -> None:
    path = picture(tmp_path, *(f"PAGE {n}" for n in range(1, 9)))
    with Examiner(temp, workers=1) as examiner:
        examiner.examine(text_file(tmp_path))

        def kill() -> None:
            child = large_child(examiner)
            time.sleep(0.8)  # it has loaded its networks and is at a page
            os.kill(child, signal.SIGKILL)

        thread = threading.Thread(target=kill)
        thread.start()
        report = examiner.examine(path)
        thread.join()
        read = examiner.read(path)
    lost = [t for t in read.troubles if t.code is TroubleCode.NEEDS_OCR]
    assert report.status in (Status.READ, Status.PARTLY)
    assert report.troubles == read.troubles
    pages = {s.place.page for s in read.segments if s.place.part is Part.IMAGE}
    assert len(pages) >= 7
    assert len(pages) + len(lost) == 8
    assert all(t.place and t.place.page not in pages and "识别" in t.text for t in lost)


@posix
def test_a_page_that_hangs_is_given_up(temp: Path, tmp_path: Path) -> None:
    path = picture(tmp_path, *(f"PAGE {n}" for n in range(1, 9)))
    # Only the page at which it hangs may run out of time, however busy the machine is.
    limits = Limits(seconds=20.0, seconds_per_picture=6.0)
    with Examiner(temp, workers=1, limits=limits) as examiner:
        examiner.examine(text_file(tmp_path))

        def stop() -> None:
            child = large_child(examiner)
            time.sleep(0.8)
            os.kill(child, signal.SIGSTOP)

        thread = threading.Thread(target=stop)
        thread.start()
        report = examiner.examine(path)
        thread.join()
        read = examiner.read(path)
    pages = {s.place.page for s in read.segments if s.place.part is Part.IMAGE}
    assert len(pages) >= 7
    assert len(report.troubles) <= 1


def test_waiting_for_a_picture_can_be_cancelled(temp: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    path = picture(tmp_path, *(["LONG"] * 40))
    with Examiner(temp, workers=1) as examiner:
        examiner.examine(text_file(tmp_path))
        threading.Timer(0.8, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            examiner.examine(path, stop=stop)
        assert time.monotonic() - began < 10


def test_an_idle_large_child_is_ended(
    temp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "IDLE_SECONDS", 0.5)
    with Examiner(temp, workers=1) as examiner:
        assert examiner.examine(picture(tmp_path, "ONE")).status is Status.READ
        assert len(examiner.pids()) == 2
        end = time.monotonic() + 10
        while len(examiner.pids()) > 1 and time.monotonic() < end:
            time.sleep(0.05)
        assert len(examiner.pids()) == 1
        time.sleep(0.7)
        assert len(examiner.pids()) == 1  # nobody starts another unasked
        assert examiner.examine(picture(tmp_path, "TWO")).status is Status.READ


def test_recognition_opens_no_socket(tmp_path: Path) -> None:
    net = Forbidden(tmp_path)
    path = picture(tmp_path, NUMBER)
    code = (
        "import sys\nfrom pathlib import Path\nfrom intake.examine import Examiner\n"
        "with Examiner(Path(sys.argv[1]), workers=1) as examiner:\n"
        "    print(examiner.examine(Path(sys.argv[2])).status.value)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "temp"), str(path)],
        cwd=ROOT,
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
        env=os.environ | net.environment,
    )
    assert done.stdout == "read\n", done.stderr
    assert net.opened() == []


def test_recognition_leaves_nothing_in_the_users_folders(tmp_path: Path) -> None:
    """onnxruntime would keep a number of the machine there, and what it wants to send."""
    user = tmp_path / "user"
    user.mkdir()
    code = (
        "import sys\nfrom pathlib import Path\nfrom intake.examine import Examiner\n"
        "with Examiner(Path(sys.argv[1]), workers=1) as examiner:\n"
        "    print(examiner.examine(Path(sys.argv[2])).status.value)\n"
    )
    folders = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA", "USERPROFILE")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "temp"), str(picture(tmp_path, NUMBER))],
        cwd=ROOT,
        check=False,
        timeout=120,
        capture_output=True,
        text=True,
        env=os.environ | dict.fromkeys(folders, str(user)),
    )
    assert done.stdout == "read\n", done.stderr
    assert list(user.rglob("*")) == []


@pytest.mark.parametrize("broken", [False, True])
def test_a_missing_or_broken_network_is_told_and_not_fetched(broken: bool, tmp_path: Path) -> None:
    """The package's own Python would fetch what is missing: it must not even be imported."""
    spec = importlib.util.find_spec("rapidocr")
    assert spec is not None
    assert spec.origin is not None
    networks = [path.name for path in (Path(spec.origin).parent / "models").glob("*.onnx")]
    assert networks
    package = tmp_path / "elsewhere" / "rapidocr"
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").write_text("import socket\nsocket.socket()\n", encoding="utf-8")
    for name in networks if broken else ():
        (package / "models" / name).write_bytes(b"not a network")
    net = Forbidden(tmp_path)
    paths = os.pathsep.join((str(package.parent), net.environment["PYTHONPATH"]))
    code = (
        "import sys\nfrom pathlib import Path\nfrom intake.examine import Examiner\n"
        "with Examiner(Path(sys.argv[1]), workers=1) as examiner:\n"
        "    found = examiner.examine(Path(sys.argv[2]))\n"
        "    print(found.status.value, *(t.text for t in found.troubles))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "temp"), str(picture(tmp_path, NUMBER))],
        cwd=ROOT,
        check=False,
        timeout=120,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | net.environment | {"PYTHONPATH": paths, "PYTHONUTF8": "1"},
    )
    assert done.stdout.startswith("partly "), done.stderr
    assert "图片" in done.stdout
    assert done.stdout.count("。") >= 1
    assert net.opened() == []


def test_a_page_picture_does_not_cost_the_reading(examiner: Examiner, tmp_path: Path) -> None:
    """Paging through a long text and looking at a page in between reads the text once."""
    path = text_file(tmp_path, text="".join(f"第{n}行，白石沟镇\n" for n in range(200_000)))
    began = time.monotonic()
    first = examiner.view(path, count=10)
    once = time.monotonic() - began
    again = []
    # What else the machine does may slow one of them, hardly all.
    for number in range(1, 4):
        examiner.page(pdf(tmp_path), 1)
        began = time.monotonic()
        assert examiner.view(path, first=10 * number, count=10).total == first.total
        again.append(time.monotonic() - began)
    assert min(again) < max(0.3, once / 2)


def pdf(folder: Path) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(build.encoded(build.page(["PDF"]), "PDF"))
    return path


def test_a_picture_is_drawn_page_by_page(examiner: Examiner, tmp_path: Path) -> None:
    path = picture(tmp_path, "ONE", "TWO")
    first, second = (examiner.page(path, page, 0.5) for page in (1, 2))
    assert (first.width, first.height) == (338, 150)  # 900 by 400 dots at 96 dpi, half of 72
    assert first.data != second.data
    assert examiner.boxes(path, 1) == ()
    with pytest.raises(Unreadable) as refused:
        examiner.page(path, 3, 0.5)
    assert refused.value.code is TroubleCode.DAMAGED


def test_a_photo_that_lies_on_its_side_is_shown_upright(examiner: Examiner, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # to be shown turned by 90 degrees
    lying = build.page([NUMBER]).rotate(90, expand=True)
    path.write_bytes(build.encoded(lying, "JPEG", quality=90, exif=exif.tobytes()))
    shown = examiner.page(path, 1, 1.0)
    assert (shown.width, shown.height) == (900, 400)  # EXIF's own resolution is 72
    (found,) = [s for s in examiner.read(path).segments if s.text == NUMBER]
    left, top, right, bottom = found.place.box or (0, 0, 0, 0)
    assert 0 < left < right < 900
    assert 0 < top < bottom < 200
