"""The benches of the window come to an end and give every figure; how good, nobody asks here."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_filled_catalogue_is_measured(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "gui.bench", "table_figures", str(tmp_path / "home"), "300"],
        cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True,
        encoding="utf-8", check=False, timeout=170,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert set(json.loads(ran.stdout)) == {
        "open", "sort", "filter", "page", "page_median", "scroll_stall",
    }  # fmt: skip
