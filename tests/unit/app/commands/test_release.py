import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.commands.acting_user import acting_user
from app.commands.release import release
from app.releases.keys import PUBLIC
from tests.bundles import export_bundle
from tests.generations import flip


class TestActingUser:
    @pytest.mark.parametrize("error", [KeyError("getpwuid(): uid not found"), OSError()])
    def test_is_a_number_where_the_user_has_no_name(self, error: Exception) -> None:
        def nameless() -> str:
            raise error

        assert acting_user(nameless) == f"uid {os.getuid()}"

    def test_is_the_users_name_where_there_is_one(self) -> None:
        assert acting_user(lambda: "ann") == "ann"


class TestVerify:
    def test_exits_with_0_where_a_bundle_is_what_was_signed(self, tmp_path: Path) -> None:
        bundle = export_bundle(tmp_path)

        asked = verify(bundle.folder, tmp_path / "keys" / PUBLIC)

        assert asked == (0, "")

    def test_exits_with_1_and_names_the_file_that_is_not(self, tmp_path: Path) -> None:
        bundle = export_bundle(tmp_path)
        flip(bundle.folder / "settings.json")

        code, told = verify(bundle.folder, tmp_path / "keys" / PUBLIC)

        assert code == 1
        assert "settings.json" in told


def verify(bundle: Path, key: Path) -> tuple[int, str]:
    """Return the exit status of `candor release verify`, and what it complains of."""
    result = CliRunner().invoke(release, ["verify", str(bundle), "--key", str(key)])
    return result.exit_code, result.stderr
