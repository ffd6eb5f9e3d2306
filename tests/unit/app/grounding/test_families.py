from app.grounding.families import Families, other_than

GOLD, SILVER = ("gold", "rewards", "card"), ("silver", "zoom", "card")


class TestFamilies:
    def test_learns_names_inside_sentences(self) -> None:
        families = Families.of(["Apply for your Gold Rewards Card online."])

        assert families.names == {GOLD}

    def test_learns_what_opens_a_title(self) -> None:
        families = Families.of(["Gold Rewards Card: fees", "Silver Zoom Card at a glance"])

        assert families.names == {GOLD, SILVER}

    def test_learns_no_label_and_no_verb(self) -> None:
        assert not Families.of(["Then click Save Changes.", "Closing Accounts: how"]).names

    def test_takes_no_amount_for_a_name(self) -> None:
        families = Families.of(["| Kayak for 1 person | 45 USD | 190 USD |", "that tent 20 USD"])

        assert not families.names

    def test_learns_no_kind_that_is_written_small_too(self) -> None:
        texts = ["Downgrade your Credit Card online.", "Every credit card has a fee."]

        assert not Families.of(texts).names

    def test_learns_nothing_from_capitals_throughout_a_title(self) -> None:
        assert not Families.of(["How to Apply for Your Rewards Card"]).names

    def test_finds_a_known_name_in_small_letters(self) -> None:
        assert Families(frozenset({GOLD})).named_in("my gold rewards cards") == {GOLD}

    def test_finds_the_longest_name(self) -> None:
        families = Families(frozenset({GOLD, ("rewards", "card")}))

        assert families.named_in("a gold rewards card") == {GOLD}


class TestOtherThan:
    def test_is_the_sibling_that_is_told_instead(self) -> None:
        told = frozenset({GOLD})

        assert other_than(frozenset({SILVER}), told, told) == GOLD

    def test_is_nothing_where_the_wanted_is_there_too(self) -> None:
        told = frozenset({GOLD})

        assert other_than(frozenset({SILVER}), told | {SILVER}, told) is None

    def test_is_nothing_where_one_name_may_mean_the_other(self) -> None:
        told = frozenset({GOLD})

        assert other_than(frozenset({("rewards", "card")}), told, told) is None

    def test_is_nothing_where_any_of_the_wanted_may_be_meant(self) -> None:
        navy, blue, green = (("navy", "blue", "account"), ("blue", "account"), ("green", "account"))
        told = frozenset({navy})

        assert other_than(frozenset({blue, green}), told, told) is None
        assert other_than(frozenset({green}), told, told) == navy

    def test_is_nothing_where_the_kinds_differ(self) -> None:
        told = frozenset({("gold", "account")})

        assert other_than(frozenset({SILVER}), told, told) is None
