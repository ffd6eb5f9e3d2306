"""`candor release key | export | verify` over real files."""

from pathlib import Path

import pytest

from app.releases.keys import PRIVATE, PUBLIC, SigningKey
from tests.bundles import Bundle, export_bundle
from tests.command import Said
from tests.generations import flip
from tests.release_command import UNKNOWN, asked, created, one_line


class TestKey:
    def test_makes_a_pair(self, tmp_path: Path) -> None:
        said = asked("key", str(tmp_path / "keys"))

        assert said.code == 0
        assert (tmp_path / "keys" / PRIVATE).stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "keys" / PUBLIC).is_file()

    def test_says_in_a_line_that_there_is_one_already(self, tmp_path: Path) -> None:
        asked("key", str(tmp_path / "keys"))

        assert "File exists" in one_line(asked("key", str(tmp_path / "keys")))

    def test_says_in_a_line_that_the_folder_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "keys").write_text("")

        assert "name another folder" in one_line(asked("key", str(tmp_path / "keys")))


class TestExport:
    @pytest.fixture
    def signing(self, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        """A release that can be exported, and its name."""
        SigningKey.generate().write(data_dir / "keys")
        monkeypatch.setenv("CANDOR_SIGNING_KEY", str(data_dir / "keys" / PRIVATE))
        return created()

    def test_writes_a_bundle_that_verifies(self, signing: str, data_dir: Path) -> None:
        bundle = data_dir / "bundle"

        said = asked("export", signing, str(bundle))
        verified = asked("verify", str(bundle), "--key", str(data_dir / "keys" / PUBLIC))

        files = [path for path in bundle.rglob("*") if path.is_file()]
        assert said.out == f"{len(files) - 2} files of release {signing} written to {bundle}.\n"
        assert verified == Said(0, f"{bundle} is what was signed.\n", "")

    def test_says_in_a_line_that_there_is_no_such_release(
        self, signing: str, data_dir: Path
    ) -> None:
        del signing

        said = one_line(asked("export", UNKNOWN, str(data_dir / "bundle")))

        assert f"there is no release {UNKNOWN}" in said

    def test_says_in_a_line_that_the_folder_is_not_empty(
        self, signing: str, data_dir: Path
    ) -> None:
        said = one_line(asked("export", signing, str(data_dir)))

        assert "isn't empty: name another folder" in said

    def test_says_in_a_line_that_the_folder_is_a_file(self, signing: str, data_dir: Path) -> None:
        (data_dir / "bundle").write_text("")

        said = one_line(asked("export", signing, str(data_dir / "bundle")))

        assert "name another folder" in said

    def test_says_in_a_line_that_its_generation_is_gone(self, signing: str, data_dir: Path) -> None:
        (folder,) = (data_dir / "generations").glob("2*")
        folder.rename(data_dir / "elsewhere")

        said = one_line(asked("export", signing, str(data_dir / "bundle")))

        assert "manifest.json can't be read" in said

    @pytest.mark.usefixtures("data_dir")
    def test_says_in_a_line_that_no_key_is_set(self, tmp_path: Path) -> None:
        said = one_line(asked("export", created(), str(tmp_path / "bundle")))

        assert "CANDOR_SIGNING_KEY" in said

    def test_says_in_a_line_that_the_key_is_none(
        self, signing: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CANDOR_SIGNING_KEY", str(data_dir / "keys" / PUBLIC))

        said = one_line(asked("export", signing, str(data_dir / "bundle")))

        assert "holds no Ed25519 private key" in said


class TestVerify:
    @pytest.fixture
    def bundle(self, tmp_path: Path) -> Bundle:
        return export_bundle(tmp_path)

    def test_names_the_byte_that_differs(self, bundle: Bundle, tmp_path: Path) -> None:
        flip(bundle.folder / "prices.json")

        refused = verify(bundle.folder, tmp_path)

        assert (refused.code, refused.out) == (1, "")
        assert "prices.json differs in byte " in refused.err

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("manifest.json", b""),
            ("manifest.json", b"\xff\xfe"),
            ("manifest.json", b'{"format": 1}'),
            ("manifest.sig", b""),
            ("manifest.sig", b"x" * 64),
            ("release.json", None),
            ("manifest.sig", None),
        ],
    )
    def test_names_a_damaged_or_a_missing_file(
        self, bundle: Bundle, tmp_path: Path, name: str, content: bytes | None
    ) -> None:
        if content is None:
            (bundle.folder / name).unlink()
        else:
            (bundle.folder / name).write_bytes(content)

        refused = verify(bundle.folder, tmp_path)

        assert (refused.code, refused.out) == (1, "")
        assert name in refused.err

    def test_names_a_file_that_is_none_of_it_in_one_line_that_steers_no_terminal(
        self, bundle: Bundle, tmp_path: Path
    ) -> None:
        (bundle.folder / "new\n\x1b[2Jname").write_text("")

        refused = verify(bundle.folder, tmp_path)

        assert refused.is_one_line
        assert "is extra" in refused.err
        assert "\x1b[2J" not in refused.err

    def test_says_in_a_line_that_it_is_another_key(self, bundle: Bundle, tmp_path: Path) -> None:
        SigningKey.generate().write(tmp_path / "other")

        refused = asked("verify", str(bundle.folder), "--key", str(tmp_path / "other" / PUBLIC))

        assert "wrong key" in one_line(refused)

    @pytest.mark.parametrize("content", [None, b"", b"-----BEGIN PUBLIC KEY-----\n"])
    def test_says_in_a_line_that_the_key_is_none(
        self, bundle: Bundle, tmp_path: Path, content: bytes | None
    ) -> None:
        key = tmp_path / "some.pem"
        if content is not None:
            key.write_bytes(content)

        refused = asked("verify", str(bundle.folder), "--key", str(key))

        assert "holds no Ed25519 public key" in one_line(refused)

    def test_says_in_a_line_that_a_folder_is_no_bundle(
        self, bundle: Bundle, tmp_path: Path
    ) -> None:
        del bundle
        (tmp_path / "empty").mkdir()

        refused = verify(tmp_path / "empty", tmp_path)

        assert refused.code == 1
        assert refused.err.splitlines() == ["manifest.json is missing", "manifest.sig is missing"]

    def test_refuses_a_folder_that_there_is_not(self, tmp_path: Path) -> None:
        refused = verify(Path("none"), tmp_path)

        assert refused.code == 2
        assert "path 'none' does not exist." in refused.err


def verify(bundle: Path, data_dir: Path) -> Said:
    return asked("verify", str(bundle), "--key", str(data_dir / "keys" / PUBLIC))
