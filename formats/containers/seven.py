"""7z archives through py7zr, in memory: no name of a member ever becomes a path on the disk."""

import importlib
import io
import lzma
import struct
import zlib
from typing import Any, BinaryIO

from formats.budget import Budget
from formats.carving import telling, words_of
from formats.containers.listed import check_name
from formats.containers.members import Members
from formats.opening import shown
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_DAMAGED = "7z 压缩包已损坏，打不开。请重新打包，或向来源单位重新索取。"
_LOCKED = "压缩包加了密码，无法读取。请取得密码、解密后再放入。"
_EMPTY = "压缩包里没有文件。请确认是否放错了文件。"
_UNKNOWN_METHOD = "7z 压缩包用了不支持的压缩方法，没有读取。请解压后改用 .zip 重新打包。"
_CUT = "压缩包后面的部分已损坏，有 {} 个文件没有读取。请重新打包，或向来源单位重新索取。"
_BEHIND = "压缩包末尾有 {} 个字节不属于任何文件，普通解压软件看不到。请向来源核实后重新打包。"
_SIGNATURE = struct.Struct("<6sBBIQQI")


def _lies() -> tuple[type[BaseException], ...]:
    """Everything py7zr and the packers under it are known to raise on an archive that lies."""
    exceptions: Any = importlib.import_module("py7zr.exceptions")
    packers = [importlib.import_module(name) for name in ("brotli", "backports.zstd")]
    return (
        exceptions.ArchiveError, exceptions.AbsolutePathError, packers[0].error,
        packers[1].ZstdError, lzma.LZMAError, zlib.error, struct.error, OSError, EOFError,
        ValueError, TypeError, LookupError, AttributeError, AssertionError, ArithmeticError,
        SystemError, RuntimeError,
    )  # fmt: skip


def read_seven(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """Every member through its own reader. Raises Unreadable: ENCRYPTED, DAMAGED, EMPTY, TOO_BIG,
    NOT_SUPPORTED."""
    py7zr: Any = importlib.import_module("py7zr")
    exceptions: Any = importlib.import_module("py7zr.exceptions")
    lies = _lies()
    source.seek(0)
    try:
        archive = py7zr.SevenZipFile(io.BytesIO(source.read()), "r")
        files = list(archive.files)
        locked = archive.needs_password()
        sizes = [int(f.uncompressed) for f in files]
    except exceptions.PasswordRequired:
        raise Unreadable(TroubleCode.ENCRYPTED, _LOCKED) from None
    except exceptions.UnsupportedCompressionMethodError:
        raise Unreadable(TroubleCode.NOT_SUPPORTED, _UNKNOWN_METHOD) from None
    except lies:
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED) from None
    if locked:
        raise Unreadable(TroubleCode.ENCRYPTED, _LOCKED)
    budget.spend_entries(len(files))
    if sum(sizes) > budget.limits.opened_bytes:
        budget.spend_bytes(sum(sizes))
    if not any(not f.is_directory for f in files):
        raise Unreadable(TroubleCode.EMPTY, _EMPTY)
    unpacking = _Unpacking(archive, budget)
    try:
        unpacking.all(files)
    except exceptions.PasswordRequired:
        raise Unreadable(TroubleCode.ENCRYPTED, _LOCKED) from None
    except exceptions.UnsupportedCompressionMethodError:
        raise Unreadable(TroubleCode.NOT_SUPPORTED, _UNKNOWN_METHOD) from None
    except _OfMember as error:
        raise error.__cause__ or error from None
    except lies:
        unpacking.broken()
    unpacking.around(source)
    members = unpacking.members
    return Reading(kind, tuple(members.segments), tuple(members.troubles), partial=members.partial)


class _OfMember(Exception):
    """A member's reader failed, which is no lie of the archive that holds it."""


class _Unpacking:
    """Asks for the members one by one; each is read as soon as its last byte is there, so that
    only one is held. py7zr's own `extract` would make paths of their names."""

    def __init__(self, archive: Any, budget: Budget) -> None:
        self.archive = archive
        self.budget = budget
        self.members = Members(budget, "压缩包里的")
        self._waiting: dict[str, Any] = {}

    def all(self, files: list[Any]) -> None:
        """Every member. Raises Unreadable and whatever py7zr does."""
        packed: Any = importlib.import_module("py7zr.io")
        for entry in files:
            name = str(entry.filename)
            member = self.members.named(name)
            here = Place(Part.NAME, member=member)
            self.members.troubles += check_name(name, here)
            self.members.segments.append(Segment(here, shown(name)))
            if entry.is_directory or entry.emptystream:
                continue
            key = str(entry.id)
            self._waiting[key] = (member, name, bool(entry.is_symlink))
            self.archive.worker.register_filelike(entry.id, packed.MemIO(key, self))
        self.archive.worker.extract(self.archive.fp, None, parallel=False)

    def create(self, filename: str) -> "_Member":
        """py7zr.io.WriterFactory: where the bytes of one member go."""
        return _Member(self, filename)

    def done(self, key: str, data: bytes) -> None:
        """A member's bytes are all there."""
        member, name, is_link = self._waiting.pop(key)
        if is_link:
            place = Place(Part.LINK, member=member)
            target = data.decode("utf-8", "replace")
            self.members.segments.append(Segment(place, target, visible=False, note="符号链接指向"))
            return
        try:
            self.members.take(data, member, name.replace("\\", "/").rpartition("/")[2])
        except Unreadable:
            raise
        except Exception as error:
            raise _OfMember from error

    def broken(self) -> None:
        """The archive broke off; who was not read is told, or nothing was."""
        if not self.members.segments:
            raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
        self._tell(TroubleCode.DAMAGED, _CUT.format(max(len(self._waiting), 1)))

    def around(self, source: BinaryIO) -> None:
        """Bytes before the header, where it may be packed itself, and behind it, the last thing in
        an archive (7zFormat.txt)."""
        source.seek(0)
        data = source.read()
        if len(data) < _SIGNATURE.size:
            return
        *_, offset, length, _ = _SIGNATURE.unpack_from(data)
        header = _SIGNATURE.size + offset
        last = min(self._packed(), header)
        self._words(data[last:header], "压缩包中间")
        behind = data[header + length :]
        self._words(behind, "压缩包末尾")
        if behind:
            self._tell(TroubleCode.LEFT_OUT, _BEHIND.format(len(behind)))

    def _packed(self) -> int:
        """Where the packed members end."""
        streams = getattr(self.archive.header, "main_streams", None)
        packed = getattr(streams, "packinfo", None)
        if packed is None:
            return _SIGNATURE.size
        return _SIGNATURE.size + int(packed.packpos) + sum(map(int, packed.packsizes))

    def _words(self, data: bytes, where: str) -> None:
        for number, text in enumerate(filter(telling, words_of(data)), 1):
            place = Place(Part.EMBEDDED, member=where, paragraph=number)
            note = "压缩包里不属于任何文件的数据"
            self.members.segments.append(Segment(place, text, visible=False, note=note))

    def _tell(self, code: TroubleCode, text: str) -> None:
        self.members.troubles.append(Trouble(code, text))
        self.members.partial = True


class _Member:
    """py7zr.io.Py7zIO for one member: counted as they come, a lying size cannot grow it."""

    def __init__(self, unpacking: _Unpacking, key: str) -> None:
        self._unpacking = unpacking
        self._key = key
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, piece: bytes | bytearray) -> int:
        """Keep a piece. Raises Unreadable(TOO_BIG)."""
        self._unpacking.budget.spend_bytes(len(piece))
        self._pieces.append(bytes(piece))
        self._size += len(piece)
        return len(piece)

    def read(self, size: int | None = None) -> bytes:
        """Nothing is read back."""
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """py7zr rewinds when a member is complete."""
        return 0

    def flush(self) -> None:
        """Nothing is held back."""

    def size(self) -> int:
        """Bytes so far."""
        return self._size

    def close(self) -> None:
        """The member is complete."""
        pieces, self._pieces = self._pieces, []
        self._unpacking.done(self._key, b"".join(pieces))
