"""A dozen kinds of document that are correct in form, by any letterhead and at either size."""

from tests.layout.offices import (
    LONG,
    Head,
    addressees,
    body,
    cell,
    closing,
    closing_by_lines,
    line,
    one_row,
    recipients,
    shape,
    signing,
    table,
    tabs,
    two_rows,
)


def letter(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head(
        "UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ", "Số: 125/SNV-CCHC", "Lâm Đồng, ngày 09 tháng 3 năm 2024", drawn=drawn
    )
    head.subject = "V/v báo cáo kết quả rà soát|thủ tục hành chính năm 2024"
    if make_head is tabs:
        head.subject = ""
    subject = line(head.subject, 12, jc="left") if head.subject and make_head is tabs else ""
    to = addressees("- Ủy ban nhân dân các huyện, thành phố;", "- Các phòng, đơn vị thuộc Sở.")
    text = body(f"{LONG}.", size) + body(f"Đề nghị các cơ quan, đơn vị thực hiện. {LONG}./.", size)
    items = ("- Như trên;", "- Giám đốc Sở (b/c);", "- Lưu: VT, CCHC (05).")
    return make_head(head) + subject + to + text + closing(items, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


def letter_to_one(make_head=two_rows, drawn=shape, size: float = 13) -> str:
    head = Head("", "VĂN PHÒNG CHÍNH PHỦ", "Số: 08/VPCP-KSTT", "Hà Nội, ngày 21 tháng 02 năm 2024", drawn=drawn)
    head.subject = "V/v cung cấp số liệu cải cách"
    to = line("Kính gửi: Ủy ban nhân dân tỉnh Lâm Đồng.", 14)
    text = body(f"{LONG}.", size, first=567) + body("Xin trân trọng cảm ơn./.", size, first=567)
    items = ("- Như trên;", "- Bộ trưởng, Chủ nhiệm (để báo cáo);", "- Lưu: VT, KSTT.")
    offices = ("TL. BỘ TRƯỞNG, CHỦ NHIỆM", "KT. CỤC TRƯỞNG CỤC KIỂM SOÁT THỦ TỤC HÀNH CHÍNH", "PHÓ CỤC TRƯỞNG")
    return make_head(head) + to + text + closing(items, *offices)


def decision(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head("UBND THÀNH PHỐ HUẾ", "ỦY BAN NHÂN DÂN PHƯỜNG", "Số: 45/QĐ-UBND", "", drawn=drawn)
    head.date = "Thanh Thủy, ngày 15 tháng 01 năm 2026"
    bases = (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
        "Xét đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 12/TTr-VHXH ngày 10 tháng 01 năm 2026.",
    )
    title = line("QUYẾT ĐỊNH", 14, bold=True, before=12)
    title += line("Về việc thành lập Tổ công tác cải cách hành chính", 14, bold=True, under=drawn(45))
    title += line("CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG THANH THỦY", 14, bold=True, before=12)
    title += "".join(body(text, size, italic=True) for text in bases) + line("QUYẾT ĐỊNH:", 14, bold=True, before=6)
    articles = (
        " Thành lập Tổ công tác cải cách hành chính phường Thanh Thủy gồm các ông, bà có tên sau đây:",
        " Quyết định này có hiệu lực kể từ ngày ký.",
        " Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường, các cơ quan liên quan và các ông, bà có tên tại"
        " Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
    )
    text = [body(words, size, lead=f"Điều {n}.") for n, words in enumerate(articles, 1)]
    text.insert(1, body("1. Ông Lê Văn Bình, Phó Chủ tịch Ủy ban nhân dân phường: Tổ trưởng;", size))
    text.insert(2, body("2. Bà Trần Thị Cúc, Trưởng phòng Văn hóa - Xã hội: Tổ phó.", size))
    items = ("- Như Điều 3;", "- UBND thành phố (b/c);", "- TT. Đảng ủy, HĐND phường;", "- Lưu: VT, VHXH.")
    return make_head(head) + title + "".join(text) + closing(items, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def report(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head(
        "UBND TỈNH LÂM ĐỒNG", "SỞ TÀI CHÍNH", "Số: 310/BC-STC", "Lâm Đồng, ngày 30 tháng 6 năm 2024", drawn=drawn
    )
    title = line("BÁO CÁO", 14, bold=True, before=12)
    title += line("Kết quả cải cách hành chính 6 tháng đầu năm 2024", 14, bold=True, under=drawn(42))
    to = addressees("- Ủy ban nhân dân tỉnh;", "- Sở Nội vụ.")
    text = (
        body(f"{LONG}, như sau:", size)
        + body("I. KẾT QUẢ ĐẠT ĐƯỢC", size, bold=True)
        + body("1. Công tác chỉ đạo, điều hành", size, bold=True)
        + body("a) Ban hành văn bản", size)
        + body(f"- {LONG};", size)
        + body(f"+ {LONG}.", size)
        + body("b) Công tác tuyên truyền", size)
        + body(f"{LONG}.", size)
        + line("Bảng 1. Số hồ sơ đã giải quyết", 13, italic=True, before=6)
        + table(cell(line("Lĩnh vực", 12, True), 4000) + cell(line("Số hồ sơ", 12, True), 4000))
        + body("2. Kết quả cụ thể", size, bold=True)
        + body(f"{LONG}.", size)
        + body("II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", size, bold=True)
        + body(f"{LONG}. Trên đây là báo cáo của Sở Tài chính./.", size)
    )
    items = ("- Như trên;", "- Ban Giám đốc Sở;", "- Các phòng, đơn vị thuộc Sở;", "- Lưu: VT, VP.")
    return make_head(head) + title + to + text + closing(items, "GIÁM ĐỐC")


def proposal(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head(
        "UBND TỈNH LÂM ĐỒNG", "SỞ XÂY DỰNG", "Số: 77/TTr-SXD", "Lâm Đồng, ngày 12 tháng 10 năm 2024", drawn=drawn
    )
    title = line("TỜ TRÌNH", 14, bold=True, before=12)
    title += line("Về việc ban hành Quy chế phối hợp quản lý trật tự xây dựng", 14, bold=True, under=drawn(50))
    to = line("Kính gửi: Ủy ban nhân dân tỉnh Lâm Đồng.", 14, before=6)
    text = (
        body("Căn cứ Luật Xây dựng ngày 18 tháng 6 năm 2014;", size, italic=True)
        + body("Căn cứ Nghị định số 16/2022/NĐ-CP ngày 28 tháng 01 năm 2022 của Chính phủ,", size, italic=True)
        + body(f"Sở Xây dựng kính trình. {LONG}:", size)
        + body("1. Sự cần thiết", size, bold=True)
        + body(f"{LONG}.", size)
        + body("2. Nội dung", size, bold=True)
        + body(f"{LONG}.", size)
        + body("(Kèm theo dự thảo Quyết định và Quy chế)", size, italic=True)
        + body("Kính trình Ủy ban nhân dân tỉnh xem xét, quyết định./.", size)
    )
    items = ("- Như trên;", "- Sở Tư pháp;", "- Lưu: VT, QLXD.")
    return make_head(head) + title + to + text + closing(items, "Q. GIÁM ĐỐC")


def notice(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head(
        "BỘ NỘI VỤ", "TRƯỜNG ĐẠI HỌC NỘI VỤ", "Số: 05/TB-ĐHNV", "Hà Nội, ngày 01 tháng 11 năm 2024", drawn=drawn
    )
    title = line("THÔNG BÁO", 14, bold=True) + line("Về lịch nghỉ tết Dương lịch", 14, bold=True, under=drawn(25))
    text = body(f"{LONG}.", size) + body("Trong thời gian nghỉ, các đơn vị cử người trực./.", size)
    items = ("- Các đơn vị trực thuộc;", "- Website Trường;", "- Lưu: VT, HCTH.")
    return make_head(head) + title + text + closing(items, "TUQ. HIỆU TRƯỞNG", "TRƯỞNG PHÒNG HÀNH CHÍNH - TỔNG HỢP")


def resolution(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head(
        "", "HỘI ĐỒNG NHÂN DÂN|TỈNH LÂM ĐỒNG", "Số: 21/NQ-HĐND", "Lâm Đồng, ngày 08 tháng 12 năm 2024", drawn=drawn
    )
    head.agency = "HỘI ĐỒNG NHÂN DÂN TỈNH"
    title = line("NGHỊ QUYẾT", 14, bold=True)
    title += line("Về kế hoạch đầu tư công năm 2025", 14, bold=True, under=drawn(30))
    title += line("HỘI ĐỒNG NHÂN DÂN TỈNH LÂM ĐỒNG", 14, bold=True, before=6)
    title += line("KHÓA X, KỲ HỌP THỨ 21", 14, bold=True)
    title += body("Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;", size, italic=True)
    title += body(
        "Xét Tờ trình số 900/TTr-UBND ngày 01 tháng 12 năm 2024 của Ủy ban nhân dân tỉnh; Báo cáo thẩm tra của "
        "Ban Kinh tế - Ngân sách Hội đồng nhân dân tỉnh; ý kiến thảo luận tại kỳ họp.",
        size,
        italic=True,
    )
    title += line("QUYẾT NGHỊ:", 14, bold=True, before=6)
    text = body(f" {LONG}.", size, lead="Điều 1.") + body(f" {LONG}.", size, lead="Điều 2.")
    text += body("Nghị quyết này đã được Hội đồng nhân dân tỉnh Khóa X, kỳ họp thứ 21 thông qua./.", size)
    items = ("- Như Điều 2;", "- Lưu: VT.")
    return make_head(head) + title + text + closing(items, "CHỦ TỊCH")


def minutes(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head("UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ", "Số: 02/BB-SNV", "Lâm Đồng, ngày 12 tháng 5 năm 2024", drawn=drawn)
    title = line("BIÊN BẢN", 14, bold=True) + line(
        "Họp xét thi đua khen thưởng năm 2024", 14, bold=True, under=drawn(35)
    )
    text = (
        body("Thời gian bắt đầu: 08 giờ 00, ngày 12 tháng 5 năm 2024.", size)
        + body("Địa điểm: Phòng họp số 2.", size)
        + body("Thành phần tham dự: Lãnh đạo các phòng.", size)
        + body("Nội dung (theo diễn biến cuộc họp):", size)
        + body(f"{LONG}.", size)
        + body("Cuộc họp kết thúc vào 11 giờ 30, ngày 12 tháng 5 năm 2024./.", size)
    )
    two = table(cell(signing("THƯ KÝ", name="Lê Thị Bình"), 4500) + cell(signing("CHỦ TỌA"), 5000))
    return make_head(head) + title + text + two + recipients("- Như thành phần dự họp;", "- Lưu: VT, Hồ sơ.")


def joint(make_head=one_row, drawn=shape, size: float = 14) -> str:
    """A plan that two bodies issue together."""
    head = Head("SỞ NỘI VỤ - SỞ TÀI CHÍNH", "", "Số: 18/KH-SNV-STC", "Lâm Đồng, ngày 12 tháng 5 năm 2024", drawn=drawn)
    head.parent, head.agency = "", "SỞ NỘI VỤ - SỞ TÀI CHÍNH"
    title = line("KẾ HOẠCH", 14, bold=True) + line("Phối hợp kiểm tra công vụ năm 2024", 14, bold=True, under=drawn(32))
    text = body(f"{LONG}.", size) + body("I. MỤC ĐÍCH", size, bold=True) + body(f"{LONG}./.", size)
    left = signing("GIÁM ĐỐC SỞ TÀI CHÍNH", name="Trần Quốc Việt")
    two = table(cell(left, 4500) + cell(signing("GIÁM ĐỐC SỞ NỘI VỤ"), 5000))
    return make_head(head) + title + text + two + recipients("- Như mục III;", "- Lưu: VT SNV, VT STC.")


def telegram(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head("", "ỦY BAN NHÂN DÂN TỈNH", "Số: 03/CĐ-UBND", "Lâm Đồng, ngày 02 tháng 9 năm 2024", drawn=drawn)
    title = line("CÔNG ĐIỆN", 14, bold=True) + line("Về việc ứng phó bão số 3", 14, bold=True, under=drawn(22))
    to = line("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:", 14, before=6)
    to += body("- Giám đốc các Sở;", size) + body("- Chủ tịch Ủy ban nhân dân các huyện.", size)
    text = body(f"{LONG}./.", size)
    return make_head(head) + title + to + text + closing(("- Như trên;", "- Lưu: VT, NN."), "CHỦ TỊCH")


def invitation(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head("UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ", "Số: 33/GM-SNV", "Lâm Đồng, ngày 12 tháng 5 năm 2024", drawn=drawn)
    title = line("GIẤY MỜI", 14, bold=True) + line(
        "Tham dự hội nghị tập huấn công tác văn thư", 14, bold=True, under=drawn(38)
    )
    text = (
        body("Sở Nội vụ trân trọng kính mời: Đại diện lãnh đạo các phòng.", size)
        + body("Tới dự hội nghị tập huấn công tác văn thư.", size)
        + body("Chủ trì: Giám đốc Sở.", size)
        + body("Thời gian: 08 giờ 00, ngày 20 tháng 5 năm 2024.", size)
        + body("Địa điểm: Hội trường Sở./.", size)
    )
    items = ("- Như trên;", "- Lưu: VT, VP.")
    return make_head(head) + title + text + closing(items, "TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")


def guidance(make_head=one_row, drawn=shape, size: float = 14) -> str:
    head = Head("UBND TỈNH LÂM ĐỒNG", "SỞ NỘI VỤ", "Số: 1250/HD-SNV", "Lâm Đồng, ngày 12 tháng 5 năm 2024", drawn=drawn)
    title = line("HƯỚNG DẪN", 14, bold=True) + line(
        "Công tác văn thư, lưu trữ năm 2024", 14, bold=True, under=drawn(30)
    )
    text = (
        line("Phần I", 14, bold=True, before=6)
        + line("QUY ĐỊNH CHUNG", 14, bold=True, before=6)
        + body("I. ĐỐI TƯỢNG ÁP DỤNG", size, bold=True)
        + body(f"1. {LONG}.", size)
        + body(f"2. {LONG}.", size)
        + line("Phần II", 14, bold=True, before=6)
        + line("TỔ CHỨC THỰC HIỆN", 14, bold=True, before=6)
        + body(f"{LONG}./.", size)
    )
    items = ("- UBND các huyện;", "- Các sở, ban, ngành;", "- Lưu: VT, CCVTLT.")
    return make_head(head) + title + text + closing_by_lines(items, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


DOCUMENTS = {
    maker.__name__: maker
    for maker in (
        letter,
        letter_to_one,
        decision,
        report,
        proposal,
        notice,
        resolution,
        minutes,
        joint,
        telegram,
        invitation,
        guidance,
    )
}
