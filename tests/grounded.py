"""What the tests of the checks share: findings on passages, by the verifier that serves."""

from app.answer import Question
from app.grounding.grounds import Grounds
from app.grounding.verdict import Finding, Verdict
from knowledge_base.article import Article
from tests.builders import a_passage, a_question, an_article

ELSEWHERE = an_article(
    "Lorries drive on Sundays.\nMaps are printed in Leeds.\nA stove needs gas.\n"
    "Lamps hang from a hook.\nSocks are made of wool.\nThe café serves soup.",
    article_id="elsewhere",
    title="Odds and ends",
)
"""Another article: a word that stands nowhere weighs much where there is but one statement."""


def findings(
    sentence: str, *stated: str | Article, asked: str | Question = ""
) -> tuple[Finding, ...]:
    """Return what the verifier finds of a sentence whose sources say what is stated."""
    articles = [
        one if isinstance(one, Article) else an_article(one, article_id=f"article-{place}")
        for place, one in enumerate(stated)
    ]
    articles.append(ELSEWHERE)
    grounds = Grounds.of(articles, {})
    sources = grounds.sources([a_passage(article=one) for one in articles])
    question = asked if isinstance(asked, Question) else a_question(asked)
    return grounds.verifier.verify(sentence, sources, question)


def verdict(sentence: str, *stated: str | Article, asked: str | Question = "") -> Verdict:
    """Return the verdict on a sentence that makes one claim."""
    (finding,) = findings(sentence, *stated, asked=asked)
    return finding.verdict
