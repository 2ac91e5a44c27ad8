"""Layers that are off (optional content, ISO 32000-1, 8.11): their text is there and not shown."""

from pathlib import Path
from typing import Any

import pikepdf

from formats.pdf.structure import PDF_LIES, entry, items_of, open_structure


def off_layers(pdf: pikepdf.Pdf) -> frozenset[bytes]:
    """The names, as written, of the layers that are off when the file is opened."""
    try:
        properties = entry(pdf.Root, "/OCProperties")
        if properties is None:
            return frozenset()
        default = entry(properties, "/D")
        off = {_key(layer): layer for layer in items_of(entry(default, "/OFF"))}
        if entry(default, "/BaseState") == pikepdf.Name("/OFF"):
            on = {_key(layer) for layer in items_of(entry(default, "/ON"))}
            off |= {
                _key(layer): layer
                for layer in items_of(entry(properties, "/OCGs"))
                if _key(layer) not in on
            }
        return frozenset(raw_name(layer) for layer in off.values()) - {b""}
    except PDF_LIES:
        return frozenset()


def raw_name(layer: Any) -> bytes:
    """The bytes of a layer's name; empty if it has none."""
    name = entry(layer, "/Name")
    return bytes(name) if isinstance(name, pikepdf.String) else b""


def off_layer_names(path: Path) -> frozenset[bytes]:
    """As `off_layers`, of a file."""
    with path.open("rb") as source:
        pdf = open_structure(source)
        if pdf is None:
            return frozenset()
        with pdf:
            return off_layers(pdf)


def _key(layer: Any) -> object:
    return getattr(layer, "objgen", None) or id(layer)
