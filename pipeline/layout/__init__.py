"""Lines, paragraphs and sentences: how a text is laid out, whatever it says."""

from pipeline.layout.lines import read_lines
from pipeline.layout.sentences import bridged, paragraphs, sentences, without_stray_blanks

__all__ = ["bridged", "paragraphs", "read_lines", "sentences", "without_stray_blanks"]
