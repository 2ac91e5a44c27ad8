"""What a report says of itself where a log might hear it."""

from pathlib import Path

from detection import examine, load


def test_the_repr_of_a_report_holds_no_text(tmp_path: Path) -> None:
    path = tmp_path / "名单.txt"
    path.write_text("覃小满，身份证号500299199003070013\n", encoding="utf-8")
    report = examine(path, load())
    assert report.findings
    for value in (report, report.findings[0], report.findings):
        said = repr(value)
        assert "覃小满" not in said
        assert "500299" not in said
