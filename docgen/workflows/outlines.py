"""An outline by its name, with what finishes its sentences: read, compiled and held against its contract once."""

from collections.abc import Collection, Mapping
from pathlib import Path

from docgen.base.declare import Contract
from docgen.base.locale import translate as _
from docgen.documents.text import Say, inserts_of, texts_of
from docgen.errors import Problem, TemplateError
from docgen.model.progress.outline import Outline
from docgen.readers.named_files import Listed, Stamp, outline_path, read_outline, stamp
from docgen.template.language.compile import Sentence, compile_sentence

#: Outlines with their compiled sentences, by name and file; a batch of many offices uses many.
_SPOKEN: dict[tuple[str, Path, Stamp], tuple[Listed[Outline], Say]] = {}
_MOST_SPOKEN = 64


def spoken(
    name: str, folder: Path, data: Path, contract: Mapping[str, Contract], inserts: Collection[str]
) -> tuple[Listed[Outline], Say]:
    """The outline of that name, that in the plan's ``folder`` before the shipped one in ``data``, and its sentences.

    Read and compiled once as long as its file is the same; ``contract`` is always the same for a name.
    Raises SourceError, DataError or TemplateError.
    """
    path = outline_path(name, folder, data)
    key = (name, path, stamp(path))
    if key not in _SPOKEN:
        outline = read_outline(path, data)
        while len(_SPOKEN) >= _MOST_SPOKEN:
            del _SPOKEN[next(iter(_SPOKEN))]
        _SPOKEN[key] = outline, _sayer(outline, contract, inserts)
    return _SPOKEN[key]


def _sayer(outline: Listed[Outline], contract: Mapping[str, Contract], inserts: Collection[str]) -> Say:
    """What finishes an outline's sentences, each compiled and held against the contract before any is said.

    Raises TemplateError or DataError with every sentence that can't be right, at its line.
    """
    compiled_sentences: dict[str, Sentence] = {}
    problems: list[Problem] = []
    for path, text in texts_of(outline.value):
        try:
            compiled_sentences[text] = compile_sentence(text, contract, outline.places.at(path))
        except TemplateError as error:
            problems += error.problems
    for path, name in inserts_of(outline.value):
        if name not in inserts:
            message = _("không có phần chèn “{name}”").format(name=name)
            hint = _("các phần chèn được: {names}").format(names=", ".join(inserts))
            problems.append(Problem("outline.insert", message, hint, outline.places.at(path)))
    if problems:
        raise TemplateError(problems)
    return lambda text, context: compiled_sentences[text].say(context)
