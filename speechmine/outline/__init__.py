"""What a document is made of: speeches, sections, statements, speakers, dates, and page furniture."""

from speechmine.outline.dated import with_reference_date
from speechmine.outline.document import outlined
from speechmine.outline.model import Outline, Speaker, SpeechPart, Statement

__all__ = ["Outline", "Speaker", "SpeechPart", "Statement", "outlined", "with_reference_date"]
