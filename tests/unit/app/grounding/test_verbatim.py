import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.grounding.verbatim import is_near_verbatim

SENTENCES = (
    "Summit members can cancel within 30 days and get 65 USD back.",
    "Orders over 75 USD ship free to the EU, except for oversized items.",
    "You can't return gift cards, unless they were bought less than 14 days ago.",
    "Repairs cost at least 12.50 EUR and take up to 3 weeks.",
    "Write to help@ridgeline.example or see https://help.ridgeline.example/returns for more.",
    "The Trail plan gives 2% loyalty credit; the Summit plan gives 5%.",
    "No, refunds of -5 USD or 1/2 of the price are not possible at +2 °C.",
)
NEGATIONS = ("not", "no", "never", "can't", "unless", "except", "without", "cannot")
COMPARATORS = ("over", "under", "at least", "at most", "up to", "less than", "more than", "within")
UNITS = ("days", "weeks", "months", "USD", "EUR", "GBP", "%", "business days")
NAMES = ("Summit", "Trail", "Family", "US", "EU", "UK", "help@ridgeline.example")
SWAPS = [
    (left, right)
    for kind in (NEGATIONS, COMPARATORS, UNITS, NAMES)
    for left in kind
    for right in kind
    if left != right and {left, right} != {"can't", "cannot"}
]

sentences = st.sampled_from(SENTENCES)


class TestIsNearVerbatim:
    @pytest.mark.parametrize(
        ("draft", "source"),
        [
            ("Refunds take 5 days", "Refunds take 5 days."),
            ("refunds take  5 days.", "Refunds take 5 days."),
            ("Refunds take **5 days**.", "Refunds take 5 days."),
            ("Refunds take 5 days.", "Refunds take 5\u00a0days."),
            ("You do not pay for returns.", "You don’t pay for returns."),
            ("You cannot return gift cards.", "You can't return gift cards."),
            ("A two-person tent – new.", "A two‑person tent - new."),  # noqa: RUF001
            ('Open "Orders" and tap it.', "Open “Orders” and tap it."),
            ("Please also keep the receipt.", "Keep receipt."),
            ("Orders to the US ship free.", "orders to US ship free."),
        ],
    )
    def test_lets_form_differ(self, draft: str, source: str) -> None:
        assert is_near_verbatim(draft, source)

    @pytest.mark.parametrize("joint", [" ", ", ", "; ", " and ", ", and "])
    def test_lets_adjacent_sentences_be_joined(self, joint: str) -> None:
        draft = f"Returns are free{joint}refunds take 5 days."

        assert is_near_verbatim(draft, "Returns are free.", "Refunds take 5 days.")

    @pytest.mark.parametrize(
        ("draft", "source"),
        [
            ("No returns are free.", "No, returns are free."),
            ("Refunds take 5 days.", "Refunds take 5 days, except for gift cards."),
            ("Refunds take 5 days, for sure.", "Refunds take 5 days."),
            ("It ships to us.", "It ships to US."),
            ("Refunds take 57 days.", "Refunds take 5–7 days."),
            ("Refunds take 15 days.", "Refunds take 1.5 days."),
            ("It holds 102 litres.", "It holds 10² litres."),
            ("It stands -5 °C.", "It stands 5 °C."),
            ("Few items are excluded.", "A few items are excluded."),
            ("Gift cards refundable.", "Gift cards refundable?"),
            ("Pay <75 USD.", "Pay >75 USD."),
            ("Ask trail members.", "Ask Trail members."),
            ("", "Refunds take 5 days."),
            ("", ""),
            ("...", "..."),
        ],
    )
    def test_lets_no_meaning_differ(self, draft: str, source: str) -> None:
        assert not is_near_verbatim(draft, source)

    @given(sentences)
    def test_holds_for_each_sentence_and_itself(self, sentence: str) -> None:
        assert is_near_verbatim(sentence, sentence)

    @given(sentences, st.data())
    def test_never_lets_a_digit_change(self, sentence: str, data: st.DataObject) -> None:
        digits = [index for index, sign in enumerate(sentence) if sign.isdigit()]
        assume(digits)
        at = data.draw(st.sampled_from(digits))
        changed = data.draw(st.sampled_from(["", *"0123456789"]).filter(sentence[at].__ne__))

        mutated = sentence[:at] + changed + sentence[at + 1 :]

        assert not is_near_verbatim(mutated, sentence)

    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_never_lets_a_negation_comparator_unit_or_name_change(self, sentence: str) -> None:
        changes = [(left, right) for left, right in SWAPS if left in sentence]

        passed = [
            (left, right)
            for left, right in changes
            if is_near_verbatim(sentence.replace(left, right, 1), sentence)
        ]

        assert changes
        assert passed == []

    @given(sentences, st.sampled_from(NEGATIONS + COMPARATORS + NAMES), st.data())
    def test_never_lets_such_a_word_come_or_go(
        self, sentence: str, word: str, data: st.DataObject
    ) -> None:
        words = sentence.split(" ")
        at = data.draw(st.integers(0, len(words)))

        longer = " ".join([*words[:at], word, *words[at:]])

        assert not is_near_verbatim(longer, sentence)
        assert not is_near_verbatim(sentence, longer)

    @given(sentences, st.data())
    def test_never_lets_a_sentence_stop_half_way(self, sentence: str, data: st.DataObject) -> None:
        words = sentence.split(" ")
        kept = data.draw(st.integers(1, len(words) - 1))

        assert not is_near_verbatim(" ".join(words[:kept]), sentence)

    @given(sentences, st.data())
    def test_never_lets_two_different_words_change_places(
        self, sentence: str, data: st.DataObject
    ) -> None:
        words = sentence.split(" ")
        first, second = sorted(
            data.draw(st.sets(st.integers(0, len(words) - 1), min_size=2, max_size=2))
        )
        assume(words[first].lower() != words[second].lower())
        assume("the" not in {words[first].lower(), words[second].lower()})

        words[first], words[second] = words[second], words[first]

        assert not is_near_verbatim(" ".join(words), sentence)

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_reads_any_text(self, draft: str, source: str) -> None:
        assert is_near_verbatim(draft, source) == is_near_verbatim(source, draft)
