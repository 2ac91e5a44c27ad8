"""What in a watched folder is nobody's document, and where a folder lies."""

from pathlib import Path

import pytest

from intake import ignore, network

ROOT = Path("/office/收件")


@pytest.mark.parametrize(
    "name",
    [
        "~$公示.docx",
        ".~公示.docx",
        ".~lock.公示.docx#",
        "~WRL0003.tmp",
        "下载.crdownload",
        "下载.part",
        "Thumbs.db",
        "THUMBS.DB",
        "desktop.ini",
        ".DS_Store",
        "._公示.docx",
        "~公示.wps",
        "公示.docx~",
        "已收/公示.docx",
        "低保/已收/公示.docx",
        "$RECYCLE.BIN/a.docx",
        "__MACOSX/._a.docx",
    ],
)
def test_litter_is_ignored(name: str) -> None:
    assert ignore.ignored(ROOT / name, ROOT)


@pytest.mark.parametrize(
    "name",
    ["公示.docx", "低保/名单.xlsx", "已收情况说明.docx", "a.tmp.docx", "~100户名单.xlsx", ".txt"],
)
def test_documents_are_not(name: str) -> None:
    assert not ignore.ignored(ROOT / name, ROOT)


def test_a_watched_folder_that_is_itself_called_received_is_not_ignored() -> None:
    root = Path("/office/已收")
    assert not ignore.ignored(root / "公示.docx", root)


def test_what_lies_elsewhere_is_ignored() -> None:
    assert ignore.ignored(Path("/else/公示.docx"), ROOT)
    assert ignore.ignored(ROOT, ROOT)


TABLE = """\
/dev/sda1 / ext4 rw 0 0
//fs01/share /mnt/gong\\040xiang cifs rw 0 0
fs02:/export /mnt/nfs nfs4 rw 0 0
tmpfs /mnt/nfs/local tmpfs rw 0 0
/dev/sdb1 /media/usb vfat rw 0 0
/dev/sdc1 /over ext4 rw 0 0
host:/x /over fuse.sshfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/a", "ext4"),
        ("/mnt/gong xiang/收件", "cifs"),
        ("/mnt/nfs", "nfs4"),
        ("/mnt/nfs/local/a", "tmpfs"),
        ("/mnt/nfs2", "ext4"),
        ("/media/usb/x", "vfat"),
        ("/over/x", "fuse.sshfs"),
    ],
)
def test_the_deepest_and_latest_mount_holds_a_folder(folder: str, kind: str) -> None:
    assert network.type_of(Path(folder), TABLE) == kind


def test_a_local_folder_is_not_remote_and_a_share_is(tmp_path: Path) -> None:
    assert not network.is_remote(tmp_path)
    assert network.is_remote(Path("//server/share/收件"))
    assert network.is_remote(Path(r"\\server\share\收件"))
