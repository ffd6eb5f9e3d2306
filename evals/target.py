"""The target: the assistant that is measured, in this process or behind an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.bootstrap import build_assistant
from evals.errors import EvalsError
from evals.metrics.roster import metrics_over
from evals.metrics.score import Metric
from evals.remote import open_remote, public_address, without_the_search
from evals.runner import MeasuredAssistant
from evals.settings import EvalsSettings
from knowledge_base.article import Article
from knowledge_base.generations.generation import Generation
from knowledge_base.generations.serving import Serving

_RECORDED_SETTINGS = {
    "embedder",
    "timezone",
    "model",
    "fallback_model",
    "model_timeout_seconds",
    "model_max_retries",
    "judge_model",
    "judges",
    "judge_repeats",
}
"""Settings that can change a result; keys and addresses stay out of the run."""
_RECORDED_REMOTELY = {"timezone", "judge_model", "judges", "judge_repeats"}
"""What of them is known of an API."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is measured, of which articles, and how a run's configuration tells of it."""

    assistant: MeasuredAssistant
    articles: Mapping[str, Article]
    metrics: Sequence[Metric]
    config: Mapping[str, object]


def open_target(settings: EvalsSettings, url: str | None, day: date) -> Target:
    """Return the API at `url`, or without one the assistant that the settings describe.

    A case without a day of its own is asked as of `day`.

    Raises:
        CandorError: The index can't be read, or the API can't be reached.
    """
    return _in_process(settings, day) if url is None else _remote(settings, url, day)


def _in_process(settings: EvalsSettings, day: date) -> Target:
    generation = Generation.open(settings.data_dir, Serving(settings.data_dir).generation_id())
    config = {
        "settings": settings.model_dump(mode="json", include=_RECORDED_SETTINGS),
        "generation": generation.id,
        "embedder": generation.manifest.embedder,
    }
    articles = generation.articles
    metrics = metrics_over(tuple(articles.values()), day)
    return Target(build_assistant(settings), articles, metrics, config)


def _remote(settings: EvalsSettings, url: str, day: date) -> Target:
    if not url.startswith(("http://", "https://")):
        raise EvalsError(f"{url!r} is no address: name it as http://… or https://…")
    key = settings.eval_api_key.get_secret_value() if settings.eval_api_key else None
    assistant = open_remote(url, key, settings.eval_api_timeout_seconds)
    config = {
        "settings": settings.model_dump(mode="json", include=_RECORDED_REMOTELY),
        "url": public_address(url),
        "generation": assistant.served.generation,
    }
    articles = assistant.served.articles
    metrics = without_the_search(metrics_over(tuple(articles.values()), day))
    return Target(assistant, articles, metrics, config)
