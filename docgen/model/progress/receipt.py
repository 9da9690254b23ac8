"""Which file each unit's figures came from: one receipt for every file that was taken, none is ever removed."""

from collections.abc import Iterator
from datetime import date

from docgen.base.declare import Record, field
from docgen.wording.dates import format_date


class Receipt(Record):
    """That a unit's workbook was taken; ``digest`` is the SHA-256 of the file, hexadecimal."""

    unit: str = field("don_vi", "Đơn vị", required=True, example="phong-tu-phap")
    file: str = field("tep", "Tệp", required=True, example="cchc-2023-2023-Q1-phong-tu-phap.xlsx")
    digest: str = field("sha256", "Mã băm của tệp", required=True)
    on: date = field("ngay", "Ngày thu", required=True, example="13/03/2023", show=format_date)
    at: str = field("gio", "Giờ thu", required=True, example="08:15:00")
    replaces: str | None = field("thay_cho", "Thay cho tệp có mã băm")
    changes: int | None = field("so_thay_doi", "Số chỗ đổi so với tệp trước", example="2")


class Receipts(Record):
    """``tien-do/nhan/<period>.yaml``: the receipts of one period, in the order in which the files were taken."""

    receipts: tuple[Receipt, ...] = field("nhan", "Biểu mẫu đã thu", default=())

    def of_unit(self, unit: str) -> Iterator[Receipt]:
        """A unit's receipts, the earliest first."""
        return (one for one in self.receipts if one.unit == unit)
