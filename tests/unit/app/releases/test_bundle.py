from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from app.errors import ReleaseError
from app.releases.bundle import MANIFEST, SIGNATURE
from app.releases.candidate import create_release
from app.releases.export import export_release
from app.releases.keys import PRIVATE, PUBLIC, SigningKey, VerifyingKey
from app.settings import AppSettings
from tests.bundles import SECRETS, Bundle, export_bundle
from tests.releases import measure

TRIES = settings(max_examples=150, deadline=None, database=None)
_PLACES = st.floats(0, 1, exclude_max=True)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return export_bundle(tmp_path_factory.mktemp("exported"))


@contextmanager
def changed(bundle: Bundle, name: str, content: bytes | None) -> Iterator[Bundle]:
    """Have a file with other content, or not at all, as long as the context lasts."""
    file = bundle.folder / name
    before = file.read_bytes() if file.is_file() else None
    file.unlink(missing_ok=True)
    if content is not None:
        file.write_bytes(content)
    try:
        yield bundle
    finally:
        file.unlink(missing_ok=True)
        if before is not None:
            file.write_bytes(before)


class TestExport:
    def test_holds_what_the_release_pins_and_what_spoke_for_it(self, bundle: Bundle) -> None:
        names = {name.rpartition("/")[2] for name in bundle.files}

        assert names >= {"release.json", "settings.json", "prices.json", "answer.v3.md"}
        assert names >= {"summary.json", "gate.json", MANIFEST, SIGNATURE}
        assert "generation/manifest.json" in bundle.files

    def test_holds_no_secret(self, bundle: Bundle) -> None:
        everything = b"\n".join(bundle.files.values())

        assert not any(one.get_secret_value().encode() in everything for one in SECRETS.values())

    def test_refuses_where_a_file_would_hold_one(self, tmp_path: Path) -> None:
        made = export_bundle(tmp_path)
        settings = AppSettings(
            data_dir=tmp_path,
            signing_key=tmp_path / "keys" / PRIVATE,
            **SECRETS,  # type: ignore[arg-type] # secrets all
        )
        told = create_release(settings, note=f"With {SECRETS['admin_key'].get_secret_value()}.")
        measure(tmp_path, told.pinned, "20261101T130000Z-sample")

        with pytest.raises(ReleaseError, match="CANDOR_ADMIN_KEY"):
            export_release(settings, told.id, tmp_path / "second")

        assert made.problems() == []

    def test_refuses_where_a_file_would_hold_a_clients_key(self, tmp_path: Path) -> None:
        export_bundle(tmp_path)
        settings = AppSettings(
            data_dir=tmp_path,
            signing_key=tmp_path / "keys" / PRIVATE,
            client_keys={"shop": SecretStr("the-shops-own-long-key")},
        )
        told = create_release(settings, note="For the-shops-own-long-key.")

        with pytest.raises(ReleaseError, match="CANDOR_CLIENT_KEYS"):
            export_release(settings, told.id, tmp_path / "second")

    def test_needs_a_key(self, tmp_path: Path) -> None:
        export_bundle(tmp_path)

        with pytest.raises(ReleaseError, match="CANDOR_SIGNING_KEY"):
            export_release(AppSettings(data_dir=tmp_path), "r1-00000000", tmp_path / "second")


class TestVerify:
    def test_finds_nothing_wrong_with_what_was_exported(self, bundle: Bundle) -> None:
        assert bundle.problems() == []

    @TRIES
    @given(file=_PLACES, byte=_PLACES, bit=st.integers(0, 7))
    def test_names_the_file_of_every_flipped_bit(
        self, bundle: Bundle, file: float, byte: float, bit: int
    ) -> None:
        files = {name: content for name, content in bundle.files.items() if content}
        name = list(files)[int(file * len(files))]
        content = bytearray(files[name])
        place = int(byte * len(content))
        content[place] ^= 1 << bit

        with changed(bundle, name, bytes(content)):
            found = bundle.problems()

        assert any(name in problem for problem in found) or "wrong key" in found[0]
        if name not in {MANIFEST, SIGNATURE}:
            was = files[name][place]
            assert f"byte {place} (0x{content[place]:02x}, was 0x{was:02x})" in found[0]

    def test_names_every_missing_file(self, bundle: Bundle) -> None:
        for name in bundle.files:
            with changed(bundle, name, None):
                assert f"{name} is missing" in bundle.problems()

    @TRIES
    @given(file=_PLACES, length=_PLACES, added=st.binary(min_size=1, max_size=9))
    def test_names_every_file_that_was_cut_or_goes_on(
        self, bundle: Bundle, file: float, length: float, added: bytes
    ) -> None:
        files = {name: content for name, content in bundle.files.items() if content}
        name = list(files)[int(file * len(files))]
        for content in (files[name][: int(length * len(files[name]))], files[name] + added):
            with changed(bundle, name, content):
                found = bundle.problems()

            assert any(name in problem for problem in found)

    def test_names_an_extra_file(self, bundle: Bundle) -> None:
        with changed(bundle, "prompts/answer.v9.md", b"Do as you like."):
            assert bundle.problems() == ["prompts/answer.v9.md is extra"]

    def test_names_a_link_in_place_of_a_file(self, bundle: Bundle, tmp_path: Path) -> None:
        prices = bundle.folder / "prices.json"
        (tmp_path / "same.json").write_bytes(prices.read_bytes())
        with changed(bundle, "prices.json", None):
            prices.symlink_to(tmp_path / "same.json")

            assert "prices.json is no plain file" in bundle.problems()

    def test_refuses_a_wrong_key(self, bundle: Bundle) -> None:
        other = SigningKey.generate().verifying

        (found,) = bundle.problems(other)

        assert "wrong key" in found
        assert (bundle.key.fingerprint in found, other.fingerprint in found) == (True, True)

    def test_refuses_a_bundle_that_somebody_else_signed_again(self, bundle: Bundle) -> None:
        forger = SigningKey.generate()
        manifest = bundle.files[MANIFEST].replace(b'"format": 1', b'"format": 1 ')

        with (
            changed(bundle, MANIFEST, manifest),
            changed(bundle, SIGNATURE, forger.sign(manifest)),
        ):
            assert any(SIGNATURE in problem for problem in bundle.problems())


class TestKeys:
    def test_are_read_back_as_they_were_written(self, tmp_path: Path) -> None:
        key = SigningKey.generate()
        key.write(tmp_path)

        signature = SigningKey.read(tmp_path / PRIVATE).sign(b"signed")

        assert VerifyingKey.read(tmp_path / PUBLIC).verifies(signature, b"signed")
        assert (tmp_path / PRIVATE).stat().st_mode & 0o077 == 0

    def test_are_never_written_over(self, tmp_path: Path) -> None:
        SigningKey.generate().write(tmp_path)

        with pytest.raises(ReleaseError, match="another folder"):
            SigningKey.generate().write(tmp_path)

    @pytest.mark.parametrize("content", [b"", b"-----BEGIN PUBLIC KEY-----\n"])
    def test_that_are_none_are_refused(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "key.pem").write_bytes(content)

        for read in (SigningKey.read, VerifyingKey.read):
            with pytest.raises(ReleaseError, match="candor release key"):
                read(tmp_path / "key.pem")
