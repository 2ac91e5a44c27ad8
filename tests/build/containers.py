"""Zip archives, honest and hostile."""

import io
import zipfile


def archive(members: dict[str, bytes], comment: bytes = b"") -> bytes:
    """A plain zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
        made.comment = comment
    return out.getvalue()


def windows_archive(name: str, data: bytes) -> bytes:
    """A zip whose one name is in Windows' Chinese code page, without the UTF-8 flag."""
    raw = name.encode("gb18030")
    stand_in = "x" * len(raw)
    return archive({stand_in: data}).replace(stand_in.encode(), raw)


def locked_archive(name: str, data: bytes) -> bytes:
    """A zip that says its member is encrypted (general purpose bit 0), in both headers."""
    made = bytearray(archive({name: data}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def bomb(size: int, name: str = "bomb.txt") -> bytes:
    """A few kilobytes that open to `size` bytes."""
    return archive({name: b"0" * size})


def nested(depth: int, data: bytes) -> bytes:
    """A zip in a zip in a zip ..."""
    made = archive({"内.txt": data})
    for level in range(depth - 1):
        made = archive({f"层{level}.zip": made})
    return made


def lying_size(name: str, data: bytes, claimed: int) -> bytes:
    """A zip whose headers claim another size than its data opens to."""
    made = bytearray(archive({name: data}))
    central = made.index(b"PK\x01\x02")
    made[22:26] = claimed.to_bytes(4, "little")
    made[central + 24 : central + 28] = claimed.to_bytes(4, "little")
    return bytes(made)


def nameless(data: bytes) -> bytes:
    """A zip of one member whose name is empty, which no honest program writes."""
    made = bytearray(archive({"x": data}))
    central, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    for at in (end + 12, end + 16):  # size and place of the directory, each a letter less
        made[at : at + 4] = (int.from_bytes(made[at : at + 4], "little") - 1).to_bytes(4, "little")
    made[26] = made[central + 28] = 0
    del made[central + 46], made[30]
    return bytes(made)
