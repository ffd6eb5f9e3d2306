"""The errors of the evaluations.

CandorError
└── EvalsError
    ├── CaseFileError        a suite or a question file can't be used
    ├── UnknownArticleError  cases name articles that the index doesn't hold
    ├── RunFolderError       a folder isn't a run, hasn't ended, or doesn't fit what is asked
    ├── RemoteError          the API that is measured can't be reached, or refused
    ├── GateFileError        the thresholds can't be read, or don't fit the run
    └── JudgeError           the judge model isn't set up, or didn't answer
"""

from knowledge_base.errors import CandorError


class EvalsError(CandorError):
    """An evaluation can't do what was asked."""


class CaseFileError(EvalsError):
    """A suite or a question file can't be used."""

    status = 422


class UnknownArticleError(EvalsError):
    """Cases name articles that the index doesn't hold."""

    status = 409


class RunFolderError(EvalsError):
    """A folder isn't a run, hasn't ended, or doesn't fit what is asked of it."""

    status = 422


class RemoteError(EvalsError):
    """The API that is measured can't be reached, or refused."""

    status = 502


class GateFileError(EvalsError):
    """The thresholds can't be read, or don't fit the run."""

    status = 422


class JudgeError(EvalsError):
    """The judge model isn't set up, or didn't answer."""

    status = 502
