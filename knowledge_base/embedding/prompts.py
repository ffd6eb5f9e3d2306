"""What an embedding model wants before a query and before a document, such as `query: `.

Models that were trained with prompts find worse without them. Which ones a model wants, its
`config_sentence_transformers.json` says, by the names that sentence-transformers documents for
`encode_query` and `encode_document`. (Its release 6.2 puts an empty `document` into every model's
prompts, so that a `passage` which stands alone is never used there; here it is.)
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.embedding.embedder import Embedder, Vectors
from knowledge_base.errors import EmbedderError

_CONFIG = "config_sentence_transformers.json"
_DOCUMENT_NAMES = ("document", "passage", "corpus")


@dataclass(frozen=True, slots=True)
class Prompts:
    """What stands before each query and before each document; may be empty."""

    query: str = ""
    document: str = ""


class PromptedEmbedder:
    """Embeds each text with the same prompt before it."""

    def __init__(self, embedder: Embedder, prompt: str) -> None:
        self._embedder = embedder
        self._prompt = prompt

    @property
    def fingerprint(self) -> str:
        """Name and content hash of the model."""
        return self._embedder.fingerprint

    @property
    def dimensions(self) -> int:
        """Length of each vector."""
        return self._embedder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given."""
        return self._embedder.embed([self._prompt + text for text in texts])


def read_prompts(model: Path) -> Prompts:
    """Return the prompts of the sentence-transformers model in the folder `model`.

    Raises:
        EmbedderError: Its configuration can't be read, or it leaves its prompts out when it pools.
    """
    configured = _configured(model / _CONFIG).get("prompts") or {}
    if not isinstance(configured, dict):
        raise EmbedderError(f"`prompts` in {model / _CONFIG} is no object; check CANDOR_EMBEDDER")
    document = next((name for name in _DOCUMENT_NAMES if configured.get(name)), "")
    prompts = Prompts(str(configured.get("query") or ""), str(configured.get(document, "")))
    if prompts != Prompts() and any(map(_leaves_prompts_out, model.glob("*Pooling/config.json"))):
        raise EmbedderError(
            f"{model} leaves its prompts out when it pools, which Candor doesn't; "
            "set CANDOR_EMBEDDER to another model"
        )
    return prompts


def _leaves_prompts_out(pooling: Path) -> bool:
    return _configured(pooling).get("include_prompt") is False


def _configured(path: Path) -> Mapping[str, object]:
    if not path.is_file():
        return {}
    try:
        configured = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise EmbedderError(f"{path} can't be read: {error}; check CANDOR_EMBEDDER") from error
    return configured if isinstance(configured, dict) else {}
