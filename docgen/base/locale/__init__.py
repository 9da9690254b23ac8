"""The message catalogue: what users read goes in as Vietnamese and comes out in the language of the office.

The Vietnamese text is itself the key, so that Vietnamese needs no catalogue file; another language is one
``<language>/LC_MESSAGES/docgen.mo`` beside this module.
"""

import gettext
import os
from pathlib import Path

_FOLDER = Path(__file__).parent
_CATALOGUE = gettext.translation("docgen", localedir=_FOLDER, fallback=True)


def translate(message: str) -> str:
    """Return ``message`` in the user's language, or itself where no catalogue holds it."""
    return _CATALOGUE.gettext(message)


def translate_click() -> None:
    """Let click speak Vietnamese too, unless the user's LANGUAGE asks for another language that it has."""
    os.environ.setdefault("LANGUAGE", "vi")
    gettext.bindtextdomain("click", _FOLDER)
    gettext.textdomain("click")
