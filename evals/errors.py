"""The errors of the evaluations.

CandorError
└── EvalsError
    ├── CaseFileError        a suite or a question file can't be used
    ├── UnknownArticleError  cases name articles that the index doesn't hold
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


class JudgeError(EvalsError):
    """The judge model isn't set up, or didn't answer."""

    status = 502
