"""Differences that wait for a mend or a decision. Each must still be found, so that this list can only grow shorter."""

import re
from collections.abc import Iterable

#: What is known of lines such as “2023-Q1, cả cơ quan: bảng tra_loi: tính …, báo cáo in …”, with the reason.
WAITING = {
    r"bảng tra_loi: .*báo cáo in \(.*'Gửi chậm'\)$": "nobody is late before the office has set a day of its own",
    r"^\S+\.\.\S+, .*: IV: thiếu \[\], thừa \[": "after a span comes what is due up to the next cut-off",
}


def not_waiting(lines: Iterable[str]) -> list[str]:
    """The lines that none of the patterns knows."""
    return [line for line in lines if not any(re.search(pattern, line) for pattern in WAITING)]
