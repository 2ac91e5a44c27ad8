"""PDF: bytes to segments, to pictures of pages and to character boxes.

pdfium gives what stands on the pages and where, pikepdf the rest of the file. pdfium is not
thread-safe: everything here runs on one thread of a child process. It never writes a PDF.
"""

from formats.pdf.line_boxes import boxes
from formats.pdf.lines import LineBoxes
from formats.pdf.picture import PageImage, page_image
from formats.pdf.reader import read

__all__ = ["LineBoxes", "PageImage", "boxes", "page_image", "read"]
