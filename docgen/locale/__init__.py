"""The message catalogue: what users read goes in as Vietnamese and comes out in the language of the office.

The Vietnamese text is itself the key, so that Vietnamese needs no catalogue file; another language is one
``<language>/LC_MESSAGES/docgen.mo`` beside this module.
"""

import gettext
from pathlib import Path

_CATALOGUE = gettext.translation("docgen", localedir=Path(__file__).parent, fallback=True)


def translate(message: str) -> str:
    """Return ``message`` in the user's language, or itself where no catalogue holds it."""
    return _CATALOGUE.gettext(message)
