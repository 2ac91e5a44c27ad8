"""Fonts that are not in the file and that only an Asian system has.

Where the machine lacks such a font, pdfium measures none of its letters, and a text of one letter,
having no width, is left out of the text of the page without a word.
"""

from typing import Any

import pikepdf

from formats.pdf.structure import entry, items_of, pairs

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_DEEPEST = 3
# Narrower than this (points), pdfium leaves a text out.
WIDTH = 0.01


class BareFonts:
    """Looks at the fonts of pages, at each font once for a file."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}
        self._shared: dict[tuple[int, int], bool] = {}

    def among(self, resources: Any) -> bool:
        """Whether a composite font (ISO 32000-1, 9.7) of a page or its forms has no program.

        Often all pages share their resources.
        """
        name = getattr(resources, "objgen", (0, 0))
        if name == (0, 0):
            return self._among(resources, 0)
        if name not in self._shared:
            self._shared[name] = self._among(resources, 0)
        return self._shared[name]

    def _among(self, resources: Any, depth: int) -> bool:
        fonts = entry(resources, "/Font")
        if isinstance(fonts, pikepdf.Dictionary) and any(self._is(f) for _, f in pairs(fonts)):
            return True
        things = entry(resources, "/XObject")
        if depth == _DEEPEST or not isinstance(things, pikepdf.Dictionary):
            return False
        forms = (
            thing for _, thing in pairs(things) if entry(thing, "/Subtype") == pikepdf.Name.Form
        )
        return any(self._among(entry(form, "/Resources"), depth + 1) for form in forms)

    def _is(self, font: Any) -> bool:
        name = getattr(font, "objgen", (0, 0))
        if name == (0, 0):
            return _is_bare(font)
        if name not in self._known:
            self._known[name] = _is_bare(font)
        return self._known[name]


def _is_bare(font: Any) -> bool:
    return any(
        all(entry(entry(one, "/FontDescriptor"), program) is None for program in _PROGRAMS)
        for one in items_of(entry(font, "/DescendantFonts"))
    )
