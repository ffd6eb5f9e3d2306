from pathlib import Path

import pytest

from knowledge_base.whole_files import replace_file


class TestReplaceFile:
    def test_leaves_the_new_content_and_nothing_beside_it(self, tmp_path: Path) -> None:
        file = tmp_path / "pointer.json"
        file.write_bytes(b"before")

        replace_file(file, b"after")

        assert file.read_bytes() == b"after"
        assert list(tmp_path.iterdir()) == [file]

    def test_shows_the_old_content_until_the_new_one_is_written(self, tmp_path: Path) -> None:
        file = tmp_path / "pointer.json"
        file.write_bytes(b"before")
        seen: list[bytes] = []

        replace_file(file, b"after", lambda: seen.append(file.read_bytes()))

        assert seen == [b"before"]

    def test_keeps_the_old_content_where_the_disk_refuses(self, tmp_path: Path) -> None:
        file = tmp_path / "pointer.json"
        file.write_bytes(b"before")

        def refuse() -> None:
            raise OSError(28, "No space left on device")

        with pytest.raises(OSError, match="No space"):
            replace_file(file, b"after", refuse)

        assert file.read_bytes() == b"before"
        assert list(tmp_path.iterdir()) == [file]
