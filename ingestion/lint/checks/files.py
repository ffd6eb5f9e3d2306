"""Files that can't become an article."""

from collections.abc import Iterator

from ingestion.lint.finding import Finding, Level, Place, Rule
from ingestion.lint.help_centre import HelpCentre

UNUSABLE_FILE = Rule(
    "unusable-file",
    Level.ERROR,
    "A file can't be read as an article, so nothing is answered from it.",
    "Mend what the message names: the front matter, the encoding, or the id that comes twice.",
)


class FileCheck:
    """Tells which files are left out of the index, and why."""

    rules = (UNUSABLE_FILE,)

    def find(self, centre: HelpCentre) -> Iterator[Finding]:
        """Yield the files that were skipped, but for those that their author took back."""
        for skipped in centre.skipped:
            if not skipped.withdrawn:
                place = Place("", skipped.path, quote="", line=1, end_line=1)
                yield Finding(UNUSABLE_FILE, skipped.reason, (place,))
