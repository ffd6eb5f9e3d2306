"""Sentences that the developing templates build anew, round another subject."""

from benchmarks.claim_mutations.rewriting.synonyms import TIME
from benchmarks.claim_mutations.rewriting.template import Pairs

_VALUE = r"[$€£]?\d"
_PRICED = r"(?:fee|limit|price|cap|rate|deposit|minimum|maximum)"
_HELD = r"^You have (?P<n>\d+ days) from (?P<from>[^,.;]+?) to (?P<do>[^.;]+)\.?$"
_A_COSTS = r"^(?P<a>(?:A|An|The|Each|Our) [^,.;|]+?) costs (?P<n>[^.;|]*\d[^;|]*?)\.?$"
_IS_VALUE = rf"^The (?P<a>[^,.;:|]*? {_PRICED}(?: for [^,.;:|]+?)?) is (?P<n>{_VALUE}[^,;:|]*?)\.?$"
_YOURS = rf"^Your (?P<a>[^,.;:|]*?limit) is (?P<n>{_VALUE}[^,;:|]*?)\.?$"
_SUBJECT = r"^(?P<a>(?!It\b)[A-Z][^,.;:|]*?)"
_TAKES = rf"{_SUBJECT} takes? (?P<n>(?:up to |about )?\d[^,.;:|]*? {TIME})\.$"
_WORKS = rf"{_SUBJECT} (?:works|is valid) for (?P<n>\d+ {TIME})\.$"

RECASTS: tuple[tuple[str, Pairs], ...] = (
    ("days_are_what_you_have", ((_HELD, r"\g<n> from \g<from> are what you have to \g<do>."),)),
    ("to_do_it_you_have", ((_HELD, r"To \g<do>, you have \g<n> from \g<from>."),)),
    ("window", ((_HELD, r"There is a window of \g<n> from \g<from> to \g<do>."),)),
    ("what_it_costs", ((_A_COSTS, r"You pay \g<n> for \g<a>."), (r"^It costs ", "You pay "))),
    ("the_cost_of", ((_A_COSTS, r"The cost of \g<a> is \g<n>."),)),
    (
        "value_named_first",
        (
            (_IS_VALUE, r"\g<n> is the \g<a>."),
            (r"^The longest (?P<a>\w+) is (?P<n>[^,;:|]+?)\.$", r"No \g<a> is longer than \g<n>."),
            (_YOURS, r"You have a \g<a> of \g<n>."),
        ),
    ),
    (
        "allow_time",
        (
            (_TAKES, r"Allow \g<n> for \g<a>."),
            (_WORKS, r"You have \g<n> to use \g<a>."),
            (
                rf"{_SUBJECT} can be returned until (?P<n>[^,.;:|]+)\.$",
                r"You have until \g<n> to return \g<a>.",
            ),
            (r"^We answer within (?P<n>[^,.;:|]+)\.$", r"You hear from us within \g<n>."),
            (r"^We decide within (?P<n>[^,.;:|]+)\.$", r"You have our decision within \g<n>."),
        ),
    ),
    (
        "you_should",
        (
            (
                r"^Keep your (?P<a>[^,.;:|]*?balance) at or above ",
                r"Your \g<a> has to stay at or above ",
            ),
            (r"^Keep (?=[a-z])", "You should keep "),
            (
                r"^(?P<v>Monitor|Confirm|Verify|Review|Set|Bring|Report|Write|Check) (?=[a-z])",
                r"You should \g<v> ",
            ),
            (r"^Earn ", "You earn "),
        ),
    ),
    (
        "you_are_charged",
        (
            (rf"^A (?P<n>{_VALUE}[\d.,]*) fee applies ", r"You are charged a fee of \g<n> "),
            (r"^(?P<a>A [^,.;:|]*?) is required for ", r"You need \g<a> for "),
            (r"\byou are charged ", "you pay "),
            (r"\bYou are not charged ", "You do not pay "),
            (r"^(?P<a>[A-Z][\w ]*?) is offered for ", r"You can use \g<a> for "),
            (r"\b([Cc]ustomers|[Yy]ou|[Mm]embers) can receive\b", r"\1 can get"),
        ),
    ),
)
"""By template: the first pattern that a claim has is replaced, once."""
