"""Which parts of a Word package are stories and which only shape it, told from the relationship."""

STORIES = frozenset(
    {"officeDocument", "header", "footer", "footnotes", "endnotes", "comments", "glossaryDocument"}
)
# Parts that shape the document and hold no sentence of it.
SHAPES = frozenset(
    {
        "styles", "stylesWithEffects", "theme", "themeOverride", "fontTable", "font", "numbering",
        "webSettings", "settings", "commentsExtended", "commentsIds", "commentsExtensible",
        "chartStyle", "chartColorStyle", "diagramLayout", "diagramColors", "diagramQuickStyle",
        "customXmlProps", "printerSettings", "keyMapCustomizations", "wordVbaData", "documenttasks",
    }
)  # fmt: skip
# Those whose entries bear names that people give.
NAMED = frozenset({"styles", "stylesWithEffects", "numbering", "webSettings"})
