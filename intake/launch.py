"""Shuts itself in, then becomes another program: the one way a stranger's file meets LibreOffice.

`python -m intake.launch MEMORY FILE_BYTES SECONDS PARENT PROGRAM...`; on Linux only.
"""

import ctypes
import os
import sys

from intake import fence

_NEW_USER = 0x1000_0000
_NEW_NETWORK = 0x4000_0000


def main(words: list[str]) -> int:
    """Does not come back. Raises OSError when the program is not there."""
    memory, file_bytes, seconds, parent = map(int, words[:4])
    fence.step_back()
    _without_network()
    fence.limit_program(memory, file_bytes, seconds)
    fence.die_with(parent)
    os.execv(words[4], words[4:])  # noqa: S606 that is what this is for


def _without_network() -> None:
    """A network of its own, with nothing in it; a kernel that refuses leaves the profile's word."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return
    lines = (
        ("uid_map", f"{user} {user} 1"),
        ("setgroups", "deny"),
        ("gid_map", f"{group} {group} 1"),
    )
    for name, line in lines:
        try:
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 /proc
                file.write(line)
        except OSError:
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
