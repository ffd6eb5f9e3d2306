"""Budgets hold for what serves: a release's models need prices among those that it pins."""

from app.errors import BudgetError, ReleaseError
from app.releases.pinning import settings_of
from app.releases.release import Release
from app.settings import AppSettings
from app.telemetry.limits import limits_of


def check_budgets(release: Release, settings: AppSettings) -> None:
    """Refuse a release whose spending the settings' budgets couldn't know.

    It would quote every answer, as no call of a model without a price fits in a budget.

    Raises:
        ReleaseError: A budget is set, and one of its models has no price in it.
        PromptError: A pinned prompt can't be read.
    """
    try:
        limits_of(settings_of(release.pinned, settings))
    except BudgetError as error:
        raise ReleaseError(
            f"release {release.id} can't serve within the budgets ({error}); a release pins its "
            "prices, so create one anew"
        ) from error
