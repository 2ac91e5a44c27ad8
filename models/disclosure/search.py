"""Full-text search: single characters and pairs of Chinese characters, words of other letters.

FTS5's own trigrams find nothing for a two-character query. Pairs stand in order, so a longer query
is a phrase; single characters are listed once a document for one-character queries.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator

from models.kernel import base
from models.kernel.schema import DocumentText

# Runs of Han (with 〇 and the supplementary planes), or of other letters and digits.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(rf"([{_HAN}]+)|([^\W_{_HAN}]+)")


def put(document_id: int, plain: str | None, heads: str) -> None:
    """Index a document anew, inside the caller's transaction.

    `plain`: the masked visible text, None to keep the one there is; `heads`: title, names, fields.
    """
    row = DocumentText.get_or_none(DocumentText.document_id == document_id)
    if row is not None:
        _forget(document_id, _open(row.indexed))
        if plain is None:
            plain = _open(row.plain)
        DocumentText.delete().where(DocumentText.document_id == document_id).execute()
    indexed = f"{heads}\n{plain or ''}"
    _insert(document_id, indexed)
    DocumentText.insert(
        document_id=document_id, plain=_shut(plain or ""), indexed=_shut(indexed)
    ).execute()


def match(text: str) -> str | None:
    """The FTS5 query for what a user typed: all words must occur. None when nothing is asked.

    Every term is a quoted string made of letters and digits only: no typed character is syntax.
    """
    terms: list[str] = []
    for han, word in _runs(text):
        if len(han) == 1:
            terms.append(f'single:"{han}"')
        elif han:
            terms.append(f'pair:"{" ".join(_pairs(han))}"')
        else:
            terms.append(f'pair:"{word}"*')
    return " AND ".join(terms) or (None if not text.strip() else 'single:"\ue000"')


def tokens(text: str) -> tuple[str, str]:
    """The two columns of the index for a text: its single characters, its pairs and words."""
    singles: dict[str, None] = {}
    pairs: list[str] = []
    for han, word in _runs(text):
        singles.update(dict.fromkeys(han))
        pairs.extend(_pairs(han) if han else (word,))
    return " ".join(singles), " ".join(pairs)


def _insert(document_id: int, text: str) -> None:
    base.execute(
        "INSERT INTO document_index(rowid, single, pair) VALUES(?, ?, ?)",
        (document_id, *tokens(text)),
    )


def _forget(document_id: int, text: str) -> None:
    """A contentless index forgets a row only when it is told every word that stands there."""
    base.execute(
        "INSERT INTO document_index(document_index, rowid, single, pair) VALUES('delete', ?, ?, ?)",
        (document_id, *tokens(text)),
    )


def _runs(text: str) -> Iterator[tuple[str, str]]:
    normal = unicodedata.normalize("NFKC", text).lower()
    for found in _RUN.finditer(normal):
        yield found[1] or "", found[2] or ""


def _pairs(han: str) -> list[str]:
    return [han[i : i + 2] for i in range(len(han) - 1)]


def _shut(text: str) -> bytes:
    return zlib.compress(text.encode())


def _open(data: bytes) -> str:
    return zlib.decompress(data).decode()
