"""What the developing templates put in the place of words that they find."""

from benchmarks.claim_mutations.rewriting.template import Pairs

_VALUE = r"[$€£]?\d"
TIME = r"(?:(?:business|calendar|full) )?(?:minutes?|hours?|days?|weeks?|months?|years?)"
_UNTIL = r"(?= (?:if|within|unless|when|after|until|before|once|at|by|in|as)\b|,|\.$|;|$)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)

FIRST: tuple[tuple[str, Pairs], ...] = (
    ("note_dropped", ((r"^Note: ", ""), (r"\bas well\b", "too"), (r"\balso ", ""))),
    (
        "you_get_it_back",
        (
            (rf"^We refund (?P<a>(?:the|your|half|\d+%)[^,.;|]*?){_UNTIL}", r"You get \g<a> back"),
            (rf"\bwe refund (?P<a>(?:the|your|half|\d+%)[^,.;|]*?){_UNTIL}", r"we pay back \g<a>"),
            (r"\b([Yy]ou) get back\b", r"\1 are refunded"),
            (r"\bis refunded\b", "is paid back"),
            (r"\bare refunded\b", "are paid back"),
            (r"\bis not refunded\b", "is not paid back"),
        ),
    ),
    (
        "entitled",
        (
            (r"^(You|Members|Customers) (?:get|receive) (?!back)", r"\1 are entitled to "),
            (r"^You earn ", "You collect "),
            (r"^([A-Z]\w+ members) get ", r"\1 are entitled to "),
        ),
    ),
    (
        "obtain",
        (
            (r"\b([Yy]ou|[Mm]embers|[Cc]ustomers) (?:get|receive) (?!back)", r"\1 will be given "),
            (r"\b([Yy]ou) earn\b", r"\1 receive"),
            (r"^Earn ", "Get "),
        ),
    ),
    (
        "we_give",
        ((r"^You get (?=(?:a|an|the|one|two|store|\d)\b)(?!.*\bback\b)", "We give you "),
         (r", you get (?=(?:a|an|the|one|two|store|\d)\b)", ", we give you ")),
    ),
    (
        "able",
        (
            (r"\b([Yy])ou can (?!only|also|still|no)(?=[a-z])", r"\1ou are able to "),
            (r"\b([Yy])ou cannot (?=[a-z])", r"\1ou are not able to "),
            (r"\b([Yy])ou may (?=[a-z])(?!not|need|be|have|see)", r"\1ou can "),
        ),
    ),
    (
        "option",
        (
            (r"^You can (?!only|also|still|no)(?=[a-z])", "You have the option to "),
            (r"^You cannot (?=[a-z])", "There is no way for you to "),
        ),
    ),
    (
        "no_cost",
        (
            (r"\bis free\b(?! (?:for|of|standard|shipping))", "costs nothing"),
            (r"\bare free\b(?! (?:of|standard|shipping))", "cost nothing"),
            (r"\bis free for\b", "is free of charge for"),
            (r"\bat no (?:charge|cost)\b", "free of charge"),
            (r"\bfree of charge\b", "at no cost"),
            (r"\bpay nothing for\b", "do not pay anything for"),
            (r"\byou pay nothing\b", "there is nothing to pay"),
        ),
    ),
    (
        "no_more_than",
        (
            (rf"\b(at most|up to) (?={_VALUE})(?!\d+ {TIME} before)", "no more than "),
            (rf"^(At most|Up to) (?={_VALUE})", "No more than "),
            (r"\bat most (?=\w)", "no more than "),
            (rf"\bwithin (?=\d+ {TIME}\b)", "no later than "),
            (rf"\bmaximum of (?={_VALUE})", "limit of "),
        ),
    ),
    (
        "a_maximum_of",
        (
            (rf"\b(?:at most|up to) (?={_VALUE})(?!\d+ {TIME} before)", "a maximum of "),
            (rf"\bat least (?={_VALUE})", "a minimum of "),
            (r"\b(\d+) or more\b", r"at least \1"),
        ),
    ),
    (
        "or_more",
        (
            (r"\bat least (\d[\d.,]* (?:USD|EUR|GBP|days|months|years|characters))(?!,| or)",
             r"\1 or more"),
            (r"\bat least (\$[\d,.]*\d)", r"\1 or more"),
            (r"\bat or above (\$[\d,.]*\d)", r"at \1 or more"),
            (rf"(?<!worth )\b(?:over|more than) (?={_VALUE})", "above "),
            (rf"\bfalls below (?={_VALUE})", "drops under "),
            (rf"\bbelow (?={_VALUE})", "of less than "),
            (rf"\bless than (?={_VALUE})", "under "),
        ),
    ),
    (
        "inside_of",
        (
            (rf"\bwithin (\d+) ({TIME}) (?=of|from|after)", r"in the first \1 \2 "),
            (rf"\bwithin (?P<n>\d+ {TIME})\b", r"in \g<n> or less"),
            (rf"\buntil (\d+ {TIME}) before\b", r"up to \1 before"),
        ),
    ),
    (
        "should_you",
        (
            (r"^If you (?=[a-z]+\b)(?!are|have|do|can)", "Should you "),
            (r"\bif the item is\b", "in the event that the item is"),
            (r"\bif it is\b", "in the event that it is"),
            (r"\bif you (?=[a-z]+\b)", "when you "),
            (r"\bas long as\b", "so long as"),
            (r"\bunless\b", "except when"),
            (r"^When (?=[a-z])", "Whenever "),
        ),
    ),
    (
        "only_moved",
        (
            (r"\bcan be (\w+) only (if|in|within)\b", r"can only be \1 \2"),
            (r"\bOnly the main member can\b", "Nobody but the main member can"),
            (r"\bcan be used only\b", "can only be used"),
            (r"\bonly once\b", "just once"),
        ),
    ),
    (
        "covered_by_us",
        (
            (r"^(?P<a>The [^,.;|]+?) (?:is|are) covered for ", r"We cover \g<a> for "),
            (r"^(?P<a>[A-Z][^,.;|]+? of [A-Z]\w+ [a-z]+) are covered for ", r"We cover \g<a> for "),
            (r"^The warranty on (?P<a>[^,.;|]+?) lasts ", r"\g<a> have a warranty of "),
            (r"^(?P<a>[A-Z][^,.;|]+?) are excluded", r"\g<a> do not count"),
            (r"\bare not covered\b", "are not included in the cover"),
            (r"\bis included\b", "comes with it"),
        ),
    ),
    (
        "send_back",
        (
            (r"\bcan be returned\b", "can be sent back"),
            (r"\bcannot be returned\b", "cannot be sent back"),
            (r"\b([Tt]o|can|cannot) return (an item|a sale item|goods|it|them)\b",
             r"\1 send \2 back"),
            (r"\breturn label\b", "label for a return"),
            (r"\b([Aa])n exchange\b", r"\1 swap"),
        ),
    ),
    (
        "nouns_swapped",
        (
            (r"\bparcel\b", "package"),
            (r"\bdeadline\b", "time limit"),
            (r"\bbusiness day", "working day"),
            (r"\bitems\b", "products"),
            (r"(?<!per )(?<!returned )\bitem\b", "product"),
            (r"\bvoucher\b", "coupon"),
            (r"\bcashback\b", "cash back"),
            (r"\bcustomers\b", "clients"),
            (r"\b[Mm]onthly (?=maintenance|service)", "month-by-month "),
        ),
    ),
    (
        "verbs_swapped",
        (
            (r"\bexpires\b", "runs out"),
            (r"\bexpire\b", "run out"),
            (r"\bwe reserve\b", "we hold"),
            (r"\bchoose\b", "pick"),
            (r"\bis added\b", "is credited"),
            (r"\bconfirm\b", "check"),
            (r"(?<![Ii]t )\btakes (?=\d)", "lasts "),
            (r"\bapplies\b", "is charged"),
            (r"\bavailable\b", "offered"),
            (r"\bspend\b", "use"),
            (r"\bmaintain\b|\bkeep\b", "hold"),
        ),
    ),
    (
        "per_year",
        (
            (r"\b(USD|EUR|GBP) a (year|month)\b", r"\1 per \2"),
            (r"\b(once|twice|times) a (year|month|day)\b", r"\1 per \2"),
            (r"\bper (day|month|year|withdrawal)\b", r"for each \1"),
            (r"\beach (month|year|quarter)\b", r"every \1"),
            (r"^(?:The|Your) (daily|monthly|annual) ", r"The \1 "),
        ),
    ),
    (
        "that_dropped",
        (
            (r"\b(\w+) that (?=(?:you|we)\b)(?<!so that )(?<!after that )", r"\1 "),
            (r"\b([Aa]ll|[Aa]nything|[Ee]verything) (?:that|which) (?=(?:you|we)\b)", r"\1 "),
            (r"\bin order to\b", "to"),
        ),
    ),
    (
        "have_to",
        (
            (r"\b([Yy]ou|[Ii]tems|[Mm]embers|[Tt]hey) must\b", r"\1 have to"),
            (r"\bmust (?=be\b)", "has to "),
            (r"^(?P<a>[A-Z][^,.;:|]*?) is (?:required|needed)\b", r"You need \g<a>"),
            (r"\b([Yy]ou) need (?=to\b)", r"\1 have "),
            (r"\bneeds no\b", "does not need any"),
            (r"\bno (\w+) is needed\b", r"you do not need any \1"),
        ),
    ),
    (
        "exceptions",
        (
            (r",? except for\b", ", but not for"),
            (r",? except (?=[a-z]+ (?:cards|items))", ", apart from "),
            (r"\bwith no\b", "without a"),
            (r"\bbut not for\b", "though not for"),
            (r"\bThere is no refund\b", "You get no refund"),
            (r"\bthere is no refund\b", "nothing is refunded"),
            (r"\bnothing is refunded\b", "you get nothing back"),
        ),
    ),
    ("percent", ((r"(?<=\d) ?%", " per cent"),)),
)  # fmt: skip
"""By template: the first pattern that a claim has is replaced, once."""
EACH: tuple[tuple[str, Pairs], ...] = (
    (
        "money_spoken",
        (
            (r"(\d) USD\b(?! or|,)", r"\1 US dollars"),
            (r"(\d) EUR\b(?! or|,)", r"\1 euros"),
            (r"(\d) GBP\b(?! or|,)", r"\1 pounds"),
            (r"\$(\d[\d,]*)\.00\b", r"$\1"),
        ),
    ),
    (
        "dates_spoken",
        (
            (rf"\b({_MONTH}) (\d{{1,2}})\b", r"\2 \1"),
            (r"\b(\d{1,2}) ([ap])\.m\.", r"\1 \2m"),
        ),
    ),
    (
        "short_forms",
        (
            (r"\bcannot\b", "can't"),
            (r"\b([Dd]o|[Dd]oes|is|are|was|were|must|should|have|has|had) not\b", r"\1n't"),
            (r"\bwill not\b", "won't"),
            (r"\b([Yy]ou|[Ww]e|[Tt]hey) have (?=\w+ed\b)", r"\1've "),
            (r"\b([Yy]ou|[Ww]e|[Tt]hey) will\b", r"\1'll"),
            (r"\b([Ii]t|[Tt]here|[Tt]hat) is\b", r"\1's"),
        ),
    ),
)
"""By template: each pattern is replaced wherever it stands."""
