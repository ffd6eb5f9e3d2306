"""Progress as lines of JSON."""

import json

from knowledge_base.progress_lines import ProgressLines
from tests.fakes import PatientClock


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

    def test_tell_other_pieces_a_few_times_a_second(self) -> None:
        lines: list[str] = []
        clock = PatientClock()
        progress = ProgressLines(lines.append, clock.now)

        progress.begin("Embedding", 1000)
        for _ in range(100):
            clock.sleep(0.01)
            progress.advance()

        told = [json.loads(line)["done"] for line in lines]
        assert told == sorted(told)
        assert 5 <= len(told) <= 7
