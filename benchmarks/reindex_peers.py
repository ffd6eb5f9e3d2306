"""The indexing of other libraries, driven as their guides say, for `benchmarks.reindex`.

Both keep their vectors in Chroma and note what they have indexed, so that what is unchanged isn't
embedded again. They are handed chunks that are read and cut already; that isn't in their time.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import chromadb
from langchain_chroma import Chroma
from langchain_classic.indexes import SQLRecordManager
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.indexing import index
from llama_index.core import Document as LlamaDocument
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.vector_stores.chroma import ChromaVectorStore

from knowledge_base.embedding.embedder import Embedder

AT_ONCE = 1000
"""Texts that are embedded and written together; their own 100 and 10 would be slower."""
_COLLECTION = "chunks"


class Peer(Protocol):
    """Keeps an index the same as a set of chunks."""

    name: str

    def ingest(self, chunks: Mapping[str, str]) -> None:
        """Bring the index to these texts, by the chunks' ids: add, replace and delete."""
        ...


class LangChainPeer:
    """LangChain's indexing API over Chroma, its records in SQLite."""

    name = "LangChain"

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._store = Chroma(
            collection_name=_COLLECTION,
            embedding_function=_LangChainEmbeddings(embedder),
            persist_directory=str(folder / "chroma"),
        )
        self._records = SQLRecordManager("chunks", db_url=f"sqlite:///{folder / 'records.db'}")
        self._records.create_schema()

    def ingest(self, chunks: Mapping[str, str]) -> None:
        """Index all chunks; what is no longer among them is deleted."""
        index(
            [Document(page_content=text, metadata={"source": key}) for key, text in chunks.items()],
            self._records,
            self._store,
            batch_size=AT_ONCE,
            cleanup="full",
            source_id_key="source",
            key_encoder="blake2b",
        )


class LlamaIndexPeer:
    """LlamaIndex's IngestionPipeline over Chroma, with its document store kept in a folder."""

    name = "LlamaIndex"

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder = folder
        client = chromadb.PersistentClient(path=str(folder / "chroma"))
        collection = client.get_or_create_collection(_COLLECTION, embedding_function=None)
        self._pipeline = IngestionPipeline(
            transformations=[_LlamaIndexEmbedding(embedder)],
            docstore=SimpleDocumentStore(),
            vector_store=_InPieces(chroma_collection=collection),
            docstore_strategy=DocstoreStrategy.UPSERTS_AND_DELETE,
        )

    def ingest(self, chunks: Mapping[str, str]) -> None:
        """Run the pipeline on all chunks, and persist what it knows."""
        self._pipeline.run(
            documents=[LlamaDocument(text=text, id_=key) for key, text in chunks.items()]
        )
        self._pipeline.persist(str(self._folder / "pipeline"))


class _InPieces(ChromaVectorStore):  # type: ignore[misc]  # it is in no lock
    """Adds as many at once as Chroma takes; LlamaIndex's own store fails with 10,000."""

    def add(self, nodes: list[Any], **kwargs: Any) -> list[str]:
        """Add the nodes, and return their ids."""
        pieces = (nodes[start : start + AT_ONCE] for start in range(0, len(nodes), AT_ONCE))
        return [one for piece in pieces for one in super(_InPieces, self).add(piece, **kwargs)]


class _LangChainEmbeddings(Embeddings):
    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class _LlamaIndexEmbedding(BaseEmbedding):  # type: ignore[misc]  # it is in no lock
    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embed_batch_size=AT_ONCE)
        self._embedder = embedder

    def _get_text_embeddings(self, texts: list[str]) -> Any:
        return self._embedder.embed(texts).tolist()

    def _get_text_embedding(self, text: str) -> Any:
        return self._get_text_embeddings([text])[0]

    _get_query_embedding = _get_text_embedding

    async def _aget_query_embedding(self, query: str) -> Any:
        return self._get_text_embedding(query)
