"""PDFs made to hurt: each is refused by the budget, or its child is killed, within seconds."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from detection.report import Status
from formats.budget import MIB, Budget, Limits
from formats.opening import read_stream
from formats.reading import Reading, TroubleCode, Unreadable
from intake.examine import Examiner
from tests.build import pdf_hostile as hostile
from tests.build.pdf import one_page, show
from tests.intake.files import trouble

SMALL = Limits(opened_bytes=64 * MIB)


def outcome(data: bytes, limits: Limits = SMALL) -> Reading | TroubleCode:
    try:
        return read_stream(io.BytesIO(data), Budget(limits), "a.pdf")
    except Unreadable as error:
        return error.code


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: hostile.content_bomb(200 * MIB), id="content"),
        pytest.param(lambda: hostile.form_bomb(200 * MIB), id="form"),
        pytest.param(lambda: hostile.object_stream_bomb(200 * MIB), id="object stream"),
        pytest.param(lambda: hostile.nested_forms(40), id="forms in forms"),
        pytest.param(lambda: hostile.many_pages(100_000), id="pages"),
        pytest.param(lambda: hostile.many_objects(700_000), id="objects"),
        pytest.param(lambda: hostile.attached_bomb(200 * MIB), id="attachment"),
        pytest.param(lambda: hostile.script_bomb(200 * MIB), id="script"),
    ],
)
def test_what_would_burst_is_refused_in_seconds(made: Callable[[], bytes]) -> None:
    data = made()
    began = time.process_time()
    assert outcome(data) is TroubleCode.TOO_BIG
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(hostile.page_loop, id="page tree in a ring"),
        pytest.param(lambda: hostile.nested_arrays(200_000), id="nested arrays"),
        pytest.param(lambda: hostile.nested_content(200_000), id="nested content"),
        pytest.param(lambda: hostile.huge_page(2_000_000), id="huge page"),
        pytest.param(lambda: hostile.huge_image(32_000, bomb=False), id="huge image, empty"),
        pytest.param(lambda: hostile.huge_image(12_000, bomb=True), id="huge image"),
    ],
)
def test_what_only_looks_large_is_read_in_seconds(made: Callable[[], bytes]) -> None:
    data = made()
    began = time.process_time()
    assert isinstance(outcome(data), Reading)
    assert time.process_time() - began < 30


def test_a_child_that_the_library_holds_is_killed_and_the_batch_goes_on(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    slow, good = tmp_path / "slow.pdf", tmp_path / "good.pdf"
    slow.write_bytes(hostile.slow_text(400_000))
    good.write_bytes(one_page(show("正文")))
    # Long enough for the good file on a machine that does other things, far too short for the slow.
    limits = Limits(seconds=2.5, seconds_per_page=0.1, memory=1200 * MIB)
    with Examiner(tmp_path_factory.mktemp("temp"), workers=1, limits=limits) as examiner:
        examiner.examine(good)
        began = time.monotonic()
        assert trouble(examiner.examine(slow)) is TroubleCode.TIMEOUT
        assert time.monotonic() - began < 60
        assert examiner.examine(good).status is Status.READ


def test_memory_is_capped(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.many_objects(500_000))
    limits = Limits(memory=300 * MIB, seconds=600.0)
    with Examiner(tmp_path_factory.mktemp("temp"), workers=1, limits=limits) as examiner:
        code = trouble(examiner.examine(path))
    assert code in {TroubleCode.TOO_BIG, TroubleCode.CRASHED}
