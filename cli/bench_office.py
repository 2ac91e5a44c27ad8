"""The files that LibreOffice makes of ours, where it is installed: most offices' files are such."""

import csv
import subprocess
from pathlib import Path

from cli import bench_files
from exporters.sample_office.persons import persons
from intake import conversion

SECONDS = 180


def made(folder: Path) -> list[Path]:
    """A report and a list, `report` and `list`, each as office file and as pdf; what cannot be made
    is left out."""
    binary = conversion.program()
    if binary is None:
        return []
    folder.mkdir()
    report, table = folder / "report.txt", folder / "list.csv"
    lines = [s.text for s in bench_files.prose(0.6, bench_files.DENSE).segments]
    report.write_text("\n".join(lines), encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for p in persons(5_000, seed=25):
            writer.writerow([p.name, p.village, p.group, p.id_number, p.card, 92.5 * p.group])
    found = []
    for kind, source, reader in (
        ("docx", report, "Text (encoded):UTF8"),
        ("xlsx", table, "CSV:44,34,76,1"),
        ("pdf", folder / "report.docx", None),
        ("pdf", folder / "list.xlsx", None),
    ):
        words = [str(binary), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        words += ["--headless", "--norestore", "--convert-to", kind, "--outdir", str(folder)]
        words += [f"--infilter={reader}"] if reader else []
        target = source.with_suffix(f".{kind}")
        for _ in range(2):  # the first start only lays out a profile
            if not target.exists():
                subprocess.run(
                    [*words, str(source)], check=False, capture_output=True, timeout=SECONDS
                )
        if target.exists():
            found.append(target)
    return found
