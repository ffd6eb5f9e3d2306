"""Personal data that can be told by its form: nothing to install, nothing to load.

Order numbers, prices, dates and versions have forms too. So a number is taken for a card, an
account or a social security number only where its checksum or its own grammar says so, and for a
telephone number only where it is written like one; a number that is called an order, a parcel or
an invoice is none of these.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.guardrails.personal_data import PersonalData, PersonalKind

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+%'-]{1,64}(?:@|\s?(?:\[at\]|\(at\))\s?)[\w-]{1,63}"
    r"(?:(?:\.|\s?(?:\[dot\]|\(dot\))\s?)[\w-]{1,63}){1,6}(?<![-_])"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}(?![A-Za-z0-9])")
_CARD = re.compile(r"(?<![\d.,])(?<!\d[ -])\d(?:[ -]?\d){11,18}(?![ -]?\d)")
_SSN = re.compile(
    r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])"
    r"|(?<=\bSSN )\d{9}\b|(?<=\bSSN is )\d{9}\b|(?<=\bSSN: )\d{9}\b"
)
_PHONE = re.compile(
    r"(?<![\w+.,/-])(?:"
    r"(?:\+|00(?=[1-9]))\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,6}"
    r"|(?:1[ .-])?\(\d{2,4}\)[ .-]?\d{3,4}[ .-]?\d{3,4}"
    r"|(?:1[ .-])?[2-9]\d{2}([ .-])[2-9]\d{2}\1\d{4}"
    r")(?:\s?(?:x|ext\.?)\s?\d{1,5})?(?![\w/-]|[.,]\d)"
)
_CALLED_PHONE = re.compile(
    r"\b(?:(?:tele)?phone|mobile|cell|tel|whatsapp|call me|text me|reach me|ring me)"
    r"(?: (?:number|no\.?|at|on|is|me|my|back|under)){0,4}[\s:.#]{1,3}"
    r"(?P<number>\+?\(?\d(?:[ .()/-]{0,2}\d){6,14})(?!\d)",
    re.IGNORECASE,
)
_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|Terrace"
    r"|Way|Place|Pl|Crescent|Close|Highway|Hwy|Parkway|Pkwy)"
)
_ADDRESS = re.compile(
    rf"(?<![\w.,$€£-])\d{{1,5}}[A-Za-z]?,? (?:(?:[A-Z][\w'’.-]*|\d{{1,3}}(?:st|nd|rd"
    rf"|th)) ){{1,4}}{_STREET}\b\.?"
    rf"(?:,? (?:Apt|Apartment|Suite|Unit|Flat)\.? ?#?\w{{1,6}}\b)?"
    r"|\bP\.? ?O\.? Box \d{1,6}\b"
)
_NAME = re.compile(
    r"\b(?i:my (?:full )?name(?:['’]s| is|:)|(?:i am|i['’]m|this is) (?:called|named)|call me"
    r"|(?:kind |best |warm )?regards,?|sincerely,?|yours,|name on the (?:account|order"
    r"|card)(?: is|:))"
    r"\s+(?P<name>[A-Z][\w'’-]+"
    r"(?: (?:[A-Z]\.|[A-Z](?= )|(?:de|van|von|der|bin|al|la|di)(?= ))){0,2}(?: [A-Z][\w'’-]+){0,3})"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:order|parcel|tracking|invoice|reference|ref|ticket|case|serial|booking|model|part|sku"
    r"|barcode|item|imei|shipment|transaction)\b[\w\s]{0,12}?[#:.]{0,2}\s*$",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|(?:6011|65\d\d|64[4-9]\d)\d{12}"
    r"|35\d{14}|3(?:0[0-5]|[68]\d)\d{11}"
)
"""Visa, Mastercard, American Express, Discover, JCB, Diners Club: first digits and lengths."""
_CALLED_CARD = re.compile(r"\b(?:card|visa|mastercard|amex|maestro)\b[^.\n]{0,25}$", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
"""Of a number in international form: ITU-T E.164 allows 15."""


@dataclass(frozen=True, slots=True)
class PersonalDataRules:
    """Finds personal data by its form."""

    def find(self, text: str) -> Iterable[PersonalData]:
        """Return e-mail addresses, accounts, cards, phones, street addresses, introduced names."""
        for kind, expression, holds in _FORMS:
            for match in expression.finditer(text):
                group = match.lastgroup or 0
                start, end = match.span(group)
                if holds(text[start:end], text[:start]):
                    yield PersonalData(kind, start, end)

    def load(self) -> None:
        """Do nothing: there is nothing to load."""


def is_luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of ISO/IEC 7812-1 (Luhn)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(n - 9 * (n > 9) for n in doubled)) % 10 == 0  # noqa: PLR2004


def is_iban(written: str) -> bool:
    """Tell whether the check digits of an account's number are right (ISO 13616, modulo 97)."""
    account = written.replace(" ", "")
    moved = account[4:] + account[:4]
    return 15 <= len(account) <= 34 and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1  # noqa: PLR2004 — lengths and modulus of the standard


def _always(_found: str, _before: str) -> bool:
    return True


def _is_card(found: str, before: str) -> bool:
    digits = re.sub(r"\D", "", found)
    if not is_luhn(digits) or _OTHER_NUMBER.search(before):
        return False
    return _ISSUED.fullmatch(digits) is not None or _CALLED_CARD.search(before) is not None


def _is_account(found: str, _before: str) -> bool:
    return is_iban(found)


def _is_phone(found: str, before: str) -> bool:
    digits = sum(char.isdigit() for char in found)
    return _FEWEST_DIGITS <= digits <= _MOST_DIGITS + 5 and not _OTHER_NUMBER.search(before)


_FORMS: tuple[tuple[PersonalKind, re.Pattern[str], Callable[[str, str], bool]], ...] = (
    (PersonalKind.EMAIL, _EMAIL, _always),
    (PersonalKind.IBAN, _IBAN, _is_account),
    (PersonalKind.CARD, _CARD, _is_card),
    (PersonalKind.SSN, _SSN, _always),
    (PersonalKind.PHONE, _PHONE, _is_phone),
    (PersonalKind.PHONE, _CALLED_PHONE, _always),
    (PersonalKind.ADDRESS, _ADDRESS, _always),
    (PersonalKind.NAME, _NAME, _always),
)
