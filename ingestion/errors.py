"""The errors of ingestion.

CandorError
└── IngestionError
    ├── SourceError         a source as a whole can't be read
    ├── FetchError          an address can't be fetched
    │   └── RefusedError    it mustn't be: by its host, its network or its robots.txt
    ├── UnusableFileError   one file of a source can't become an article
    │   └── WithdrawnError  its author says that it is none: a draft
    ├── NothingToIndexError the sources hold no article that can be indexed
    ├── SkippedFilesError   files were skipped where none may be
    ├── ReindexRunningError another reindex is at work in the same data folder
    └── FailedCheckError    a new generation isn't what it should be
"""

from knowledge_base.errors import CandorError


class IngestionError(CandorError):
    """Articles can't be taken in."""


class SourceError(IngestionError):
    """A source as a whole can't be read."""


class FetchError(IngestionError):
    """An address can't be fetched; its message is the reason."""


class RefusedError(FetchError):
    """An address mustn't be fetched, whether its host is there or not."""


class UnusableFileError(IngestionError):
    """One file of a source can't become an article; its message is the reason."""


class WithdrawnError(UnusableFileError):
    """The author of a file took it back; no earlier version of it may be used either."""


class NothingToIndexError(IngestionError):
    """The sources hold no article that can be indexed."""

    status = 422


class SkippedFilesError(IngestionError):
    """Files were skipped where none may be."""

    status = 422


class ReindexRunningError(IngestionError):
    """Another reindex is at work in the same data folder."""

    status = 409


class FailedCheckError(IngestionError):
    """A new generation isn't what it should be; it was thrown away."""
