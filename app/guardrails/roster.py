"""Which guardrails there are, by the names that the settings give them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.errors import PrivacyError
from app.guardrails.abuse import AbuseGuardrail
from app.guardrails.distress import DistressGuardrail
from app.guardrails.guardrail import Guardrail, OutputGuardrail
from app.guardrails.injection import InjectionGuardrail
from app.guardrails.legal_threat import LegalThreatGuardrail
from app.guardrails.links import LinksGuardrail
from app.guardrails.markup import MarkupGuardrail
from app.guardrails.off_topic import OffTopicGuardrail
from app.guardrails.others_data import OthersDataGuardrail
from app.guardrails.personal_data import Masker, PersonalDataFinder
from app.guardrails.personal_data_rules import PersonalDataRules
from app.guardrails.presidio import PresidioFinder, is_installed
from app.guardrails.prompt_leak import PromptLeakGuardrail
from app.guardrails.size import SizeGuardrail
from app.guardrails.small_talk import SmallTalkGuardrail
from app.guardrails.told_instructions import ToldInstructionsGuardrail
from app.setting_choices import Guard, Masking, OutputGuard
from app.settings import AppSettings


@dataclass(frozen=True, slots=True)
class Confidential:
    """What of the system prompt must never be shown; empty where nothing is sent to a model."""

    canary: str = ""
    prompt: str = ""
    labels: tuple[str, ...] = ()


_GUARDRAILS: Mapping[Guard, Callable[[AppSettings], Guardrail]] = {
    Guard.SIZE: lambda settings: SizeGuardrail(settings.max_question_chars),
    Guard.SMALL_TALK: lambda _: SmallTalkGuardrail(),
    Guard.DISTRESS: lambda settings: DistressGuardrail(settings.contact),
    Guard.LEGAL_THREAT: lambda settings: LegalThreatGuardrail(settings.contact),
    Guard.INJECTION: lambda _: InjectionGuardrail(),
    Guard.OFF_TOPIC: lambda _: OffTopicGuardrail(),
}
_OUTPUT_GUARDRAILS: Mapping[OutputGuard, Callable[[Confidential], OutputGuardrail]] = {
    OutputGuard.PROMPT_LEAK: lambda told: PromptLeakGuardrail(
        told.canary, told.prompt, told.labels
    ),
    OutputGuard.LINKS: lambda _: LinksGuardrail(),
    OutputGuard.MARKUP: lambda _: MarkupGuardrail(),
    OutputGuard.OTHERS_DATA: lambda _: OthersDataGuardrail(PersonalDataRules()),
    OutputGuard.ABUSE: lambda _: AbuseGuardrail(),
    OutputGuard.INSTRUCTIONS: lambda _: ToldInstructionsGuardrail(),
}


def build_guardrails(settings: AppSettings) -> tuple[Guardrail, ...]:
    """Return the settings' guardrails on questions, in their order."""
    return tuple(_GUARDRAILS[name](settings) for name in settings.guardrails)


def build_output_guardrails(
    settings: AppSettings, confidential: Confidential
) -> tuple[OutputGuardrail, ...]:
    """Return the settings' guardrails on sentences, in their order."""
    return tuple(_OUTPUT_GUARDRAILS[name](confidential) for name in settings.output_guardrails)


def build_masker(settings: AppSettings) -> Masker:
    """Return what masks personal data in what customers write.

    Raises:
        PrivacyError: The settings want Presidio, and it isn't installed.
    """
    if settings.masking is Masking.PRESIDIO and not is_installed():
        raise PrivacyError(
            "CANDOR_MASKING is presidio, which isn't installed: install `candor[privacy]`"
        )
    finders: list[PersonalDataFinder] = [PersonalDataRules()]
    if settings.masking is not Masking.RULES and is_installed():
        finders.append(PresidioFinder())
    return Masker(finders)
