"""Translation of messages: Vietnamese in the sources, other languages from catalogues.

The Vietnamese text is the key, so Vietnamese needs no catalogue. Other languages are in
``<language>/LC_MESSAGES/docgen.mo`` beside this module, loaded only when asked for; ``make docs`` extracts, updates and
compiles them. Words of documents, forms and data files are plain literals, never translated.
"""

import gettext
import os
from pathlib import Path

#: The languages of docgen. The first is the default, regardless of LANG, since documents are Vietnamese.
LANGUAGES = ("vi", "en")
#: The environment variable for the language; ``--lang`` takes precedence.
VARIABLE = "DOCGEN_LANG"
_FOLDER = Path(__file__).parent


def _catalogue(name: str) -> gettext.NullTranslations:
    """The catalogue of a language; without messages for Vietnamese and unknown languages."""
    if name in LANGUAGES[1:]:
        return gettext.translation("docgen", _FOLDER, [name])
    return gettext.NullTranslations()


_messages = _catalogue(os.environ.get(VARIABLE, ""))


def translate(message: str) -> str:
    """``message`` in the user's language, or unchanged if the catalogue doesn't hold it."""
    return _messages.gettext(message) if message else ""  # gettext returns the catalogue's header for an empty text


def deferred(message: str) -> str:
    """``message`` unchanged; marks it for the catalogue if it is passed to :func:`translate` in a variable."""
    return message


def language() -> str:
    """The language in use, one of :data:`LANGUAGES`."""
    return _messages.info().get("language", LANGUAGES[0])


def choose_language(name: str) -> None:
    """Use a language from now on, also in processes that this one starts.

    Messages in constants of modules that are loaded already don't change.
    """
    global _messages
    _messages = _catalogue(name)
    os.environ[VARIABLE] = name


def translate_click() -> None:
    """Set click's language: English is built in, Vietnamese is a catalogue here."""
    if language() == LANGUAGES[0]:
        os.environ["LANGUAGE"] = LANGUAGES[0]
        gettext.bindtextdomain("click", _FOLDER)
        gettext.textdomain("click")
