import pytest

from docgen.base.declare import Contract
from docgen.errors import Place, TemplateError
from docgen.template.language.compile import compile_sentence

CONTRACT = {
    "tong": Contract("Tổng", "number"),
    "ten": Contract("Tên"),
    "viec": Contract("Việc", "list", fields={"ten": Contract("Tên việc")}),
}
PLACE = Place("de_cuong/cchc.yaml", 3, 9)


def say(text: str, **context: object) -> str:
    return compile_sentence(text, CONTRACT, PLACE).say(context)


def test_a_sentence_is_finished_as_plain_text() -> None:
    assert (
        say("{{ ten }} có  {{ tong }}\n nhiệm vụ", ten="Tom & <b> {{ 7*7 }}", tong=3)
        == "Tom & <b> {{ 7*7 }} có 3 nhiệm vụ"
    )
    assert (
        say(
            "{% for v in viec %}{{ v.ten }}{% if not loop.last %}, {% endif %}{% endfor %}.",
            viec=[{"ten": "a"}, {"ten": "b"}],
        )
        == "a, b."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ tenn }}", "không có trường “tenn”"),
        ("{{ ten.x }}", "là văn bản, không có trường “x”"),
        ("{% if tong %}", "mở mà không đóng"),
        ("{{ tong + }}", "viết sai cú pháp"),
        ("{{ ten|attr('__class__') }}", "không có bộ lọc “attr”"),
    ],
)
def test_a_wrong_sentence_is_refused_at_its_line(text: str, message: str) -> None:
    with pytest.raises(TemplateError, match=r"de_cuong/cchc\.yaml:3:9: lỗi") as caught:
        compile_sentence(text, CONTRACT, PLACE)
    assert message in str(caught.value)


def test_a_sentence_can_not_run_away() -> None:
    with pytest.raises(TemplateError, match="không tính được"):
        say("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}")
    with pytest.raises(TemplateError, match="trường không có: ten"):
        say("{{ ten }}")
