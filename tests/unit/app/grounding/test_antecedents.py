"""What a quote's pronoun stands for, through the gate with all its checks."""

from collections.abc import Sequence

from app.answer import Citation, DraftSentence, Question
from app.grounding.case import Hearing
from app.grounding.gate import Gate
from app.grounding.grounds import Grounds
from app.grounding.quote import quote
from app.grounding.receipt import Receipt
from knowledge_base.article import Passage
from knowledge_base.scope import Scopes
from tests.builders import a_passage, a_question, an_article
from tests.fakes import ScriptedRepairer

ASKED = a_question("What does it cost?")


def passage(body: str, title: str = "Delivery") -> Passage:
    return a_passage(article=an_article(body, article_id=title, title=title))


def quoted(words: str, held: Passage) -> DraftSentence:
    start = held.article.body.index(words)
    return quote(held, start, start + len(words))


async def shown(
    drafts: Sequence[DraftSentence],
    passages: Sequence[Passage],
    asked: Question = ASKED,
    gate: Gate | None = None,
) -> list[str | None]:
    plans = an_article(
        "Trail is a plan.", article_id="plans", applies_to={"plan": ("Trail", "Summit")}
    )
    articles = [plans, *(one.article for one in passages)]
    grounds = Grounds.of(articles, {}, scopes=Scopes(articles))
    receipts: list[Receipt] = []
    for draft in drafts:
        hearing = Hearing(asked, passages, grounds, earlier=tuple(receipts))
        receipts.append(await (gate or Gate()).release(draft, hearing))
    return [one.sentence.text if one.sentence else None for one in receipts]


class TestAQuotesPronoun:
    async def test_gets_what_it_stands_for_where_another_sentence_came_between(self) -> None:
        express = passage("Express delivery comes the next day. It costs 20 USD.")
        pick_up = passage("Home pick-up takes two days.", "Pick-up")
        drafts = [
            quoted("Express delivery comes the next day.", express),
            quoted("Home pick-up takes two days.", pick_up),
            quoted("It costs 20 USD.", express),
        ]

        *_, last = await shown(drafts, [express, pick_up])

        assert last == "Express delivery comes the next day. It costs 20 USD."

    async def test_stands_alone_behind_what_it_stands_for(self) -> None:
        express = passage("Express delivery comes the next day. It costs 20 USD.")
        drafts = [
            quoted("Express delivery comes the next day.", express),
            quoted("It costs 20 USD.", express),
        ]

        *_, last = await shown(drafts, [express])

        assert last == "It costs 20 USD."

    async def test_is_not_shown_where_what_it_stands_for_is_of_another_plan(self) -> None:
        trail = passage("Trail members get express delivery. It costs 20 USD.")
        drafts = [
            quoted("Trail members get express delivery.", trail),
            quoted("It costs 20 USD.", trail),
        ]

        assert await shown(drafts, [trail], a_question("What is it?", plan="Summit")) == [
            None,
            None,
        ]

    async def test_is_not_let_through_by_what_it_stands_for(self) -> None:
        both = passage(
            "Trail and Summit members get express delivery. It costs 20 USD on the Trail plan."
        )
        drafts = [quoted("It costs 20 USD on the Trail plan.", both)]

        assert await shown(drafts, [both], a_question("What is it?", plan="Summit")) == [None]


class TestADraftAboutSomethingElse:
    async def test_is_not_quoted_for_after_a_repair_that_fails_either(self) -> None:
        pick_up = passage("Home pick-up costs 11 USD for each trip.", "Home pick-up")
        course = passage("A knot course takes 2 hours.", "Workshops")
        cited = tuple(Citation(one, 0, len(one.article.body)) for one in (pick_up, course))
        draft = DraftSentence("The workshop costs 11 USD for each trip.", cited)
        worse = DraftSentence("The workshop costs 99 USD for each trip.", cited)

        found = await shown([draft], [pick_up, course], gate=Gate(repairer=ScriptedRepairer(worse)))

        assert found == [None]
