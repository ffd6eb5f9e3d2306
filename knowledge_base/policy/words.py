"""English words that show where a noun phrase begins and ends.

There is no tagger here: function words and the verbs of help articles are closed enough to be
listed, and what is left between them is taken for nouns and what describes them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_SHORTEST = 2
_WORDS = 8192
"""Words whose readings are remembered: articles use the same ones again and again."""
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
    otherwise our ours out outside over own per perhaps please quite rather really regardless
    roughly same several shall she should simply since so some someone something soon still such
    than that the their theirs them themselves then there therefore these they this those though
    through throughout thus till to together too toward towards typically under unless unlike
    until up upon us usually very via was we well were what whatever when whenever where whereas
    wherever whether which whichever while who whoever whom whose why will with within without
    worth would yes yet you your yours yourself
    """
)
ADJECTIVES = listed(
    """
    able accessible active available best better big bigger cheaper common different due early
    easier easy eligible entire equal faster first following full further good great greater
    hard higher highest immediate inaccessible inactive larger last later limited long longer
    low lower lowest new next older pending permanent popular possible previous quicker ready
    recent remaining second shorter significant similar slower smaller subject sufficient third
    typical unavailable unlimited usual valid various whole worldwide worse worst younger
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
    about above across against among around at behind below between beyond by depending during
    except for from in including inside into near of off on onto out outside over per through
    throughout till toward towards under up upon via with within without
    """
)
CONJUNCTIONS = listed(
    """
    & and but nor or plus
    """
)
VERBS = listed(
    """
    abandon absorb abuse accept access accrue achieve acquire activate adapt add adjust adopt
    advance affect afford age agree aim align allocate allow alter analyze announce answer
    anticipate appear apply approve arise arrange arrive ask assess assign assist assume attach
    attempt attend attract authenticate authorize avoid await bear become begin belong bill book
    bring browse build buy calculate call cancel cap carry cause cease change charge check
    choose claim click climb close coincide collect combine come communicate compare compensate
    compile complete comply compress compute concern configure confirm connect consider consist
    construct consume contact contain continue contribute convert convey copy correspond cost
    count cover create customise customize deactivate debit decide declare decline deduct
    default define delete deliver deny depend deploy deposit deprecate derive describe detect
    determine develop differ disable disappear discard disclose discontinue discuss dispatch
    display dispose dispute distribute divide donate double download drop earmark earn edit
    eliminate emit enable encounter encourage encrypt end enforce engage enhance enjoy enrol
    enroll ensure enter equal escalate establish evaluate evict examine exceed exchange exclude
    execute exist expand expect expire explain explore export expose extend fail fall fetch file
    fill finalize find follow forfeit forget freeze fulfil fulfill gain generate give go grant
    grow guarantee halt handle happen help hit hold honor identify ignore implement imply import
    impose improve include increase incur indicate inform inherit initiate install insure
    integrate interact interrupt introduce invest investigate invite invoice involve issue
    iterate join judge justify keep know last launch leave lend let limit link listen load lock
    lose maintain make manage mark mean meet mention merge migrate miss modify monitor navigate
    need negotiate notify obtain occur offer omit open operate opt optimize order organize
    originate outweigh override owe participate pass pay perform persist poll populate possess
    post predict prefer prepare preserve prevent print proceed process produce prohibit promise
    promote propagate propose prorate protect prove provide publish pull purchase pursue push
    qualify raise range reach reactivate read realize reboot rebuild recalculate recall receive
    recognize recommend recover recur recycle redeem reduce refer reflect refresh refund refuse
    regain register regulate reimburse reinstate reissue reject relate relax release rely remain
    remember remind remove rename renew repay replace reply report represent request require
    rerun reschedule resell resend reserve reset reside resize resolve respond restore restrict
    result resume retain retire retrieve retry return revert review revoke rise roll run satisfy
    save say schedule search see seek select sell send serve set settle ship shorten show sign
    simplify sit skip sleep solve specify spend spread stabilize start state stay stop store
    strengthen stretch strike submit subscribe succeed suffer suggest suit sum supply support
    surpass survive suspend switch sync take tell tend terminate test think throttle total track
    transfer transform translate transmit treat trigger troubleshoot try turn uninstall unlock
    unsubscribe update upgrade upload use validate vary verify view violate visit wait waive
    want warn wipe withdraw withhold work write
    """
)
PURE_VERBS = listed(
    """
    accept accrue adjust afford allow apply approve arrive ask avoid become begin belong bring
    choose collect come complete confirm consist consume contain continue deactivate decide
    decline deduct delete deliver depend enable enforce ensure enter exceed exist expect expire
    explain extend follow forfeit give go grow happen include incur indicate inform invite join
    keep know let lose maintain manage meet merge notify occur owe perform prevent provide
    publish qualify receive recommend redeem reject remain remove renew replace represent
    require resolve respond restore retain revoke say see select sell send stay submit suspend
    take tell terminate throttle try verify waive withdraw
    """
)
"""Verbs that are no nouns."""
_VERBAL = re.compile(
    r"\w{2}(?<!ne)(?<!ee)(?<!hundr)(?<!spe)ed$|\w{3}(?:iz(?:e|es|ing)|if(?:y|ies))$"
)
_ENDINGS = ("ies", "es", "s", "ied", "ed", "d", "ing")


@lru_cache(maxsize=_WORDS)
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


@lru_cache(maxsize=_WORDS)
def is_function_word(word: str) -> bool:
    """Tell whether the word can't stand inside a noun phrase's core."""
    lower = word.lower().replace("’", "'")
    return lower in FUNCTION_WORDS or lower.endswith(("n't", "'ll", "'re", "'ve", "'d"))


@lru_cache(maxsize=_WORDS)
def may_be_verb(word: str) -> bool:
    """Tell whether the word is a form of a verb that help articles use, or ends like one."""
    lower = word.lower()
    return any(form in VERBS for form in _bases(lower)) or _VERBAL.search(lower) is not None


@lru_cache(maxsize=_WORDS)
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
