from datetime import date

from app.answer import Citation, Sentence
from app.notices import dated, joined, which_one
from tests.builders import a_passage, an_article


def a_sentence(text: str, *, in_force: bool = True) -> Sentence:
    article = an_article(text, valid_from=date(2027, 1, 15))
    passage = a_passage(article=article, in_force=in_force)
    return Sentence(text, (Citation(passage, 0, len(text)),))


class TestDated:
    def test_names_the_first_day_of_what_is_not_in_force_yet(self) -> None:
        sentence = dated(a_sentence("You have 35 days.", in_force=False))

        assert sentence.text == "From 15 January 2027: You have 35 days."

    def test_leaves_what_is_in_force_as_it_is(self) -> None:
        sentence = dated(a_sentence("You have 28 days."))

        assert sentence.text == "You have 28 days."


class TestJoined:
    def test_lets_prose_run_on(self) -> None:
        text = joined([a_sentence("One."), a_sentence("Two.")])

        assert text == "One. Two."

    def test_gives_a_list_lines_of_its_own(self) -> None:
        text = joined([a_sentence("One."), a_sentence("Take:\n- a\n- b"), a_sentence("Two.")])

        assert text == "One.\n\nTake:\n- a\n- b\n\nTwo."


class TestWhichOne:
    def test_offers_the_values(self) -> None:
        text = which_one("plan", ["Trail", "Summit", "Family"])

        assert text == "The answer depends on the plan. Which one is it: Trail, Summit or Family?"
