"""Names of archive members that lie about where they lead or what they are."""

from formats.opening import shown
from formats.reading import Place, Trouble, TroubleCode

_CLIMBING = "路径指向压缩包以外的位置，可能是恶意构造。内容已读取，没有解压到磁盘。请核对来源。"
_UNSEEN = "压缩包里的文件名带有看不见的控制字符，可能在伪装文件类型。请核对来源。"


def check_name(name: str, place: Place) -> list[Trouble]:
    """What an officer must know about a member's name before unpacking it elsewhere."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        return [Trouble(TroubleCode.BAD_NAME, _CLIMBING, place)]
    if shown(name) != name:
        return [Trouble(TroubleCode.BAD_NAME, _UNSEEN, place)]
    return []
