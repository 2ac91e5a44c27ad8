"""The walk by words: every act of the command line with its exit code and its JSON."""

import hashlib
import json
import stat
from pathlib import Path

import pytest

import main
from tests.cli.conftest import LETTER, Act, Told

DRAFTER, HEAD, SECRECY, LEADER = "覃小满", "骆青山", "万知秋", "岑怀远"
SECRET = "机密★1年\n关于某项工作的通知\n不得外传的内容\n"


@pytest.fixture
def taken(act: Act, letter: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """A letter in the catalogue, every finding ruled, its clean copy made."""
    assert act(DRAFTER, "take", letter) == 0
    assert act(DRAFTER, "rule", 1, "all", "mask") == 0
    assert act(DRAFTER, "clean", 1) in {0, 1}
    assert act(DRAFTER, "rule", 1, "all", "keep", "--reason", "已遮盖") == 0
    capsys.readouterr()
    return 1


@pytest.fixture
def approved(act: Act, taken: int, capsys: pytest.CaptureFixture[str]) -> int:
    for officer, word in (
        (DRAFTER, "submit"), (HEAD, "check"), (SECRECY, "clear"), (LEADER, "approve"),
    ):  # fmt: skip
        assert act(officer, "step", taken, word) == 0
    capsys.readouterr()
    return taken


def everything(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def test_setup_only_once_and_only_with_facts(home: Path, tmp_path: Path) -> None:
    assert main.main(["--home", str(home), "setup", "--sample"]) == 3
    assert main.main(["--home", str(tmp_path / "other"), "setup"]) == 3
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    "facts",
    [
        "[]",
        "{",
        '{"office": {"name": "镇"}}',
        '{"office": 1, "people": 2}',
        '{"office": {"name": 5, "unit_code": "", "region": ""}, "people": []}',
        '{"office": {"name": "镇", "unit_code": "", "region": ""}, "people": ["甲"]}',
        '{"office": {"name": "镇", "unit_code": "", "region": ""}, '
        '"people": [{"name": 7, "roles": ["admin"], "password": 12345678}]}',
        '{"office": {"name": "镇", "unit_code": "", "region": ""}, '
        '"people": [{"name": "甲", "roles": ["king"], "password": "12345678"}]}',
    ],
)
def test_facts_that_are_none_are_refused(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(facts, encoding="utf-8")
    assert main.main(["--home", str(tmp_path / "new"), "setup", "--facts", str(file)]) == 3
    assert "。" in capsys.readouterr().err
    assert not (tmp_path / "new" / "catalogue.db").exists()


def test_nothing_without_an_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = str(tmp_path / "empty")
    for words in (["list"], ["audit", "verify"], ["--as", DRAFTER, "step", "1", "submit"]):
        assert main.main(["--home", empty, *words]) == 3
    assert "setup" in capsys.readouterr().err
    assert not Path(empty).exists()


def test_take_tells_each_file(act: Act, letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = letter.with_name("同一份.txt")
    again.write_bytes(letter.read_bytes())
    assert act(DRAFTER, "take", "--json", letter, again, letter.with_name("没有.txt")) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(line) >= {"file", "outcome", "id", "text"} for line in lines)
    assert [line["outcome"] for line in lines] == ["kept", "same", "failed"]
    assert [line["id"] for line in lines] == [1, 1, None]


def test_the_original_stays_as_it_is(act: Act, letter: Path, home: Path) -> None:
    before = (letter.read_bytes(), letter.stat().st_mtime_ns)
    assert act(DRAFTER, "take", letter) == 0
    assert (letter.read_bytes(), letter.stat().st_mtime_ns) == before
    digest = hashlib.sha256(before[0]).hexdigest()
    stored = home / "originals" / digest[:2] / digest
    assert stored.read_bytes() == before[0]
    assert not stored.stat().st_mode & stat.S_IWUSR


def test_a_state_secret_leaves_no_trace(
    act: Act, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "机密文件-绝不可见.txt"
    path.write_text(SECRET, encoding="utf-8")
    before = sorted(p.relative_to(home) for p in home.rglob("*"))
    entries = act(DRAFTER, "audit", "verify", "--json") or json.loads(capsys.readouterr().out)
    assert act(DRAFTER, "take", path) == 1
    said = capsys.readouterr().out
    assert "保密员" in said
    assert "不得外传" not in said
    assert path.read_text(encoding="utf-8") == SECRET
    assert sorted(p.relative_to(home) for p in home.rglob("*")) == before
    kept = everything(home)
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    for trace in (SECRET.encode(), "绝不可见".encode(), "不得外传".encode(), digest.encode()):
        assert trace not in kept
    assert act(DRAFTER, "audit", "verify", "--json") == 0
    assert json.loads(capsys.readouterr().out) == entries


def test_rule_clean_step_answer_in_json(act: Act, letter: Path, told: Told) -> None:
    assert act(DRAFTER, "take", letter, "--json") == 0
    assert told()["id"] == 1
    assert act(DRAFTER, "show", 1, "--json") == 0
    shown = told()
    assert set(shown) >= {"id", "title", "state", "next", "fields", "items", "steps"}
    assert {"id", "rule", "severity", "text", "ruling"} <= set(shown["items"][0])
    assert act(DRAFTER, "rule", 1, "f1", "mask", "--json") == 0
    assert set(told()) == {"id", "ruled", "open"}
    assert act(DRAFTER, "rule", 1, "all", "mask", "--json") == 0
    assert told()["open"] == 0
    act(DRAFTER, "clean", 1, "--json")
    assert set(told()[0]) == {"id", "open"}
    act(DRAFTER, "rule", 1, "all", "keep", "--reason", "已遮盖", "--json")
    assert told()["open"] == 0
    assert act(DRAFTER, "step", 1, "submit", "--json") == 0
    assert told() == [{"id": 1, "state": "submitted", "warnings": []}]


def test_show_says_why_a_file_could_not_be_read(
    act: Act, tmp_path: Path, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\xff" * 300)
    assert act(DRAFTER, "take", path, "--json") == 0
    number = told()["id"]
    assert act(DRAFTER, "show", number, "--json") == 0
    (trouble,) = told()["troubles"]
    assert trouble["code"] == "damaged"
    assert act(DRAFTER, "show", number) == 0
    assert trouble["text"] in capsys.readouterr().out


@pytest.mark.parametrize("words", [["f99", "keep"], ["1", "keep"]])
def test_rule_on_nothing_is_refused(act: Act, taken: int, words: list[str]) -> None:
    assert act(DRAFTER, "rule", taken, *words) == 3
    assert act(DRAFTER, "rule", 77, "all", "keep") == 3
    assert act(DRAFTER, "clean", 77) == 3
    assert act(DRAFTER, "show", 77) == 3


def test_a_found_number_is_not_kept_without_a_reason(act: Act, letter: Path) -> None:
    act(DRAFTER, "take", letter)
    assert act(DRAFTER, "rule", 1, "f1", "not-one") == 3
    assert act(DRAFTER, "step", 1, "submit") == 3


def test_each_step_has_its_post_and_its_turn(
    act: Act, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for officer, word in (
        (LEADER, "submit"), (HEAD, "check"), (SECRECY, "clear"), (LEADER, "approve"),
        (DRAFTER, "release"), ("闻一舟", "submit"), ("没有这人", "submit"),
    ):  # fmt: skip
        capsys.readouterr()
        assert act(officer, "step", taken, word) == 3
        assert "。" in capsys.readouterr().err
    assert act(DRAFTER, "step", taken, "submit") == 0
    assert act(DRAFTER, "step", taken, "check") == 3
    assert act(HEAD, "step", taken, "return") == 3
    assert act(HEAD, "step", taken, "return", "--reason", "标题不全") == 0


def test_a_new_copy_ends_the_approvals(
    act: Act, approved: int, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    stored = [p for p in (home / "originals").rglob("*") if p.is_file()]
    for path in stored:
        path.chmod(0o644)
        path.write_bytes(path.read_bytes() + b" ")
    assert act(DRAFTER, "release", approved, "-o", out) == 3
    assert "改动或者丢失" in capsys.readouterr().err
    assert act(DRAFTER, "check") == 1
    assert not out.exists()


def test_release_and_publish(act: Act, approved: int, tmp_path: Path, told: Told) -> None:
    out = tmp_path / "out"
    assert act(DRAFTER, "publish", approved, "--channel", "网站", "--date", "2026-11-23") == 3
    assert act(SECRECY, "release", approved, "-o", out) == 3
    assert not out.exists()
    assert act(DRAFTER, "release", approved, "-o", out, "--name", "第一批", "--json") == 0
    made = told()
    assert set(made) == {"release", "folder", "archive"}
    folder = Path(made["folder"])
    assert Path(made["archive"]).is_file()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) >= {"package", "made", "organ", "head", "files"}
    (file,) = manifest["files"]
    assert set(file) >= {"path", "sha256", "document", "approved_by"}
    assert file["approved_by"] == [DRAFTER, HEAD, SECRECY, LEADER]
    published = (folder / file["path"]).read_bytes()
    assert hashlib.sha256(published).hexdigest() == file["sha256"]
    assert b"15412345678" not in published
    assert act(DRAFTER, "release", approved, "-o", out) == 3
    assert act(DRAFTER, "publish", approved, "--channel", "网站", "--date", "昨天") == 2
    assert act(DRAFTER, "publish", approved, "--channel", "网站", "--date", "2026-11-23") == 0


def test_a_package_never_goes_over_another(act: Act, approved: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    other = out / "第一批" / "别的.txt"
    other.parent.mkdir(parents=True)
    other.write_text("别的", encoding="utf-8")
    assert act(DRAFTER, "release", approved, "-o", out, "--name", "第一批") == 0
    assert [p.name for p in other.parent.iterdir()] == ["别的.txt"]


def test_a_folder_that_is_none_is_unavailable(act: Act, approved: int, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert act(DRAFTER, "release", approved, "-o", file) == 4
    assert act(DRAFTER, "release", approved, "-o", file / "inner") == 4
    assert act(DRAFTER, "audit", "export", "-o", tmp_path / "none" / "x.xlsx") == 4


def test_audit_and_check_answer_in_json(act: Act, taken: int, told: Told, tmp_path: Path) -> None:
    assert act(DRAFTER, "audit", "verify", "--json") == 0
    verdict = told()
    assert set(verdict) == {"ok", "entries", "head", "first_bad", "text"}
    assert verdict["ok"]
    assert len(verdict["head"]) == 64
    act(DRAFTER, "check", "--json")
    lines = told()
    assert all(set(line) == {"what", "level", "says"} for line in lines)
    assert {line["level"] for line in lines if line["what"] in {"目录库", "日志链", "原件库"}} == {
        "ok"
    }
    assert act(DRAFTER, "audit", "export", "-o", tmp_path / "日志.xlsx") == 0
    assert (tmp_path / "日志.xlsx").stat().st_size


def test_check_without_an_office_does_not_make_one(tmp_path: Path) -> None:
    place = tmp_path / "none"
    main.main(["--home", str(place), "check"])
    assert not place.exists()


def test_no_number_and_no_name_in_any_log(act: Act, approved: int, home: Path) -> None:
    logs = everything(home / "logs")
    for word in ("15412345678", DRAFTER, "清理沟渠"):
        assert word.encode() not in logs
    kept = everything(home).replace(LETTER.encode(), b"")
    assert b"15412345678" not in kept


def test_catalogue_fields_are_set_by_their_keys(act: Act, letter: Path) -> None:
    assert act(DRAFTER, "take", letter) == 0
    assert act(DRAFTER, "edit", 1, "organ=白石沟镇人民政府", "keywords=沟渠") == 0
    assert act(DRAFTER, "edit", 1, "no-such-field=x") == 3
    assert act(DRAFTER, "edit", 1, "attribute=随便") == 3


def test_an_edit_shows_in_the_fields(
    act: Act, capsys: pytest.CaptureFixture[str], letter: Path
) -> None:
    act(DRAFTER, "take", letter)
    act(DRAFTER, "edit", 1, "keywords=沟渠 清理")
    capsys.readouterr()
    assert act(DRAFTER, "show", 1, "--json") == 0
    assert json.loads(capsys.readouterr().out)["fields"]["keywords"] == "沟渠 清理"


def test_a_ruling_is_taken_back(act: Act, capsys: pytest.CaptureFixture[str], letter: Path) -> None:
    act(DRAFTER, "take", letter)
    act(DRAFTER, "rule", 1, "all", "mask")
    capsys.readouterr()
    assert act(DRAFTER, "undo", 1) == 0
    assert "还有 1 处未处理" in capsys.readouterr().out


def test_another_file_takes_the_place_and_a_marked_one_does_not(
    act: Act, capsys: pytest.CaptureFixture[str], letter: Path, tmp_path: Path
) -> None:
    act(DRAFTER, "take", letter)
    better, secret = tmp_path / "新.txt", tmp_path / "密.txt"
    better.write_text("关于清理沟渠的通知\n请清理沟渠。\n", encoding="utf-8")
    secret.write_text(SECRET, encoding="utf-8")
    capsys.readouterr()
    assert act(DRAFTER, "replace", 1, better, "--json") == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "kept"
    assert act(DRAFTER, "replace", 1, secret, "--json") == 1
    assert json.loads(capsys.readouterr().out)["outcome"] == "secret"


def test_a_document_is_examined_again(
    act: Act, capsys: pytest.CaptureFixture[str], letter: Path
) -> None:
    act(DRAFTER, "take", letter)
    capsys.readouterr()
    assert act(DRAFTER, "rescan", 1, "--json") == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["open"]) == (1, 1)
