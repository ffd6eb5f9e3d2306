"""Progress as lines of JSON."""

import json

from knowledge_base.progress_lines import ProgressLines


class TestProgressLines:
    def test_tell_each_step_and_its_last_piece_at_once(self) -> None:
        lines: list[str] = []
        progress = ProgressLines(lines.append, lambda: 0.0)

        progress.begin("Reading", None)
        progress.begin("Embedding", 2)
        progress.advance()
        progress.advance()

        assert [json.loads(line) for line in lines] == [
            {"step": "Reading", "done": 0, "total": None},
            {"step": "Embedding", "done": 0, "total": 2},
            {"step": "Embedding", "done": 2, "total": 2},
        ]

    def test_tell_the_latest_note_of_a_step(self) -> None:
        lines: list[str] = []
        progress = ProgressLines(lines.append, lambda: 0.0)

        progress.begin("cases", 1)
        progress.note("12 tokens, 0.0001 USD")
        progress.advance()
        progress.begin("next", None)

        assert [json.loads(line).get("note") for line in lines] == [
            None,
            "12 tokens, 0.0001 USD",
            None,
        ]

    def test_tell_other_pieces_a_few_times_a_second(self) -> None:
        lines: list[str] = []
        seconds = 0.0
        progress = ProgressLines(lines.append, lambda: seconds)

        progress.begin("Embedding", 1000)
        for _ in range(100):
            seconds += 0.01
            progress.advance()

        told = [json.loads(line)["done"] for line in lines]
        assert told == sorted(told)
        assert 5 <= len(told) <= 7
