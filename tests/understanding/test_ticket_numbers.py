"""The end of a ticket's number, in running words and where a command wants one."""

import pytest

from understanding.language.ticket_numbers import in_full, short

NUMBERS = ["20260511-001", "20260511-101"]


@pytest.mark.parametrize(
    "text", ["001 已处理", "001：已处理", "单号：001", "001。去过了", "No.001", "001和别的", "001天黑前去"]
)
def test_three_digits_are_the_end_of_a_number(text: str) -> None:
    assert "20260511-001" in in_full(text, NUMBERS)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "101室",
            "101号",
            "3-101",
            "101元",
            "101天",
            "楼上101天天吵",
            "1.101",
            "8:101",
            "101.5",
            "101%",
            "101单元",
            "101.docx",
        ),
        *("1101", "1012", "20260511-101"),
    ],
)
def test_an_address_an_amount_and_a_longer_number_are_none(text: str) -> None:
    assert in_full(text, NUMBERS) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [("催办003", "003"), ("同意003号", "003"), ("催办 1204", "1204"), ("同意，101号的", "101")],
)
def test_a_command_wants_one_of_any_length(text: str, number: str) -> None:
    assert short(text) == number


@pytest.mark.parametrize("text", ["催办101栋", "同意延到2027年", "同意100元", "催办12"])
def test_a_command_may_name_none(text: str) -> None:
    assert not short(text)
