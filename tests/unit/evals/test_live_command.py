import pytest
from typer import Typer
from typer.testing import CliRunner

from evals.live_command import live

COMMAND = Typer()
COMMAND.command()(live)


class TestLive:
    @pytest.mark.parametrize("days", ["0", "99999999"])
    def test_refuses_days_that_no_calendar_has(self, days: str) -> None:
        assert CliRunner().invoke(COMMAND, ["--days", days]).exit_code == 2
