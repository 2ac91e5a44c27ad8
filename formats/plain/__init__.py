"""Files that are text and nothing else: txt, csv, html. Encodings are found here."""
