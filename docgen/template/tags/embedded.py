"""Places docxtpl's pictures and documents in a document, by means of a template that docxtpl has opened.

The parts are rendered as usual. A value that is an InlineImage or a Subdoc writes itself into the current part, and
docxtpl's package receives what belongs to it: pictures, relationships, styles, numbering. Pictures are replaced by name
there too. The result is that package, with the parts rendered here instead of its own; it passes the same checks.
"""

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from docgen.base.locale import translate as _
from docgen.base.ooxml import Entry, Package, make_entry, parse_xml, read_entries, xml_bytes
from docgen.base.usual_names import DOCUMENT, usual_names
from docgen.errors import Place, Problem, TemplateError
from docgen.template.language.source import prepare_properties, read_content
from docgen.template.language.values import PlacingError


class Host:
    """A template that docxtpl has opened, for one render; ``template`` is its DocxTemplate.

    If it is None, the file at ``path`` is opened. Raises TemplateError if ``digest`` isn't the SHA-256 of its content,
    or a picture doesn't exist.
    """

    def __init__(
        self, path: Path | None, file: str, digest: str, template: Any, pictures: Mapping[str, str | Path]
    ) -> None:
        from docx.opc.packuri import PackURI
        from docxtpl import DocxTemplate  # slow to import, and few documents need it

        self._file = file
        self._template = template if template is not None else DocxTemplate(path)
        content = _content_of(self._template, file)
        if hashlib.sha256(content).hexdigest() != digest:
            message = _("ảnh hoặc tài liệu chèn vào thuộc một mẫu khác, hoặc tệp mẫu đã đổi từ khi đọc")
            hint = _("tạo InlineImage, Subdoc với DocxTemplate của chính mẫu này, rồi đọc lại mẫu")
            raise self._error("template.other", message, hint)
        for name, picture in pictures.items():
            if not Path(picture).is_file():
                message = _("không có tệp ảnh {path}").format(path=Path(picture).as_posix())
                raise self._error("image.missing", message, _("kiểm tra lại đường dẫn"))
            self._template.replace_pic(name, str(picture))
        self._template.render_init()
        package = self._template.docx.part.package
        self._parts = {}
        names = usual_names(Package(content))
        for part in list(package.iter_parts()):
            held = str(part.partname).lstrip("/")
            self._parts[names.get(held, held)] = part
        for name, part in self._parts.items():
            part.partname = PackURI(f"/{name}")  # so that docxtpl saves it under the name that our part has

    def enter(self, part: str) -> None:
        """Set the part that is rendered next."""
        self._template.current_rendering_part = self._parts.get(part)

    def placed(self, value: Any) -> str:
        """Add a picture or document to the package, and return its XML. Raises PlacingError if it can't be placed."""
        if value.tpl is not self._template:
            raise PlacingError(_("ảnh hoặc tài liệu này thuộc một DocxTemplate khác"))
        try:
            return str(value.__html__())
        except Exception as error:  # of docxtpl, python-docx or the reader of pictures
            raise PlacingError(f"{type(error).__name__}: {error}") from error

    def entries(self, rendered: Iterable[Entry]) -> list[Entry]:
        """The whole package with the rendered parts. Raises TemplateError if docxtpl can't replace a picture."""
        ours = {entry.name: entry for entry in rendered}
        if DOCUMENT in ours:
            ours[DOCUMENT] = self._renumbered(ours[DOCUMENT])
        held = BytesIO()
        self._template.is_rendered = True  # else docxtpl would open the file again
        try:
            self._template.save(held)
        except Exception as error:
            message = _("docxtpl không thay được ảnh: {reason}").format(reason=error)
            raise self._error("template.docxtpl", message, _("kiểm tra tên ảnh và tệp ảnh")) from None
        package = prepare_properties(read_entries(held.getvalue()), self._file)
        return [ours.get(entry.name, entry) for entry in package]

    def _renumbered(self, body: Entry) -> Entry:
        """The body with unique ids of drawings, as docxtpl numbers them."""
        try:
            root = parse_xml(body.content)
        except etree.XMLSyntaxError:
            return body  # the check before writing reports what is wrong with it
        self._template.fix_docpr_ids(root)
        return make_entry(body.name, xml_bytes(root))

    def _error(self, code: str, message: str, hint: str) -> TemplateError:
        return TemplateError(Problem(code, message, hint, Place(self._file)))


def _content_of(template: Any, file: str) -> bytes:
    """The bytes of the file that a DocxTemplate was made from. Raises TemplateError if it can't be read."""
    source = template.template_file
    if not hasattr(source, "read"):
        return read_content(Path(source), file)
    source.seek(0)
    content: bytes = source.read()
    source.seek(0)
    return content
