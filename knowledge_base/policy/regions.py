"""Regions and channels that a text names: where, and by which way, a fact holds."""

import re

_COUNTRIES = (
    "Argentina|Australia|Austria|Belgium|Brazil|Bulgaria|Canada|Chile|China|Colombia|Croatia|Cyprus"
    "|Czechia|Denmark|Estonia|Finland|France|Germany|Greece|Hong Kong|Hungary|India|Indonesia"
    "|Ireland"
    "|Israel|Italy|Japan|Latvia|Lithuania|Luxembourg|Malaysia|Malta|Mexico|Netherlands|New Zealand"
    "|Norway|Philippines|Poland|Portugal|Romania|Singapore|Slovakia|Slovenia|South Africa"
    "|South Korea"
    "|Spain|Sweden|Switzerland|Taiwan|Thailand|Turkey|Ukraine|United Arab Emirates|Vietnam|England"
    "|Scotland|Wales|Northern Ireland|Great Britain|Albania|Algeria|Bangladesh|Belarus|Bolivia"
    "|Bosnia|Cambodia|Costa Rica|Cuba|Dominican Republic|Ecuador|Egypt|Ethiopia|Ghana|Guatemala"
    "|Iceland|Iran|Kazakhstan|Kenya|Kuwait|Lebanon|Liechtenstein|Moldova|Monaco|Montenegro|Morocco"
    "|Nepal|Nigeria|North Korea|North Macedonia|Pakistan|Panama|Paraguay|Peru|Puerto Rico|Qatar"
    "|Russia|Saudi Arabia|Serbia|Sri Lanka|Syria|Tanzania|Tunisia|Uganda|Uruguay|Venezuela"
)
_REGION = re.compile(
    rf"(?<![\w-])(?:{_COUNTRIES}|United States|United Kingdom|European Union|U\.S\.A?\.?|U\.K\."
    rf"|USA|US"
    r"|UK|EU|EEA|EMEA|APAC|LATAM|Americas|Europe|Africa|Asia|Oceania|(?:North|South|Latin) America"
    r"|Middle East|California|Alaska|Hawaii|[Cc]ontiguous (?:states|US|U\.S\.)|International"
    r"|Foreign|[Ii]nternational(?= (?:orders?|shipping|deliver|transactions?|transfers?"
    r"|withdrawals?))"
    r"|[Ff]oreign(?= (?:transactions?|currenc|transfers?|ATM|withdrawals?))|[Dd]omestic)(?![\w-])"
)
_CHANNELS = (
    (
        "online",
        re.compile(r"(?<![\w-])online(?! (?:store|shop)s? (?:closed|opened))\b", re.IGNORECASE),
    ),
    ("store", re.compile(r"\bin[- ](?:(?:a|any|our|the) )?(?:store|shop)s?\b", re.IGNORECASE)),
    ("phone", re.compile(r"\b(?:by|over the|on the) (?:tele)?phone\b", re.IGNORECASE)),
    ("chat", re.compile(r"\bby (?:live )?chat\b", re.IGNORECASE)),
    ("mail", re.compile(r"\bby (?:mail|post)\b", re.IGNORECASE)),
    ("email", re.compile(r"\bby e-?mail\b", re.IGNORECASE)),
)


def regions_in(text: str) -> tuple[str, ...]:
    """Return the regions that the text names, as it writes them."""
    return tuple(dict.fromkeys(_REGION.findall(text)))


def without_regions(text: str) -> str:
    """Return the text with a dash for each region that it names."""
    return _REGION.sub("–", text)


def channels_in(text: str) -> tuple[str, ...]:
    """Return the ways of buying or asking that the text names."""
    return tuple(name for name, pattern in _CHANNELS if pattern.search(text))
