import pytest

from app.library import OpenGeneration, PublishedLibrary
from knowledge_base.errors import DamagedGenerationError, NoGenerationError
from knowledge_base.scope import Scopes
from tests.fakes import FixedSearch, ScriptedAnswerer


def opened(generation_id: str) -> OpenGeneration:
    return OpenGeneration(generation_id, FixedSearch(), Scopes([]), ScriptedAnswerer())


class Shelf:
    """Published ids and how they open, as a test wants them."""

    def __init__(self, published: str | None) -> None:
        self.published = published
        self.damaged: set[str] = set()
        self.openings: list[str] = []

    def published_id(self) -> str:
        if self.published is None:
            raise NoGenerationError("there is no index yet")
        return self.published

    def open(self, generation_id: str) -> OpenGeneration:
        self.openings.append(generation_id)
        if generation_id in self.damaged:
            raise DamagedGenerationError(f"{generation_id} can't be read")
        return opened(generation_id)

    def library(self) -> PublishedLibrary:
        return PublishedLibrary(self.published_id, self.open)


class TestCurrent:
    def test_opens_a_generation_once(self) -> None:
        shelf = Shelf("g1")
        library = shelf.library()

        first, second = library.current(), library.current()

        assert first is second
        assert shelf.openings == ["g1"]

    def test_follows_what_is_published(self) -> None:
        shelf = Shelf("g1")
        library = shelf.library()
        library.current()
        shelf.published = "g2"

        current = library.current()

        assert current.id == "g2"

    def test_goes_on_with_the_old_one_where_the_new_one_cannot_be_opened(self) -> None:
        shelf = Shelf("g1")
        library = shelf.library()
        library.current()
        shelf.published = "g2"
        shelf.damaged.add("g2")

        current = library.current()

        assert current.id == "g1"

    def test_says_that_nothing_is_published(self) -> None:
        library = Shelf(None).library()

        with pytest.raises(NoGenerationError):
            library.current()
