"""The form of log lines."""

import json
import subprocess
import sys

WRITES = """
import logging, structlog
from app.telemetry.logs import configure_logging
configure_logging("{form}")
structlog.get_logger("app.turns").info("turn_ended", state="done")
logging.getLogger("uvicorn.error").warning("slow %s", "client")
logging.getLogger("httpx").info("POST https://provider/?key=secret")
try:
    secret = "hidden in a variable"
    raise ValueError("broken")
except ValueError as error:
    structlog.get_logger("app.failure").error("unexpected_error", exc_info=error)
"""


AFTER_A_LOOK = """
import structlog
from structlog.testing import capture_logs
from app.telemetry.logs import log_to_stderr
with capture_logs():
    log_to_stderr()
structlog.get_logger().info("said")
"""


def logged(form: str) -> str:
    return written(WRITES.replace("{form}", form))


def written(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == ""
    return done.stderr


class TestConfigureLogging:
    def test_writes_one_json_object_a_line_for_machines(self) -> None:
        lines = [json.loads(line) for line in logged("json").splitlines()]

        assert [line["event"] for line in lines] == [
            "turn_ended",
            "slow client",
            "unexpected_error",
        ]
        assert {"level", "logger", "timestamp"} <= set(lines[1])
        assert "ValueError: broken" in lines[2]["exception"]

    def test_writes_no_colours_where_nobody_looks(self) -> None:
        assert "\x1b" not in logged("console")

    def test_writes_tracebacks_without_variables(self) -> None:
        assert "Traceback" in logged("console")
        assert "hidden in a variable" not in logged("console")


class TestLogToStderr:
    def test_keeps_a_commands_output_free_of_its_log(self) -> None:
        code = """
import structlog
from app.telemetry.logs import log_to_stderr
log_to_stderr()
structlog.get_logger("app.grounding").info("sentence_blocked", check="names")
print("{}")
"""
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
        )

        assert done.stdout == "{}\n"
        assert "sentence_blocked" in done.stderr

    def test_keeps_the_log_out_of_the_output_where_somebody_captured_it_before(self) -> None:
        assert "said" in written(AFTER_A_LOOK)
