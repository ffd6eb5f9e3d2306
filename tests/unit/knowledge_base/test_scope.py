import pytest

from knowledge_base.article import Article
from knowledge_base.scope import Scopes


def an_article(body: str = "", **applies_to: tuple[str, ...]) -> Article:
    return Article(id="a", title="A", body=body, path="a.md", applies_to=applies_to)


SHOP = Scopes(
    [
        an_article("Trail members save. Trail costs 20 USD a year.", plan=("Trail",)),
        an_article("Summit is paid monthly, and Summit members save.", plan=("Summit",)),
        an_article("Family covers five people.", plan=("Family",)),
        an_article("Our family tents and trail shoes are on the second floor."),
        an_article(region=("US",)),
        an_article(region=("EU", "UK")),
        an_article(product=("Peak Stove", "Peak Stove Duo")),
    ]
)


class TestNamedIn:
    @pytest.mark.parametrize(
        ("text", "named"),
        [
            ("What does the Summit plan cost?", {"plan": ("Summit",)}),
            ("what does the summit plan cost?", {"plan": ("Summit",)}),
            ("How much is it for a trail member?", {"plan": ("Trail",)}),
            ("I'm on summit", {"plan": ("Summit",)}),
            ("Is it the same for Family?", {"plan": ("Family",)}),
            ("Trail or Summit: which is cheaper?", {"plan": ("Trail", "Summit")}),
            ("Do you ship to the EU?", {"region": ("EU",)}),
            ("I bought it in the United States", {"region": ("US",)}),
            ("Returns from Germany", {"region": ("EU",)}),
            ("I live in Scotland", {"region": ("UK",)}),
            (
                "Is the peak stoves duo safe? A Peak Stove Duo, I mean",
                {"product": ("Peak Stove", "Peak Stove Duo")},
            ),
        ],
    )
    def test_finds_the_values_that_are_used_as_names(
        self, text: str, named: dict[str, tuple[str, ...]]
    ) -> None:
        found = SHOP.named_in(text)

        assert found == named

    @pytest.mark.parametrize(
        "text",
        [
            "Can you help us with a return?",
            "Can I return a family tent?",
            "Do trail shoes have a warranty?",
            "Can my family use it too?",
            "Is there a trail near the store?",
            "",
        ],
    )
    def test_leaves_ordinary_words_alone(self, text: str) -> None:
        found = SHOP.named_in(text)

        assert found == {}


class TestSettled:
    def test_keeps_what_an_earlier_question_said(self) -> None:
        scope = SHOP.settled(["I'm in the UK", "How long can I return boots?"])

        assert scope == {"region": "UK"}

    def test_lets_the_latest_value_win(self) -> None:
        scope = SHOP.settled(["Returns in the US?", "And in the EU?"])

        assert scope == {"region": "EU"}

    @pytest.mark.parametrize(
        "texts",
        [
            ["Is my Peak Stove safe? It's the Duo."],
            ["How long is the warranty on the Peak Stove?", "and the duo one?"],
        ],
    )
    def test_takes_what_adds_to_a_name_as_the_longer_name(self, texts: list[str]) -> None:
        scope = SHOP.settled(texts)

        assert scope == {"product": "Peak Stove Duo"}

    def test_keeps_the_shorter_name_where_the_longer_one_is_denied(self) -> None:
        scope = SHOP.settled(["Is the Peak Stove, not the Duo, safe?"])

        assert scope == {"product": "Peak Stove"}

    def test_settles_nothing_where_the_question_names_several_values(self) -> None:
        scope = SHOP.settled(["I'm on Summit", "Is Trail cheaper than Summit?"])

        assert scope == {}


class TestStrangers:
    def test_settles_a_country_that_is_not_served_like_a_value(self) -> None:
        assert SHOP.settled(["Returns in the US?", "And in Norway?"]) == {"region": "Norway"}

    def test_settles_nothing_where_a_served_one_is_named_too(self) -> None:
        assert SHOP.settled(["Can I order in the US and ship to Norway?"]) == {}

    @pytest.mark.parametrize("text", ["In the US, returns are free.", "Trail costs 20 USD a year."])
    def test_leaves_out_what_holds_elsewhere(self, text: str) -> None:
        assert SHOP.is_of_another(text, {"region": "Norway"})

    @pytest.mark.parametrize(
        "text", ["From the EU we don't deliver to Norway.", "Trail can't be paused."]
    )
    def test_keeps_what_holds_there_or_anywhere(self, text: str) -> None:
        assert not SHOP.is_of_another(text, {"region": "Norway"})


class TestKnows:
    @pytest.mark.parametrize("word", ["tents", "tent"])
    def test_knows_the_words_of_the_articles_in_either_number(self, word: str) -> None:
        assert SHOP.knows(word)

    def test_knows_no_other_word(self) -> None:
        assert not SHOP.knows("yoga")


class TestSwapped:
    def test_replaces_a_value_by_another_of_the_same_kind(self) -> None:
        swapped = SHOP.swapped("How long can I return in the US?", {"region": ("EU",)})

        assert swapped == "How long can I return in the EU?"

    def test_leaves_a_text_without_such_a_value_as_it_is(self) -> None:
        swapped = SHOP.swapped("How do I return it?", {"plan": ("Summit",)})

        assert swapped == "How do I return it?"


class TestUnknownIn:
    @pytest.mark.parametrize(
        "text",
        ["What does the Premium plan cost?", "Hi, I have a Gold membership.", "Is Basic-tier ok?"],
    )
    def test_names_a_plan_that_is_not_sold(self, text: str) -> None:
        assert SHOP.unknown_in(text)

    @pytest.mark.parametrize(
        "text",
        [
            "What does the Summit plan cost?",
            "Is the Family Membership monthly?",
            "Premium plan?",
            "What does the cheapest plan cost?",
            "Can I return an Osprey pack?",
            "I like the Trail plan",
        ],
    )
    def test_names_nothing_else(self, text: str) -> None:
        assert SHOP.unknown_in(text) == ()

    def test_names_nothing_where_there_are_no_plans(self) -> None:
        assert Scopes([an_article(region=("US",))]).unknown_in("the Premium plan") == ()
