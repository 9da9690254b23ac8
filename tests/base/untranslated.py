"""Which messages of the English catalogue have no translation yet: ``python -m tests.base.untranslated``."""

from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.conftest import ROOT

CATALOGUE = ROOT / "docgen" / "base" / "locale" / "en" / "LC_MESSAGES" / "docgen.po"


def read_catalogue(path: Path) -> Catalog:
    """The catalogue in a .po or .pot file."""
    with path.open("rb") as file:
        return read_po(file)


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages without a translation, or with one that somebody has yet to look at."""
    return [message for message in catalogue if message.id and (not message.string or message.fuzzy)]


def main() -> None:
    """Print how many there are, by the file that says them, and each."""
    catalogue = read_catalogue(CATALOGUE)
    lacking = untranslated(catalogue)
    print(f"{len(lacking)} of {len(catalogue)} messages have no English translation")
    for file, count in sorted(Counter(message.locations[0][0] for message in lacking).items()):
        print(f"  {count:4} {file}")
    for message in lacking:
        print(f"  {message.locations[0][0]}: {message.id}")


if __name__ == "__main__":
    main()
