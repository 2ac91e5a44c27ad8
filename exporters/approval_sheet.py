"""政府信息公开保密审查审批表: the sheet that is printed, signed by hand and kept.

It goes beside a package, never into it: names and opinions of officers are internal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from models.disclosure.releases import ReleaseContent, ReleaseItem


def write(content: ReleaseContent, item: ReleaseItem, out: Path) -> None:
    """Write the sheet of one document as a .docx. Raises Unavailable when the disk refuses."""
    raise NotImplementedError
