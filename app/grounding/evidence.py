"""Evidence: a finding's place in the sources becomes words of an article that can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.answer import Citation, Sentence
from app.grounding.quote import quote
from app.grounding.receipt import CheckedClaim, Evidence
from app.grounding.sources import Sources
from app.grounding.verbatim import is_near_verbatim
from app.grounding.verdict import Finding
from knowledge_base.article import Passage


def checked(
    finding: Finding, passages: Sequence[Passage], sources: Sources, versions: Mapping[str, str]
) -> CheckedClaim:
    """Return the finding with the words that it rests on; `sources` were made of `passages`."""
    if finding.place is None:
        return CheckedClaim(finding, None)
    source, passage = sources.listed[finding.place.source], passages[finding.place.source]
    start, end = source.start + finding.place.start, source.start + finding.place.end
    facts = tuple(one for one in source.facts if start <= one.start and one.end <= end)
    version = versions.get(passage.article.id)
    return CheckedClaim(finding, Evidence(passage, start, end, version, facts))


def covering(citation: Citation) -> Passage:
    """Return the citation's passage, widened to hold all of the cited words."""
    chunk = citation.passage.chunk
    start, end = min(chunk.start, citation.start), max(chunk.end, citation.end)
    text = citation.passage.article.body[start:end]
    return replace(citation.passage, chunk=replace(chunk, start=start, end=end, text=text))


def said(sentence: Sentence, claims: Sequence[CheckedClaim]) -> Sentence:
    """Return the sentence with its citations narrowed to the words that its claims rest on.

    A list item or a table row that was copied becomes a quote, with its lead-in.
    """
    rested = (one.evidence for one in claims if one.evidence is not None)
    cited = (Citation(one.passage, one.start, one.end) for one in rested)
    found = {(one.passage.chunk.id, one.start, one.end): one for one in cited}
    if not found:
        return sentence
    first, *others = found.values()
    quoted = quote(first.passage, first.start, first.end)
    is_prose = quoted.text == first.quote.strip()
    if not others and not is_prose and is_near_verbatim(sentence.text, first.quote):
        return Sentence(quoted.text, quoted.citations)
    return replace(sentence, citations=tuple(found.values()))
