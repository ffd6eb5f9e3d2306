import pytest

from evals.metrics.values import same_value, values


def shared(left: str, right: str) -> bool:
    return all(any(same_value(one, other) for other in values(right)) for one in values(left))


class TestValues:
    def test_reads_dates_codes_and_numbers_with_a_unit(self) -> None:
        found = values("Use SAVE-20X until 15 January 2027 and get $20 back within 30 days.")

        assert {str(value) for value in found} == {"SAVE-20X", "01-15 2027", "20 usd", "30 day"}

    @pytest.mark.parametrize(
        "text", ["Step 3.", "Open Settings, then Plan.", "", "Call a shop in the USA."]
    )
    def test_reads_no_value_from_a_bare_number_or_word(self, text: str) -> None:
        assert values(text) == ()

    def test_reads_each_value_once(self) -> None:
        assert len(values("30 days. That is 30 days.")) == 1


class TestSameValue:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("15 January 2027", "January 15, 2027"),
            ("2027-01-15", "15 Jan 2027"),
            ("15 January", "15 January 2027"),
            ("3-5 days", "from 3 to 5 days"),
            ("thirty days", "30 calendar days"),
            ("$75", "75 USD"),
        ],
    )
    def test_takes_other_forms_of_one_value_for_the_same(self, left: str, right: str) -> None:
        assert values(left)
        assert shared(left, right)

    @pytest.mark.parametrize(
        ("left", "right"),
        [
            ("15 January 2027", "15 January 2026"),
            ("30 days", "30 months"),
            ("$75", "75 EUR"),
            ("SAVE20", "SAVE25"),
            ("3 days", "30 days"),
        ],
    )
    def test_tells_other_values_apart(self, left: str, right: str) -> None:
        assert values(left)
        assert not shared(left, right)
