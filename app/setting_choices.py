"""What some settings choose from."""

from enum import StrEnum


class Guard(StrEnum):
    """A guardrail on questions."""

    SIZE = "size"
    SMALL_TALK = "small_talk"
    DISTRESS = "distress"
    LEGAL_THREAT = "legal_threat"
    INJECTION = "injection"
    OFF_TOPIC = "off_topic"


class OutputGuard(StrEnum):
    """A guardrail on the sentences of an answer."""

    PROMPT_LEAK = "prompt_leak"
    LINKS = "links"
    MARKUP = "markup"
    OTHERS_DATA = "others_data"
    ABUSE = "abuse"
    INSTRUCTIONS = "instructions"


class Masking(StrEnum):
    """What finds personal data in what customers write."""

    AUTO = "auto"
    RULES = "rules"
    PRESIDIO = "presidio"


class Scheduled(StrEnum):
    """What a server starts again and again."""

    CANARY = "canary"
    """`candor canary run`."""
    LIVE = "live"
    """`candor eval live`."""
