"""Pictures of pages (PNG, JPEG, TIFF and their like), read by OCR."""

from __future__ import annotations

import io
import warnings

from pipeline.errors import UnreadableError
from pipeline.read.ocr import MOST_PIXELS, danish_ocr, recognise
from pipeline.read.reading import Reading, needs

__all__ = ["read_image"]

_DPI = 300
_LEAST_DPI, _MOST_DPI = 70, 1200  # what is outside was never a scanner's


def read_image(data: bytes) -> Reading:
    """The text of a picture, or of each page of a TIFF; each page but the first begins with a form feed.

    Raises `UnreadableError` without Tesseract, for a damaged picture, for one of more than 60 million pixels, and where
    no word is found.
    """
    with needs("pdf"):
        from PIL import Image, ImageOps, ImageSequence
    pages: list[str] = []
    kind = None
    try:
        # Pillow warns of large pictures and damaged metadata; the size is judged here, before a pixel is unpacked.
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as picture:
            kind = picture.get_format_mimetype()
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > MOST_PIXELS:
                    raise UnreadableError("the picture has more than 60 million pixels", "scan the page at 300 dpi")
                dpi = frame.info.get("dpi", (_DPI, _DPI))[0]
                upright = ImageOps.exif_transpose(frame)
                if upright.has_transparency_data:  # screenshots: what is clear is paper
                    clear = upright.convert("RGBA")
                    upright = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
                pages.append(recognise(upright, round(dpi) if _LEAST_DPI <= dpi <= _MOST_DPI else _DPI))
    except UnreadableError:
        raise
    except Exception as error:  # Pillow's readers raise what their formats make them: there is no list
        raise UnreadableError("the picture is damaged", "scan the page again") from error
    if not any(pages):
        raise UnreadableError("no word was found in the picture", "scan it again, upright and at 300 dpi")
    return Reading("\n\f".join(pages) + "\n", kind or "image/*", str(danish_ocr()), len(pages))
