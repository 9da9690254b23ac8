"""Rules over the frames of documents: signatory (Phụ lục I, Mục II.7.b; Điều 13), number, date and symbol."""

from collections.abc import Iterator

from docgen.base.locale import translate as _
from docgen.errors import Path, Place, Severity
from docgen.model.plan.frame import Frame, Signatory
from docgen.model.plan.frame_parts import Paper, missing_parts
from docgen.model.plan.organisation import Unit
from docgen.model.plan.plan import Plan
from docgen.model.problems import Problems, problem
from docgen.wording.decree import FOR_ANOTHER, FOR_COLLECTIVE, RANK, SLASHED, is_official_letter

_COLLECTIVE = f"{FOR_COLLECTIVE}."
#: Below a line with such a prefix comes the signer's own title.
_FOR_OTHERS = (_COLLECTIVE, *(f"{prefix}." for prefix in FOR_ANOTHER))


def check_frames(plan: Plan) -> Problems:
    """Check signatories, numbers, symbols, fields that aren't printed and typed references to a numbered document."""
    for path, frame, kind_name in plan.frames():
        attached = path[0] == "ke_hoach" and plan.document.form == "kem_quyet_dinh"
        paper = Paper(frame, kind_name, attached, signed=plan.document.signed or not attached)
        if frame.signatory is not None:
            yield from _check_signatory((*path, "nguoi_ky"), frame.signatory)
            yield from _check_authority(path, frame)
        elif paper.signed and not _has_head(plan, frame):
            message = _("văn bản chưa có người ký")
            hint = _("trong van_ban, thêm “nguoi_ky:” với quyen_han và ho_ten thụt vào ở dưới")
            yield problem("frame.no-signatory", path, message, hint)
        for found in missing_parts(paper, _issuing_unit(plan, frame)):
            if found.code != "frame.no-signatory":  # an error, said above
                yield found.at(Place(path=(*path, *found.place.path)))
        if frame.number is not None and (frame.issued_on is None or frame.issued_on.day is None):
            message = _("văn bản đã có số {number} nhưng chưa có ngày").format(number=frame.number)
            yield problem("frame.no-day", (*path, "so"), message, _("thêm ngay: dd/mm/yyyy"), Severity.WARNING)
    yield from _check_symbols(plan)
    yield from _check_places(plan)
    yield from _check_references(plan)


def _has_head(plan: Plan, frame: Frame) -> bool:
    """Whether the issuing unit has a head who signs by default."""
    unit = _issuing_unit(plan, frame)
    return unit is not None and unit.head is not None and unit.head.title is not None


def _issuing_unit(plan: Plan, frame: Frame) -> Unit | None:
    return plan.organisation.by_code.get(frame.issuing_agency or plan.organisation.issuing_agency)


def _check_symbols(plan: Plan) -> Problems:
    """A ký hiệu that isn't typed needs the abbreviation of the issuing unit."""
    for path, frame, kind_name in plan.frames():
        unit = _issuing_unit(plan, frame)
        numbered = path[0] != "ke_hoach" or plan.document.form == "doc_lap"
        if not numbered or frame.symbol is not None or unit is None or unit.abbreviation is not None:
            continue
        message = _("ký hiệu thiếu phần cơ quan: “{unit}” không có viet_tat, văn bản không ghi ky_hieu; {printed}")
        printed = _("sau số chỉ in chữ viết tắt của “{kind}”").format(kind=kind_name)
        if is_official_letter(kind_name):
            printed = _("sau dấu “/” của số không in gì")
        hint = _("thêm ky_hieu vào van_ban, hoặc viet_tat của đơn vị trong don-vi.yaml")
        message = message.format(unit=unit.name, printed=printed)
        yield problem("frame.symbol", (*path, "ky_hieu"), message, hint, Severity.WARNING)


def _check_places(plan: Plan) -> Problems:
    """Values that the form of the document has no place for (mẫu 1.2 to 1.5)."""
    for path, value, kind_name in _without_place(plan):
        if value:
            message = _("“{key}” không được in: mẫu của {kind} không có chỗ cho nó").format(
                key=path[-1], kind=kind_name
            )
            hint = _("xóa {key}, hoặc chuyển vào noi_dung; mẫu riêng của cơ quan có chỗ thì để nguyên")
            yield problem("frame.not-printed", path, message, hint.format(key=path[-1]), Severity.WARNING)


def _without_place(plan: Plan) -> Iterator[tuple[Path, object, str]]:
    """Path, value and kind of document of each field that the form of the kind has no place for."""
    for path, frame, kind_name in plan.frames():
        if path[0] != "van_ban":
            yield (*path, "kinh_gui"), frame.addressees, kind_name
            yield (*path, "lien_he"), frame.contact, kind_name
    for name, document in plan.text_documents():
        if is_official_letter(document.kind_name):
            yield ("van_ban", name, "can_cu"), document.legal_bases, document.kind_name
            yield ("van_ban", name, "theo_de_nghi"), document.proposer, document.kind_name
        else:
            yield ("van_ban", name, "van_ban", "lien_he"), document.frame.contact, document.kind_name


def _check_signatory(path: Path, signatory: Signatory) -> Problems:
    lines = signatory.authority
    here = (*path, "quyen_han")
    if not 1 <= len(lines) <= 3:
        message = _("quyền hạn, chức vụ có {n} dòng").format(n=len(lines))
        yield problem("frame.authority", here, message, _("ghi từ một đến ba dòng"))
        return
    for index, line in enumerate(lines):
        yield from _check_authority_line((*here, index), line)
    prefixes = [_prefix(line) for line in lines]
    if _COLLECTIVE in prefixes[1:]:
        yield problem("frame.authority", here, _("“TM.” phải ở dòng đầu"), _("đổi thứ tự các dòng"))
    if prefixes[-1] in _FOR_OTHERS:
        message = _("sau dòng “{line}” còn thiếu chức vụ của người ký").format(line=lines[-1])
        yield problem("frame.authority", here, message, _("thêm một dòng, ví dụ PHÓ CHỦ TỊCH"))
    elif len(lines) > 1 and prefixes[-2] not in _FOR_OTHERS:
        message = _("dòng “{line}” không có TM., KT., TL. hay TUQ. mà phía dưới vẫn còn chức vụ").format(line=lines[-2])
        yield problem("frame.authority", here, message, _("kiểm tra lại quyền hạn ký"), Severity.WARNING)
    yield from _check_name((*path, "ho_ten"), signatory.name)


def _prefix(line: str) -> str:
    """The first word of a line; “T/M” is returned as “TM.”, so that a slash is reported once."""
    first = line.split(" ")[0]
    return first.replace("/", "").rstrip(".") + "." if first.rstrip(".") in SLASHED else first


def _check_authority_line(path: Path, line: str) -> Problems:
    start = line.upper()
    if start.startswith(SLASHED):
        message = _("“{line}” dùng dấu gạch chéo, là cách ghi của văn bản Đảng").format(line=line)
        yield problem("frame.authority-slash", path, message, _("viết TM., KT., TL., TUQ."))
    elif line != start:
        message = _("“{line}” phải viết in hoa").format(line=line)
        yield problem("frame.authority-case", path, message, _("viết: {line}").format(line=start), Severity.WARNING)


def _check_name(path: Path, name: str | None) -> Problems:
    if name is not None and RANK.match(name):
        message = _("trước họ tên người ký “{name}” có học hàm, học vị hoặc danh hiệu").format(name=name)
        yield problem("frame.rank", path, message, _("chỉ ghi họ và tên"), Severity.WARNING)


def _check_authority(path: Path, frame: Frame) -> Problems:
    """A document issued by a collective is signed TM., one issued by its head is not (mẫu 1.2, chú thích 6)."""
    if frame.issuing_authority is None or frame.signatory is None or not frame.signatory.authority:
        return
    collective = _prefix(frame.signatory.authority[0]) == _COLLECTIVE
    by_head = frame.issuing_authority.upper().startswith(("CHỦ TỊCH", "GIÁM ĐỐC", "BỘ TRƯỞNG", "CHÁNH"))
    if collective == by_head:
        message = _("thẩm quyền “{authority}” không khớp với người ký “{line}”").format(
            authority=frame.issuing_authority, line=frame.signatory.authority[0]
        )
        hint = _("tập thể ban hành thì ký TM.; người đứng đầu ban hành thì không có TM.")
        at, related = (*path, "tham_quyen"), [(*path, "nguoi_ky")]
        yield problem("frame.authority-mismatch", at, message, hint, Severity.WARNING, related)


def _check_references(plan: Plan) -> Problems:
    """A typed line “Kèm theo …” doesn't take the number that the main document has been given."""
    main = plan.document.frame if plan.document.form == "doc_lap" else plan.decision.frame if plan.decision else None
    if main is None or main.number is None:
        return
    typed: list[tuple[Path, str | None]] = [(("ke_hoach", "dan_chieu"), plan.document.reference)]
    typed += [(("phu_luc", i, "dan_chieu"), appendix.reference) for i, appendix in enumerate(plan.appendices)]
    for path, text in typed:
        if text is not None:
            message = _("dòng “Kèm theo” được gõ sẵn nên in nguyên như gõ, không tự điền số {number}").format(
                number=main.number
            )
            hint = _("xóa dan_chieu để docgen tự ghi số và ngày")
            yield problem("frame.typed-reference", path, message, hint, Severity.WARNING)
