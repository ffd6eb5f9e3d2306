"""Writes `docs/settings.md` from the settings classes, so that it can't drift."""

import json
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from app.settings import AppSettings
from evals.settings import EvalsSettings
from ingestion.settings import IngestionSettings
from knowledge_base.settings import KnowledgeBaseSettings
from ui.settings import UiSettings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
_CLASSES: tuple[tuple[str, type[BaseSettings]], ...] = (
    ("Every part", KnowledgeBaseSettings),
    ("Ingestion", IngestionSettings),
    ("The assistant and its API", AppSettings),
    ("The page", UiSettings),
    ("Evaluations", EvalsSettings),
)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Return the page's Markdown: one table a part, one row a setting."""
    seen: set[str] = set()
    sections = []
    for title, settings in _CLASSES:
        rows = [
            _row(name, field) for name, field in settings.model_fields.items() if name not in seen
        ]
        seen.update(settings.model_fields)
        if rows:
            header = "| variable | default | meaning |\n|---|---|---|"
            sections.append("\n".join([f"## {title}", "", header, *rows]))
    introduction = (
        "# Settings\n\n"
        "Each setting is an environment variable or a line in a file `.env`.\n"
        "This page is written by `make settings-page`."
    )
    return "\n\n".join([introduction, *sections]) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    listed = isinstance(field.default, tuple | dict)
    written = json.dumps(field.default, ensure_ascii=False) if listed else field.default
    default = "" if field.default is None else f"`{written}`"
    return f"| `CANDOR_{name.upper()}` | {default} | {field.description} |"


if __name__ == "__main__":
    main()
