"""Layers that are off (optional content, ISO 32000-1, 8.11): their text is there and not shown."""

from typing import Any, NamedTuple

import pikepdf

from formats.pdf.structure import PDF_LIES, entry, items_of


class Layers(NamedTuple):
    """`off`: names, as written, of layers that are off when the file is opened.

    `unsure`: a layer that is on bears the name of one that is off, so that names do not tell.
    """

    off: frozenset[bytes] = frozenset()
    unsure: bool = False


NO_LAYERS = Layers()


def layers_of(pdf: pikepdf.Pdf) -> Layers:
    """The layers of a file."""
    try:
        properties = entry(pdf.Root, "/OCProperties")
        if properties is None:
            return NO_LAYERS
        default = entry(properties, "/D")
        every = {_key(layer): layer for layer in items_of(entry(properties, "/OCGs"))}
        off = {_key(layer): layer for layer in items_of(entry(default, "/OFF"))}
        if entry(default, "/BaseState") == pikepdf.Name("/OFF"):
            on = {_key(layer) for layer in items_of(entry(default, "/ON"))}
            off |= {key: layer for key, layer in every.items() if key not in on}
        names = frozenset(raw_name(layer) for layer in off.values())
        others = frozenset(raw_name(every[key]) for key in every.keys() - off.keys())
        return Layers(names - {b""}, bool(names & others) or b"" in names)
    except PDF_LIES:
        return Layers(frozenset(), unsure=True)


def raw_name(layer: Any) -> bytes:
    """The bytes of a layer's name; empty if it has none."""
    name = entry(layer, "/Name")
    return bytes(name) if isinstance(name, pikepdf.String) else b""


def _key(layer: Any) -> object:
    return getattr(layer, "objgen", None) or id(layer)
