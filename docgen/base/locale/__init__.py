"""The message catalogue: what users read goes in as Vietnamese and comes out in the language that was asked for.

The Vietnamese text is itself the key, so that Vietnamese needs no catalogue; another language is one
``<language>/LC_MESSAGES/docgen.mo`` beside this module, loaded only when asked for. ``make docs`` extracts, updates and
compiles. Words of documents, forms and data files are never translated: they are plain literals.
"""

import gettext
import os
from pathlib import Path

#: What docgen speaks; the first without being asked, whatever LANG says: its documents are Vietnamese anyhow.
LANGUAGES = ("vi", "en")
#: The environment variable that asks for a language; ``--lang`` wins over it.
VARIABLE = "DOCGEN_LANG"
_FOLDER = Path(__file__).parent


def _catalogue(name: str) -> gettext.NullTranslations:
    """The messages of a language; those of Vietnamese, which are the keys, for one that docgen doesn't speak."""
    if name in LANGUAGES[1:]:
        return gettext.translation("docgen", _FOLDER, [name])
    return gettext.NullTranslations()


_messages = _catalogue(os.environ.get(VARIABLE, ""))


def translate(message: str) -> str:
    """Return ``message`` in the user's language, or itself where no catalogue holds it."""
    return _messages.gettext(message) if message else ""  # gettext keeps the catalogue's head under the empty text


def deferred(message: str) -> str:
    """Return ``message`` as it is; marks it for the catalogue where :func:`translate` gets it from a variable."""
    return message


def language() -> str:
    """The language that docgen speaks, one of :data:`LANGUAGES`."""
    return _messages.info().get("language", LANGUAGES[0])


def choose_language(name: str) -> None:
    """Speak the language of that code from now on, in the processes that this one starts too.

    Messages in constants of modules that are loaded already stay as they are.
    """
    global _messages
    _messages = _catalogue(name)
    os.environ[VARIABLE] = name


def translate_click() -> None:
    """Let click speak what docgen speaks: English is its own, Vietnamese a catalogue here."""
    if language() == LANGUAGES[0]:
        os.environ["LANGUAGE"] = LANGUAGES[0]
        gettext.bindtextdomain("click", _FOLDER)
        gettext.textdomain("click")
