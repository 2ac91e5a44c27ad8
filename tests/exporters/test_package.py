"""The package holds exactly the approved bytes, and a failed one leaves nothing behind."""

import hashlib
import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from exporters import approval_sheet, checklist, index_sheet, package
from models.disclosure.releases import PackageProof, ReleaseContent
from models.kernel.errors import Refused, Unavailable
from models.queries.rows import AdmissionRow
from tests.build import papers, release


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "originals"
    folder.mkdir()
    return folder


@pytest.fixture
def content(store: Path) -> ReleaseContent:
    return release.content(
        release.item(store, 12),
        release.item(store, 13, title="白石沟镇防汛应急预案", kind="pdf", data=b"%PDF plan"),
        release.item(store, 14, title="白石沟镇防汛应急预案", kind="pdf", data=b"%PDF other"),
    )


def tree(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def built(content: ReleaseContent, tmp_path: Path) -> tuple[Path, PackageProof]:
    out = tmp_path / "out"
    return out, package.build(content, out)


def test_what_lies_where(content: ReleaseContent, tmp_path: Path) -> None:
    out, proof = built(content, tmp_path)
    name = "2026年第1批主动公开信息"
    first = "白石沟镇2026年度耕地地力保护补贴发放情况公示"
    inside = {f"{first}.docx", "白石沟镇防汛应急预案.pdf", "白石沟镇防汛应急预案-2.pdf",
              "目录.xlsx", "manifest.json", "发布核对清单.docx"}  # fmt: skip
    assert tree(proof.folder) == inside
    assert proof.folder == out / name
    assert proof.archive == out / f"{name}.zip"
    assert tree(out / "审批表") == {
        f"{name}/2026-00012 {first}.docx",
        f"{name}/2026-00013 白石沟镇防汛应急预案.docx",
        f"{name}/2026-00014 白石沟镇防汛应急预案.docx",
    }
    assert {p.name for p in out.iterdir()} == {name, f"{name}.zip", "审批表"}


def test_the_manifest_tells_every_byte(content: ReleaseContent, tmp_path: Path) -> None:
    _, proof = built(content, tmp_path)
    data = (proof.folder / "manifest.json").read_bytes()
    manifest = json.loads(data)
    assert hashlib.sha256(data).hexdigest() == proof.manifest_sha256
    assert (manifest["package"], manifest["organ"]) == (content.name, release.ORGAN)
    assert (manifest["head"], manifest["made"]) == (release.HEAD, "2026-11-23T10:20:00+08:00")
    for entry, item in zip(manifest["files"], content.items, strict=True):
        assert (
            hashlib.sha256((proof.folder / entry["path"]).read_bytes()).hexdigest()
            == (entry["sha256"])
        )
        assert entry["sha256"] == item.sha256
        assert entry["document"] == item.title
        assert entry["approved_by"] == list(release.OFFICERS)
    for entry in manifest["others"]:
        assert (
            hashlib.sha256((proof.folder / entry["path"]).read_bytes()).hexdigest()
            == (entry["sha256"])
        )
    told = {e["path"] for e in manifest["files"] + manifest["others"]} | {"manifest.json"}
    assert told == tree(proof.folder)
    assert [f[0] for f in proof.files] == [12, 13, 14]
    assert [f[2] for f in proof.files] == [item.sha256 for item in content.items]


def test_the_zip_is_the_folder(content: ReleaseContent, tmp_path: Path) -> None:
    _, proof = built(content, tmp_path)
    with zipfile.ZipFile(proof.archive) as archive:
        assert archive.testzip() is None
        names = {f"{proof.folder.name}/{name}" for name in tree(proof.folder)}
        assert set(archive.namelist()) == names
        for entry in archive.infolist():
            inside = proof.folder.parent / entry.filename
            assert archive.read(entry) == inside.read_bytes()
            assert entry.flag_bits & 0x800 or entry.filename.isascii()


def test_the_same_content_gives_the_same_bytes(content: ReleaseContent, tmp_path: Path) -> None:
    one = package.build(content, tmp_path / "one")
    two = package.build(content, tmp_path / "two")
    assert one.manifest_sha256 == two.manifest_sha256
    assert one.archive.read_bytes() == two.archive.read_bytes()


def test_a_second_package_of_the_same_name_stands_beside(
    content: ReleaseContent, tmp_path: Path
) -> None:
    out, one = built(content, tmp_path)
    two = package.build(content, out)
    assert two.folder.name == one.folder.name + "-2"
    assert two.archive.name == one.folder.name + "-2.zip"
    assert (out / "审批表" / two.folder.name).is_dir()


def test_names_of_officers_and_internal_words_stay_out_of_what_people_see(
    content: ReleaseContent, tmp_path: Path
) -> None:
    _, proof = built(content, tmp_path)
    book = openpyxl.load_workbook(proof.folder / index_sheet.NAME)
    cells = {str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value}
    sheet = papers.text(proof.folder / checklist.NAME)
    for word in (*release.OFFICERS, "内部理由", "内部备注"):
        assert not any(word in cell for cell in cells)
        assert word not in sheet


def test_the_index_has_the_catalogue_fields(content: ReleaseContent, tmp_path: Path) -> None:
    _, proof = built(content, tmp_path)
    book = openpyxl.load_workbook(proof.folder / index_sheet.NAME)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:9] == ["序号", "索引号", "信息名称", "发布机构", "发文字号", "成文日期",
                         "主题分类", "体裁分类", "公开方式"]  # fmt: skip
    assert {"有效性", "内容概述", "文件名", "SHA-256", "发布网址"} <= set(heads)
    row = dict(zip(heads, (cell.value for cell in sheet[2]), strict=True))
    assert row["信息名称"] == content.items[0].title
    assert row["索引号"] in (None, "")
    assert row["成文日期"] == "2026-11-03"
    assert row["SHA-256"] == content.items[0].sha256
    assert sheet.freeze_panes == "D2"


def test_no_title_becomes_a_formula() -> None:
    data = index_sheet.build([({"title": "=HYPERLINK(1)\x00"}, "+a.docx", "0" * 64)], "某镇")
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["C2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_the_index_tells_no_author_and_no_time() -> None:
    with zipfile.ZipFile(io.BytesIO(index_sheet.build([], "某镇"))) as file:
        core = file.read("docProps/core.xml")
    assert b"openpyxl" not in core
    assert b"20" not in core.split(b"2006", 1)[1]


def test_other_bytes_than_approved_are_refused(content: ReleaseContent, tmp_path: Path) -> None:
    content.items[1].stored.write_bytes(b"%PDF swapped")
    with pytest.raises(Refused) as caught:
        built(content, tmp_path)
    assert "白石沟镇防汛应急预案" in caught.value.reasons[0]
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_file_is_refused(content: ReleaseContent, tmp_path: Path) -> None:
    content.items[2].stored.unlink()
    with pytest.raises(Refused):
        built(content, tmp_path)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("field", ["title", "summary", "keywords"])
def test_an_id_number_in_a_published_field_is_refused(
    store: Path, tmp_path: Path, field: str
) -> None:
    item = release.item(store, **{field: "覃小满 520999198801011237"})
    with pytest.raises(Refused) as caught:
        built(release.content(item), tmp_path)
    assert "身份证号码" in caught.value.reasons[0]
    assert list(tmp_path.glob("out/*")) == []


def test_a_full_disk_leaves_nothing(
    content: ReleaseContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == 5:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        built(content, tmp_path)
    assert "磁盘空间不足" in caught.value.why
    assert list((tmp_path / "out").iterdir()) == []


def test_a_rename_that_fails_takes_the_others_back(
    content: ReleaseContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, done = Path.rename, []

    def third_fails(self: Path, target: Path) -> Path:
        done.append(target)
        if len(done) == 3:
            raise PermissionError(13, "no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", third_fails)
    with pytest.raises(Unavailable):
        built(content, tmp_path)
    assert done[-1].name == content.name, "the package itself comes last"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_hostile_name_becomes_a_safe_one(store: Path, tmp_path: Path) -> None:
    item = release.item(store, title="../\u202e通知: 关于*防汛?", kind="xlsx")
    _, proof = built(release.content(item, name="第1批/../.."), tmp_path)
    assert proof.folder.parent == (tmp_path / "out").resolve()
    assert proof.files[0][1] == "／通知： 关于＊防汛？.xlsx"


def test_the_sheet_prints_what_was_decided_and_leaves_room_to_sign(
    content: ReleaseContent, tmp_path: Path
) -> None:
    item = content.items[0]
    approval_sheet.write(content, item, tmp_path / "s.docx")
    text = papers.text(tmp_path / "s.docx")
    for word in ("政府信息公开保密审查审批表", "编号：2026-00012", item.title, "农业服务中心",
                 "白石府发〔2026〕31号", "2026年11月3日", "■主动公开　□依申请公开　□不予公开",
                 "涉及国家秘密", "脱敏处理", "名单已隐去证件号码", "覃小满\n2026年11月23日",
                 "罗致远\n2026年11月26日", "主要领导\n意见", "■同意公开"):  # fmt: skip
        assert word in text
    tight = text.replace(" ", "")
    assert item.sha256 in tight
    assert content.head in tight
    table = docx.Document(str(tmp_path / "s.docx")).tables[0]
    signed = [row.cells[-1].text for row in table.rows if row.cells[0].text.endswith("\n意见")]
    assert signed == [""] * 5


def test_the_sheet_names_who_let_a_state_secret_mark_pass(
    content: ReleaseContent, tmp_path: Path
) -> None:
    at = content.made_at
    admission = AdmissionRow(12, "万知秋", at, "自编的培训材料", "0" * 64, current=True)
    item = replace(content.items[0], admissions=(admission,))
    approval_sheet.write(content, item, tmp_path / "s.docx")
    day = f"{at.year}年{at.month}月{at.day}日"
    said = f"国家秘密标志由万知秋于{day}放行，理由：自编的培训材料"
    assert said in papers.text(tmp_path / "s.docx")


def test_questions_are_answered_by_hand(content: ReleaseContent) -> None:
    table = approval_sheet.draw(content, content.items[0]).document.tables[0]
    answers = [c.text for row in table.rows for c in row.cells if c.text.startswith(("□是", "■是"))]
    assert set(answers) == {"□是　□否"}
