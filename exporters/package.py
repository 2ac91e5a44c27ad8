"""The upload package: clean files, 目录.xlsx, manifest.json, checklist; folder and zip."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from models.disclosure.releases import PackageProof, ReleaseContent


def build(content: ReleaseContent, out: Path) -> PackageProof:
    """Make folder and zip under `out`; the approval sheets lie beside them in 审批表/.

    All or nothing: a failed build leaves nothing behind. Raises Unavailable when the disk
    refuses or a stored file is missing or has other bytes than were approved.
    """
    raise NotImplementedError
