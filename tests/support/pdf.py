"""Looking into a PDF as a reader would: its text in order, and its pages as pictures."""

import re
from dataclasses import dataclass

import pypdfium2
from PIL import Image


@dataclass(frozen=True)
class Pdf:
    """One PDF, opened with PDFium, which is no part of what made it."""

    content: bytes

    @property
    def pages(self) -> int:
        return len(pypdfium2.PdfDocument(self.content))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the first page in points."""
        width, height = pypdfium2.PdfDocument(self.content)[0].get_size()
        return round(width), round(height)

    @property
    def smallest_letter(self) -> float:
        """Size of the smallest letter on the first page, in points."""
        text = pypdfium2.PdfDocument(self.content)[0].get_textpage()
        sizes = [
            pypdfium2.raw.FPDFText_GetFontSize(text.raw, number)
            for number in range(text.count_chars())
        ]
        return min(size for size in sizes if size > 1)

    @property
    def text(self) -> str:
        """Everything that can be selected on the first page, with single spaces."""
        page = pypdfium2.PdfDocument(self.content)[0]
        return re.sub(r"\s+", " ", page.get_textpage().get_text_range())

    def picture(self, scale: float = 2) -> Image.Image:
        """The first page as it is seen; at scale 1 a pixel is a point."""
        return pypdfium2.PdfDocument(self.content)[0].render(scale=scale).to_pil()
