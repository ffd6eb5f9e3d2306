"""Countries and regions by their English names, to know one that a help centre doesn't serve.

Names that are as well a first name, a thing or a place elsewhere (Chad, Georgia, Jersey, Jordan,
Guinea, Turkey) are left out: a country that isn't recognised changes nothing.
"""

from collections.abc import Mapping

COUNTRIES = frozenset(
    {
        *("Afghanistan", "Albania", "Algeria", "Andorra", "Angola", "Argentina", "Armenia"),
        *("Australia", "Austria", "Azerbaijan", "Bahamas", "Bahrain", "Bangladesh", "Barbados"),
        *("Belarus", "Belgium", "Belize", "Benin", "Bhutan", "Bolivia", "Bosnia", "Botswana"),
        *("Brazil", "Brunei", "Bulgaria", "Burkina Faso", "Burundi", "Cambodia", "Cameroon"),
        *("Canada", "Cape Verde", "Chile", "China", "Colombia", "Congo", "Costa Rica", "Croatia"),
        *("Cuba", "Cyprus", "Czechia", "Czech Republic", "Denmark", "Djibouti"),
        *("Dominican Republic", "Ecuador", "Egypt", "El Salvador", "Eritrea", "Estonia"),
        *("Ethiopia", "Fiji", "Finland", "France", "Gabon", "Gambia", "Germany", "Ghana"),
        *("Greece", "Greenland", "Guatemala", "Guyana", "Haiti", "Honduras", "Hong Kong"),
        *("Hungary", "Iceland", "India", "Indonesia", "Iran", "Iraq", "Ireland", "Israel"),
        *("Italy", "Ivory Coast", "Jamaica", "Japan", "Kazakhstan", "Kenya", "Kosovo", "Kuwait"),
        *("Kyrgyzstan", "Laos", "Latvia", "Lebanon", "Lesotho", "Liberia", "Libya"),
        *("Liechtenstein", "Lithuania", "Luxembourg", "Macau", "Madagascar", "Malawi"),
        *("Malaysia", "Maldives", "Mali", "Malta", "Mauritania", "Mauritius", "Mexico"),
        *("Moldova", "Monaco", "Mongolia", "Montenegro", "Morocco", "Mozambique", "Myanmar"),
        *("Namibia", "Nepal", "Netherlands", "New Zealand", "Nicaragua", "Nigeria"),
        *("North Korea", "North Macedonia", "Norway", "Oman", "Pakistan", "Panama", "Paraguay"),
        *("Peru", "Philippines", "Poland", "Portugal", "Puerto Rico", "Qatar", "Romania"),
        *("Russia", "Rwanda", "Samoa", "San Marino", "Saudi Arabia", "Senegal", "Serbia"),
        *("Seychelles", "Sierra Leone", "Singapore", "Slovakia", "Slovenia", "Somalia"),
        *("South Africa", "South Korea", "South Sudan", "Spain", "Sri Lanka", "Sudan"),
        *("Suriname", "Sweden", "Switzerland", "Syria", "Taiwan", "Tajikistan", "Tanzania"),
        *("Thailand", "Togo", "Tonga", "Trinidad", "Tunisia", "Turkmenistan", "Uganda"),
        *("Ukraine", "United Arab Emirates", "United Kingdom", "United States", "Uruguay"),
        *("Uzbekistan", "Vanuatu", "Venezuela", "Vietnam", "Yemen", "Zambia", "Zimbabwe"),
    }
)
"""As they are written in a sentence."""

_EU_MEMBERS = (
    "Austria",
    "Belgium",
    "Bulgaria",
    "Croatia",
    "Cyprus",
    "Czechia",
    "Denmark",
    "Estonia",
    "Finland",
    "France",
    "Germany",
    "Greece",
    "Hungary",
    "Ireland",
    "Italy",
    "Latvia",
    "Lithuania",
    "Luxembourg",
    "Malta",
    "Netherlands",
    "Poland",
    "Portugal",
    "Romania",
    "Slovakia",
    "Slovenia",
    "Spain",
    "Sweden",
)
REGION_NAMES: Mapping[str, tuple[str, ...]] = {
    "us": ("United States", "USA", "U.S.", "U.S.A.", "America", "American"),
    "uk": ("United Kingdom", "U.K.", "Britain", "British", "England", "Scotland", "Wales",
           "Northern Ireland"),
    "eu": ("European Union", "Europe", "European", *_EU_MEMBERS),
}  # fmt: skip
"""Other names of regions, for help centres that use these three as scope values."""
