"""English words that show where a noun phrase begins and ends.

There is no tagger here: function words and the verbs of help articles are closed enough to be
listed, and what is left between them is taken for nouns and what describes them.
"""

import re
from collections.abc import Iterator

_SHORTEST = 2
_IRREGULAR = {
    "bonuses": "bonus",
    "statuses": "status",
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
}
_COLLECTIVE = frozenset({"people"})
_SIBILANT = re.compile(r"(?:ss|sh|ch|x|z)es$")
WORD = re.compile(r"[^\W_]+(?:['’.&/‑-][^\W_]+)*", re.UNICODE)  # noqa: RUF001 — as written


def listed(words: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(words.split())


FUNCTION_WORDS = listed(
    """
    a about above across after again against ago all almost along also although always among an
    and another any anyone anything anywhere approximately are around as at automatically away
    back because been before behind being below besides between beyond both but by can cannot
    could currently despite did do does done down during each either else even ever every
    everyone everything exactly except few for free from further generally get gets getting got
    had has have having he hence her here hers him his how however i if in inside instantly
    instead into is it its itself just later least less let like max maximum may me might min
    mine minimum more moreover most much must my near nearly need needs neither never no none
    nor normally not note nothing now of off often okay on once one only onto or other others
    otherwise our ours out outside over own per perhaps please quite rather really roughly same
    several shall she should simply since so some someone something soon still such than that
    the their theirs them themselves then there therefore these they this those though through
    throughout thus till to together too toward towards typically under unless unlike until up
    upon us usually very via was we well were what whatever when whenever where whereas wherever
    whether which whichever while who whoever whom whose why will with within without worth
    would yes yet you your yours yourself
    """
)
ADJECTIVES = listed(
    """
    able accessible active available due early eligible entire equal first following full
    greater higher highest inaccessible inactive last limited long longer lower lowest new next
    older pending permanent possible previous ready second subject third unavailable valid whole
    younger
    """
)
"""Words that describe a noun without naming what it is."""
PRONOUNS = listed(
    """
    anyone everyone he i it nobody one she someone that them there these they this those us we
    what which who whoever you
    """
)
DETERMINERS = listed(
    """
    a all an another any both certain each either every few her his its many more most my
    neither no other our own same several some such that the their these this those whose your
    """
)
AUXILIARIES = listed(
    """
    am are be been being can cannot could did do does get gets getting got had has have having
    is may might must need needs shall should was were will would
    """
)
SUBORDINATORS = listed(
    """
    after although as because before if once since so than then though unless until when
    whenever where whether while
    """
)
PREPOSITIONS = listed(
    """
    about above across against among around at behind below between beyond by during except for
    from in including inside into near of off on onto out outside over per through throughout
    till toward towards under up upon via with within without
    """
)
CONJUNCTIONS = listed(
    """
    & and but nor or plus
    """
)
VERBS = listed(
    """
    accept access accrue activate add adjust afford age allow appear apply approve arrive ask
    attach attempt bear begin bill book bring build buy calculate call cancel cap carry cause
    change charge check choose claim click climb close collect come complete comply configure
    confirm connect consist consume contact contain continue convert cost count cover create
    customize deactivate decide declare decline deduct default delete deliver depend deploy
    deposit detect disable dispatch display dispute distribute donate double drop earn edit
    enable encourage end enforce enjoy enroll ensure enter equal exceed exchange execute exist
    expect expire explain export extend fail fall file fill find follow forfeit gain generate
    give go grant grow guarantee handle happen help hit hold honor ignore import impose include
    increase indicate inform install integrate invite issue join keep know last launch leave let
    limit link load lock lose maintain make manage mark mean meet merge migrate monitor need
    notify occur offer open operate opt order organize owe pass pay perform persist post prepare
    prevent process produce propagate prorate provide publish purchase qualify raise range reach
    read receive recommend recur redeem reduce refer refresh refund reject release remain remove
    renew replace reply report represent request require reserve reset resolve respond restore
    restrict result retain retry return review revoke rise roll run save say schedule see select
    sell send set ship show sign sit skip sleep spend spread start state stay stop store submit
    subscribe sum supply support suspend switch sync take tell terminate test throttle total
    track transfer treat trigger troubleshoot try turn update upgrade upload use vary verify
    view visit wait waive want warn withdraw work write
    """
)
PURE_VERBS = listed(
    """
    accept accrue adjust afford allow apply approve arrive ask become begin bring choose collect
    come complete confirm consist consume contain continue deactivate decide decline deduct
    delete deliver depend enable enforce ensure enter exceed exist expect expire explain extend
    follow forfeit give go grow happen include indicate inform invite join keep know let lose
    maintain manage meet merge notify occur owe perform prevent provide publish qualify receive
    recommend redeem reject remain remove renew replace represent require resolve respond
    restore retain revoke say see select sell send spend stay submit suspend take tell terminate
    throttle try verify waive withdraw
    """
)
"""Verbs that are no nouns."""
_ENDINGS = ("ies", "es", "s", "ied", "ed", "d", "ing")


def singular(noun: str) -> str:
    """Return an English noun in the singular and in small letters."""
    word = noun.lower().removesuffix("'s").removesuffix("’s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= _SHORTEST:
        return word
    if word.endswith(("ss", "us", "is", "news", "series")):
        return word
    if word.endswith("ies") and len(word) > len("ties"):
        return word[:-3] + "y"
    if _SIBILANT.search(word):
        return word[:-2]
    return word.removesuffix("s")


def is_function_word(word: str) -> bool:
    """Tell whether the word can't stand inside a noun phrase's core."""
    lower = word.lower().replace("’", "'")
    return lower in FUNCTION_WORDS or lower.endswith(("n't", "'ll", "'re", "'ve", "'d"))


def may_be_verb(word: str) -> bool:
    """Tell whether the word is a form of a verb that help articles use."""
    return any(form in VERBS for form in _bases(word.lower()))


def must_be_verb(word: str) -> bool:
    """Tell whether the word is a present form of a verb that is no noun."""
    lower = word.lower()
    return not lower.endswith(("ed", "ing")) and any(form in PURE_VERBS for form in _bases(lower))


def _bases(word: str) -> Iterator[str]:
    """Yield what the word may be a form of: "applies", "apply" and more."""
    yield word
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield from (stem, f"{stem}e", f"{stem}y", stem[:-1])


def head_noun(word: str) -> str:
    """Return a noun as subjects name it: in the singular, but people stay people."""
    return word.lower() if word.lower() in _COLLECTIVE else singular(word)
