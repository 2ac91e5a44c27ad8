"""What every OOXML package (Word, PowerPoint) carries besides its own text: one way to read it."""
