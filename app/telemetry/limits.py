"""What model calls may cost: by request, by conversation, by key and day, and by day."""

from dataclasses import dataclass

from app.errors import BudgetError
from app.settings import AppSettings
from app.telemetry.cost import price_of

ANONYMOUS = "anonymous"
"""The name under which the costs of those who send no key are kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """US dollars; None where there is no limit."""

    request: float | None = None
    """So much is held back for each request while it runs."""
    conversation: float | None = None
    key: float | None = None
    """One key's, from midnight to midnight UTC."""
    day: float | None = None
    """All keys' together, from midnight to midnight UTC."""

    @property
    def are_shared(self) -> bool:
        """Whether requests share a budget."""
        return any(limit is not None for limit in (self.conversation, self.key, self.day))


def limits_of(settings: AppSettings) -> Limits:
    """Return the limits that the settings set.

    Raises:
        BudgetError: What a request may cost can't be known: it has no limit, or a model no price.
    """
    limits = Limits(
        settings.budget_request_usd,
        settings.budget_conversation_usd,
        settings.budget_key_usd,
        settings.budget_day_usd,
    )
    if limits.are_shared and limits.request is None:
        raise BudgetError(
            "a budget by conversation, key or day needs one by request, which is held back while "
            "the request runs: set CANDOR_BUDGET_REQUEST_USD"
        )
    if limits.request is not None:
        _check_prices(settings)
    return limits


def _check_prices(settings: AppSettings) -> None:
    names = (settings.model, settings.fallback_model, settings.gate_judge_model)
    for name in names:
        if name and price_of(name, settings.prices) is None:
            raise BudgetError(f"a budget needs the price of {name}: add it to CANDOR_PRICES")
