from pathlib import Path

from app.answering.kept_replies import KeptReplies

ASKED = {"model": "openai:x", "messages": [["user", "Boots?"]]}


def damaged(folder: Path) -> Path:
    KeptReplies(folder)
    (file,) = folder.glob("*.sqlite3")
    file.write_bytes(b"This is no database. " * 500)
    return folder


class TestKeptReplies:
    def test_returns_what_was_said_to_just_this(self, tmp_path: Path) -> None:
        KeptReplies(tmp_path).keep(ASKED, "30 days.")

        again = KeptReplies(tmp_path)

        assert again.get(dict(reversed(ASKED.items()))) == "30 days."
        assert again.get(ASKED | {"model": "openai:y"}) is None

    def test_keeps_what_was_said_last(self, tmp_path: Path) -> None:
        replies = KeptReplies(tmp_path)
        replies.keep(ASKED, "30 days.")

        replies.keep(ASKED, "60 days.")

        assert replies.get(ASKED) == "60 days."

    def test_has_one_canary_a_folder(self, tmp_path: Path) -> None:
        first = KeptReplies(tmp_path / "a").canary

        assert KeptReplies(tmp_path / "a").canary == first
        assert KeptReplies(tmp_path / "b").canary != first
        assert len(first) == 16

    def test_does_without_a_damaged_file(self, tmp_path: Path) -> None:
        replies = KeptReplies(damaged(tmp_path))

        replies.keep(ASKED, "30 days.")

        assert replies.get(ASKED) is None
        assert len(replies.canary) == 16

    def test_does_without_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder", encoding="utf-8")

        replies = KeptReplies(tmp_path / "file")

        replies.keep(ASKED, "30 days.")
        assert replies.get(ASKED) is None
