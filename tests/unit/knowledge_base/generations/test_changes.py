from knowledge_base.generations.changes import ArticleChanges, article_changes


class TestArticleChanges:
    def test_names_what_was_added_changed_and_removed(self) -> None:
        before = {"stays": "1", "changes": "1", "goes": "1"}
        after = {"comes": "1", "changes": "2", "stays": "1"}

        changes = article_changes(before, after)

        assert changes == ArticleChanges(
            added=("comes",), changed=("changes",), removed=("goes",), unchanged=1
        )
        assert changes.any

    def test_sees_no_change_in_another_order(self) -> None:
        changes = article_changes({"a": "1", "b": "2"}, {"b": "2", "a": "1"})

        assert not changes.any
