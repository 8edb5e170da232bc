"""The tables of the book."""

from biographies.models.chapter import Chapter
from biographies.models.collection import CollectedPerson, Collection
from biographies.models.comment import Comment
from biographies.models.export import Export
from biographies.models.finding import Finding
from biographies.models.image import Image
from biographies.models.job import BiographyJob
from biographies.models.request import AnsweredRequest
from biographies.models.revision import Approval, ChapterRevision
from biographies.models.style_guide import StyleGuide
from biographies.models.team import TeamSettings

__all__ = [
    "AnsweredRequest",
    "Approval",
    "BiographyJob",
    "Chapter",
    "ChapterRevision",
    "CollectedPerson",
    "Collection",
    "Comment",
    "Export",
    "Finding",
    "Image",
    "StyleGuide",
    "TeamSettings",
]
