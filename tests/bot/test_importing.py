"""Exported chats of the usual desktop tools become transcripts."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.exported import ExportError, read
from bot.transcript import Transcript, load
from domain.message import Kind

ZONE = ZoneInfo("Asia/Shanghai")
RULE = "- - - - - - - - - - - - - - -"
TEXT = f"""2026-05-11 19:32:05 3栋李姐
楼下烧烤店油烟好大，
我电话13812345678

2026-05-11 19:32:30 3栋李姐
[图片]

2026-05-11 19:33:00 老涂
"老涂" 撤回了一条消息

2026-05-11 19:34:00 城管-李四
「3栋李姐：[图片]」
{RULE}
@3栋李姐\u2005收到
"""
OTHER_ORDER = """3栋李姐(wxid_abc123) 2026/5/11 19:32
楼下烧烤店油烟好大
城管-李四 2026/5/11 19:34:10
已处理
"""
TABLE = """localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender
1,2,1,0,0,1778499125,,楼下烧烤店油烟好大,2026-05-11 19:32:05,,3栋李姐,wxid_a
2,2,3,0,0,1778499126,,<msg><img/></msg>,2026-05-11 19:32:06,,3栋李姐,wxid_a
3,2,10000,0,0,1778499127,,老涂加入了群聊,2026-05-11 19:32:07,,系统,
"""
CHINESE_TABLE = """日期,时间,发送者,类型,内容
2026-05-11,19:32:05,3栋李姐,文本,楼下烧烤店油烟好大
2026-05-11,19:32:06,3栋李姐,图片,[图片]
"""


def imported(tmp_path: Path, name: str, content: bytes, *options: str) -> Transcript:
    """What the command makes of a file."""
    (tmp_path / name).write_bytes(content)
    result = CliRunner().invoke(
        app, ["import-chat", str(tmp_path / name), "--out", str(tmp_path / "out"), *options]
    )
    assert result.exit_code == 0, result.output
    (made,) = (tmp_path / "out").iterdir()
    return load(made)


def test_text_with_time_before_name(tmp_path: Path) -> None:
    chat = imported(tmp_path, "群.txt", TEXT.encode(), "--officer", "城管-李四")
    names = {member.id: (member.name, member.role.value) for member in chat.group.members}
    first, photo, last = chat.messages
    assert names[first.sender] == ("3栋李姐", "resident")
    assert names[last.sender] == ("城管-李四", "officer")
    assert first.text == "楼下烧烤店油烟好大，\n我电话13812345678"
    assert f"{first.at:%H:%M:%S%z}" == "19:32:05+0800"
    assert photo.kind is Kind.IMAGE
    assert (last.mentions, last.text) == ([first.sender], "@3栋李姐\u2005收到")


def test_names_and_numbers_are_hidden_on_request(tmp_path: Path) -> None:
    chat = imported(tmp_path, "群.txt", TEXT.encode(), "--officer", "城管-李四", "--pseudonymise")
    everything = chat.group.model_dump_json() + "".join(line.model_dump_json() for line in chat.messages)
    assert {"居民1", "城管队员1", "网格管家"} <= {member.name for member in chat.group.members}
    for secret in ("李姐", "李四", "13812345678"):
        assert secret not in everything
    assert "油烟好大" in everything


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_with_name_before_time(tmp_path: Path, encoding: str) -> None:
    first, last = imported(tmp_path, "群.txt", OTHER_ORDER.encode(encoding)).messages
    assert (first.text, last.text) == ("楼下烧烤店油烟好大", "已处理")


@pytest.mark.parametrize("table", [TABLE, CHINESE_TABLE])
def test_tables(tmp_path: Path, table: str) -> None:
    first, photo = imported(tmp_path, "群.csv", table.encode("utf-8-sig")).messages
    assert (first.kind, first.text, photo.kind, photo.text) == (
        Kind.TEXT,
        "楼下烧烤店油烟好大",
        Kind.IMAGE,
        "",
    )
    assert f"{first.at:%m-%d %H:%M}" == "05-11 19:32"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"nothing at all", "没有认出一条消息"),
        ("a.csv", b"a,b\n1,2\n", "表头里没有：时间、发送者、内容"),
        ("a.txt", b"\xff\xff\xff\xff", "不是 UTF-8"),
    ],
)
def test_what_is_no_export_is_said_so(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ExportError, match=why):
        read(tmp_path / name, ZONE)
