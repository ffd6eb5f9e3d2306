"""A sentence-transformers model of a few thousand weights, made on the spot."""

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import (
    Normalize,
    Pooling,
    StaticEmbedding,
    Transformer,
)
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertModel, BertTokenizer

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] refund return tent rental fee days summit trail the a ."


def write_tiny_model(
    directory: Path, *, pooling: str = "mean", normalise: bool = True, seed: int = 1
) -> Path:
    """Write a BERT of one layer with random weights, and return where it lies."""
    torch.manual_seed(seed)
    plain = directory.with_name(f"{directory.name}-plain")
    plain.mkdir(parents=True)
    (plain / "vocab.txt").write_text("\n".join(WORDS.split()), "utf-8")
    BertTokenizer(vocab=str(plain / "vocab.txt")).save_pretrained(plain)
    config = BertConfig(
        vocab_size=len(WORDS.split()),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=32)
    modules = [
        transformer,
        Pooling(16, pooling_mode=pooling),
        *([Normalize()] if normalise else []),
    ]
    SentenceTransformer(modules=modules, device="cpu").save(str(directory))
    return directory


def write_static_model(directory: Path) -> Path:
    """Write a model that has a vector for each word and no transformer; return where it lies."""
    torch.manual_seed(1)
    words = {word: number for number, word in enumerate(WORDS.split())}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    static = StaticEmbedding(tokenizer, embedding_dim=16)
    SentenceTransformer(modules=[static], device="cpu").save(str(directory))
    return directory
