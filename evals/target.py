"""The target: the assistant that is measured, in this process or behind an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.answering.kept_replies import KeptReplies
from app.bootstrap import build_assistant, build_released_assistant
from app.drift.served import asking_the_model
from app.releases.pinning import pinned_now, settings_of
from app.releases.store import Releases
from evals.errors import EvalsError
from evals.metrics.roster import metrics_over
from evals.metrics.score import Metric
from evals.remote import open_remote, without_the_admin_key
from evals.remote_call import public_address
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
    "model_options",
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
    tells_usage: bool = True
    """Whether answers say what their models took."""


def open_target(
    settings: EvalsSettings,
    url: str | None,
    day: date,
    release: str | None = None,
    replies: KeptReplies | None = None,
) -> Target:
    """Return the API at `url`, or without one the assistant that the settings describe.

    A case without a day of its own is asked as of `day`. With `release`, the assistant of that
    release is measured, whatever serves. With `replies`, the assistant in this process doesn't ask
    its models what they answered before.

    Raises:
        CandorError: The index can't be read, or the API can't be reached.
    """
    if url is None:
        return _in_process(settings, day, release, replies)
    if release is not None:
        raise EvalsError(
            "an API answers with the release that serves: leave out --release or --url"
        )
    return _remote(settings, url, day)


def _in_process(
    settings: EvalsSettings, day: date, named: str | None, replies: KeptReplies | None
) -> Target:
    release = Releases(settings.data_dir).release(named) if named else None
    searched = release.pinned.generation if release else Serving(settings.data_dir).generation_id()
    generation = Generation.open(settings.data_dir, searched)
    pinned = release.pinned if release else pinned_now(settings, generation.manifest)
    measured = settings_of(pinned, settings) if release else settings
    config = {
        "settings": measured.model_dump(mode="json", include=_RECORDED_SETTINGS),
        "generation": generation.id,
        "embedder": generation.manifest.embedder,
        "release": {"fingerprint": pinned.fingerprint, "id": named},
    }
    articles = generation.articles
    metrics = metrics_over(tuple(articles.values()), day)
    asking = asking_the_model(settings)
    built = (
        build_released_assistant(asking, release, kept=replies)
        if release
        else build_assistant(asking, kept=replies)
    )
    return Target(built, articles, metrics, config)


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
    metrics = metrics_over(tuple(articles.values()), day)
    told = metrics if assistant.tells_all else without_the_admin_key(metrics)
    return Target(assistant, articles, told, config, tells_usage=assistant.tells_all)
