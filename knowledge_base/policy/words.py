"""English words that show where a noun phrase begins and ends.

There is no tagger here: function words and the verbs of help articles are closed enough to be
listed, and what is left between them is taken for nouns and what describes them.
"""

import re

_IRREGULAR = {"people": "person", "children": "child", "men": "man", "women": "woman"}
_SIBILANT = re.compile(r"(?:ss|sh|ch|x|z)es$")
WORD = re.compile(r"[^\W_]+(?:['’.&/-][^\W_]+)*", re.UNICODE)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


FUNCTION_WORDS = _listed(
    """
    a about above across after against all almost along also although always among an and
    another any anyone anything anywhere approximately are around as at automatically away back
    because been before behind being below besides between beyond both but by can cannot could
    currently despite did do does done down during each either else even ever every everyone
    everything exactly except few for from further generally get gets getting got had has have
    having he hence her here hers him his how however i if in inside instantly instead into is
    it its itself just later least less let like limited longer max maximum may me might min
    mine minimum more moreover most much must my near nearly need needs neither never next no
    none nor normally not nothing now of off often on once one only onto or other others
    otherwise our ours out outside over own per perhaps please quite rather really roughly same
    several shall she should simply since so some someone something soon still such than that
    the their theirs them themselves then there therefore these they this those though through
    throughout thus till to together too toward towards typically under unless unlike until up
    upon us usually very via was we well were what whatever when whenever where whereas wherever
    whether which whichever while who whoever whom whose why will with within without would yet
    you your yours yourself
    """
)
VERBS = _listed(
    """
    accept access accrue add adjust afford allow appear apply approve arrive ask begin bill
    bring build buy calculate call cancel cap carry cause change charge check choose claim click
    collect come complete comply configure confirm connect consist consume contact contain
    continue convert cost count cover create deactivate decide declare decline deduct delete
    deliver depend deploy disable display distribute donate double earn enable encourage end
    enforce ensure enter equal exceed exchange execute exist expect expire explain extend fail
    fall file fill find follow gain generate give go grant grow guarantee handle happen help hit
    hold honor ignore impose include increase indicate inform install invite issue join keep
    know last launch leave let limit link load lose maintain make mean meet merge need notify
    occur offer open operate opt owe pass pay perform persist post prevent process prorate
    provide publish purchase qualify raise range reach read receive recommend recur redeem
    refund reject release remain remove renew replace reply represent request require reserve
    reset resolve respond restore restrict result retain return review revoke run save say see
    select sell send set ship show sign skip sleep spend start state stay stop store submit
    subscribe supply support suspend switch take tell terminate test throttle total transfer
    treat trigger try turn update upgrade upload use vary verify wait waive want warn withdraw
    work write
    """
)
_ENDINGS = ("ies", "es", "s", "ied", "ed", "d", "ing")
_VERB_ONLY = re.compile(r"(?:ed|ing)$")


def singular(noun: str) -> str:
    """Return an English noun in the singular and in small letters."""
    word = noun.lower().removesuffix("'s").removesuffix("’s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
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
    lower = word.lower()
    if lower in VERBS:
        return True
    stems = (lower.removesuffix(ending) for ending in _ENDINGS if lower.endswith(ending))
    return any(
        form in VERBS for stem in stems for form in (stem, stem + "e", stem + "y", stem[:-1])
    )
