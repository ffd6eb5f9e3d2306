"""The errors of ingestion.

CandorError
└── IngestionError
    ├── SourceError       a source as a whole can't be read
    └── UnusableFileError one file of a source can't become an article
"""

from knowledge_base.errors import CandorError


class IngestionError(CandorError):
    """Articles can't be taken in."""


class SourceError(IngestionError):
    """A source as a whole can't be read."""


class UnusableFileError(IngestionError):
    """One file of a source can't become an article; its message is the reason."""
