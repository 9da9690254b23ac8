"""Documents that only docxtpl can make: with its InlineImage or Subdoc among the values, or pictures replaced by name.

docxtpl renders, in the same sandbox and with the same escaping; its package goes on as entries like any other, to the
same proofs.
"""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateError as JinjaError

from docgen.errors import Place, Problem, TemplateError
from docgen.locale import translate as _
from docgen.package import Entry, make_entry, read_entries
from docgen.template.environment import EmbeddingEnvironment
from docgen.template.properties import prepare_properties

if TYPE_CHECKING:
    from docgen.template.program import Program


def by_docxtpl(
    program: "Program",
    template: Any,
    context: Mapping[str, Any],
    created: date,
    pictures: Mapping[str, str | Path],
) -> list[Entry]:
    """The parts as docxtpl renders them; ``template`` is the DocxTemplate that the context's objects belong to.

    Raises TemplateError.
    """
    from docxtpl import DocxTemplate  # with docx it takes long to import, and few documents need it

    from docgen.template.program import RUNTIME_FAULTS, dated  # which itself calls this function

    place = Place(program.file)
    template = template if template is not None else DocxTemplate(program.path)
    for name, picture in pictures.items():
        if not Path(picture).is_file():
            message = _("không có tệp ảnh {path}").format(path=Path(picture).as_posix())
            raise TemplateError(Problem("image.missing", message, _("kiểm tra lại đường dẫn"), place))
        template.replace_pic(name, str(picture))
    try:
        template.render(dict(context), jinja_env=EmbeddingEnvironment(program.filters))
        held = BytesIO()
        template.save(held)
    except (JinjaError, *RUNTIME_FAULTS) as error:
        message = _("docxtpl không dựng được mẫu này: {reason}").format(reason=error)
        hint = _("kiểm tra tên ảnh, tệp ảnh và tài liệu chèn vào")
        raise TemplateError(Problem("template.docxtpl", message, hint, place)) from None
    entries = prepare_properties(read_entries(held.getvalue()), program.file)
    core = "docProps/core.xml"
    return [make_entry(core, dated(entry, created)) if entry.name == core else entry for entry in entries]
