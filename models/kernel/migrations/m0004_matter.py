"""Version 4: the matter a document is published for, which says what columns its lists may have."""

from models.kernel.migrations.step import Step

STEP = Step(
    "the matter of a document: a whitelist of columns",
    ("ALTER TABLE document ADD COLUMN matter TEXT NOT NULL DEFAULT ''",),
)
