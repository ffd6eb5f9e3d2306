"""Draws rows from the proposals with a seed: each kind as it stands and in other words."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice, zip_longest

from benchmarks.claim_mutations.help_centre import HelpCentre, PolicySentence
from benchmarks.claim_mutations.lookalikes import passage_rows
from benchmarks.claim_mutations.mutations.inventions import inventions, load
from benchmarks.claim_mutations.mutations.scopes import ASKED
from benchmarks.claim_mutations.proposals import Proposal, Proposals
from benchmarks.claim_mutations.questions import question
from benchmarks.claim_mutations.rewriting.rewriting import Rewritten, rewritten
from benchmarks.claim_mutations.rewriting.template import Claim
from benchmarks.claim_mutations.row import MUTATED, REPORTED, Kind, Part, Row, Wording

MUTATED_ROWS = 120
UNCHANGED_ROWS = 240
_ROUNDS = 3
"""Changes of one kind that a sentence may give, where others give too few."""
_UNNAMED = frozenset({Kind.DROPPED_CONDITION, Kind.DROPPED_EXCLUSION, Kind.WIDENED_SCOPE})


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows are wanted of each kind, half of them in other words."""

    mutated: int = MUTATED_ROWS
    unchanged: int = UNCHANGED_ROWS

    def of(self, kind: Kind) -> int:
        """Return the rows wanted of a kind."""
        return self.unchanged if kind is Kind.UNCHANGED else self.mutated


class Draw:
    """Draws the rows of one help centre."""

    def __init__(
        self, help_centre: HelpCentre, seed: int, parts: Sequence[Part] = REPORTED
    ) -> None:
        """Take where the rows are drawn from, and which parts of the templates rewrite them."""
        self._help_centre = help_centre
        self._seed = seed
        self._parts = parts
        self._proposals = Proposals(help_centre)

    def rows(self, sizes: Sizes) -> Iterator[Row]:
        """Yield the rows, kind by kind."""
        for kind in (Kind.UNCHANGED, *MUTATED):
            made = self._invented() if kind is Kind.INVENTED_POLICY else self._made(kind)
            yield from _filled(made, sizes.of(kind), self._parts)

    def _made(self, kind: Kind) -> Iterator[Row]:
        for proposal in self._shuffled(kind):
            claim = Claim(
                text=proposal.change.text,
                topic=_topic(kind, proposal.sentence),
                columns=proposal.sentence.statement.columns,
                names=self._proposals.first_words,
            )
            for said, part in self._wordings(kind, claim, proposal.sentence.id):
                yield self._row(kind, proposal, said, part)

    def _shuffled(self, kind: Kind) -> Iterator[Proposal]:
        """Yield the proposals of a kind: each sentence's first, then their second ones."""
        listed = self._proposals.sentences(kind)
        sentences = self._random("sentences", kind).sample(listed, len(listed))
        later: list[Iterator[Proposal]] = []
        for sentence in _each_text_once(sentences):
            order = self._random("changes", kind, sentence.id)
            found = islice(self._proposals.of(kind, sentence, order), _ROUNDS)
            first = next(found, None)
            if first is not None:
                later.append(found)
                yield first
        for turn in zip_longest(*later):
            yield from (proposal for proposal in turn if proposal is not None)

    def _wordings(
        self, kind: Kind, claim: Claim, place: str
    ) -> Iterator[tuple[Rewritten, Part | None]]:
        yield Rewritten(claim.text, ()), None
        for part in self._parts:
            said = rewritten(claim, part, self._random("wording", kind, place, claim.text, part))
            if said is not None:
                yield said, part

    def _row(self, kind: Kind, proposal: Proposal, said: Rewritten, part: Part | None) -> Row:
        sentence = proposal.sentence
        draw = self._random("row", kind, sentence.id, proposal.change.text)
        asked = question(sentence, proposal.about, draw, proposal.hidden)
        return Row(
            id=self._id(kind, sentence.id, asked, said.text),
            claim=said.text,
            question=asked,
            passages=passage_rows(proposal.held, draw),
            kind=kind,
            change=proposal.change.how,
            supported=kind is Kind.UNCHANGED,
            wording=Wording.REWRITTEN if part else Wording.AS_IT_STANDS,
            template="+".join(said.templates),
            template_part=part,
            help_centre=self._help_centre.name,
            article=sentence.article.id,
            sentence=sentence.text,
            origin=f"{self._help_centre.name}/{sentence.article.id}/{sentence.text}",
        )

    def _invented(self) -> Iterator[Row]:
        kind = Kind.INVENTED_POLICY
        texts = [f"{article.title}\n{article.body}" for article in self._help_centre.articles]
        templates = load(self._help_centre.name)
        for one in inventions(templates, texts, self._random("inventions")):
            held = self._proposals.lookalikes.nearest(f"{one.question} {one.claim}")
            for said, part in self._wordings(kind, Claim(one.claim), one.topic):
                draw = self._random("row", kind, one.claim)
                yield Row(
                    id=self._id(kind, one.topic, one.question, said.text),
                    claim=said.text,
                    question=one.question,
                    passages=passage_rows(held, draw),
                    kind=kind,
                    change=one.topic,
                    supported=False,
                    wording=Wording.REWRITTEN if part else Wording.AS_IT_STANDS,
                    template="+".join(said.templates),
                    template_part=part,
                    help_centre=self._help_centre.name,
                    article="",
                    sentence="",
                    origin=f"{self._help_centre.name}/{one.topic}",
                )

    def _random(self, *what: str) -> random.Random:
        return random.Random("\n".join((str(self._seed), self._help_centre.name, *what)))

    def _id(self, *what: str) -> str:
        return sha256("\n".join((self._help_centre.name, *what)).encode()).hexdigest()[:12]


def _each_text_once(sentences: Sequence[PolicySentence]) -> Iterator[PolicySentence]:
    seen: set[str] = set()
    for one in sentences:
        if one.text not in seen:
            seen.add(one.text)
            yield one


def _topic(kind: Kind, sentence: PolicySentence) -> str:
    """Return the heading that a rewriting may name; none that would take the change back."""
    return "" if kind in _UNNAMED else sentence.headings[-1]


def _filled(rows: Iterator[Row], wanted: int, parts: Sequence[Part]) -> Iterator[Row]:
    """Yield as many rows as are wanted, half as they stand and a quarter of each part."""
    room = {None: wanted // 2} | dict.fromkeys(parts, wanted // 4)
    asked = {part: size // 3 for part, size in room.items()}
    seen: set[tuple[str, str, bool]] = set()
    for row in rows:
        left = asked if row.change == ASKED else room
        if left[row.template_part] > 0 and room[row.template_part] > 0:
            said = (row.claim, row.question, row.template_part is Part.DEVELOPING)
            if said in seen:
                continue
            seen.add(said)
            if row.change == ASKED:
                asked[row.template_part] -= 1
            room[row.template_part] -= 1
            yield row
        if not any(room.values()):
            return
