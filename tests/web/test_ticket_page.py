"""A ticket's page, after a talk with the bot: its record, its pictures, and nobody who reported."""

import re
from dataclasses import dataclass

import httpx
import pytest

from bot.board_desk import BoardDesk
from domain.access import visitor
from domain.ids import MemberId, TicketNo
from domain.message import Kind, Media
from storage.media import MediaStore
from tests.chat import OTHER_GROUP, ROSTER, Chat
from tests.web.fake import FakeRoom
from tests.web.fake_entrance import FakeEntrance, rates
from tests.web.pixels import png
from tests.web.reading import HOME, HTML, words
from web.app import Desks, create_app

FUMES = "幸福里3栋2单元501楼下烤鱼店的油烟太呛人了"
OFFICER, OTHER, WORKER, BOSS, ELSEWHERE = "城管-李四", "城管-赵六", "社区小刘", "王局", "张科长"


@dataclass
class Pages:
    """The pages on the database of a chat."""

    chat: Chat
    media: MediaStore

    def __post_init__(self) -> None:
        """Open them."""
        self.entrance = FakeEntrance()
        board = BoardDesk(self.chat.database, self.chat.settings, self.chat.clock)
        self.app = create_app(FakeRoom(), desks=Desks(self.entrance, rates(), board=board))

    async def get(self, who: str, address: str) -> httpx.Response:
        """What somebody gets; the roster says what they may see."""
        known = visitor(MemberId(who), ROSTER)
        self.entrance.sessions = {"theirs": known} if known else {}
        cookies = {"wangge_session": "theirs"}
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(
            transport=transport, base_url=HOME, headers=HTML, cookies=cookies
        ) as client:
            return await client.get(address)

    async def read(self, who: str, address: str) -> str:
        """The words of a page."""
        answer = await self.get(who, address)
        assert answer.status_code == 200
        return words(answer.text)

    def picture(self, size: int) -> Media:
        """A picture as it is kept."""
        return self.media.keep("a.png", "image/png", png(size, size))


@pytest.fixture
def pages(chat: Chat) -> Pages:
    return Pages(chat, MediaStore(chat.settings.media))


async def reported(pages: Pages) -> TicketNo:
    await pages.chat.say("李姐", FUMES)
    return (await pages.chat.ticket()).no


async def test_the_record_is_told_in_words_and_nobody_is_named_who_reported(pages: Pages) -> None:
    no = await reported(pages)
    await pages.chat.say("老涂", "我家也是，天天闻油烟")
    await pages.chat.say(OFFICER, "收到")
    await pages.chat.say(OFFICER, "已处理")
    await pages.chat.say("李姐", "好了，谢谢")
    text = await pages.read(BOSS, f"/tickets/{no}")
    for said in (
        "受理登记 居民",
        "派遣 网格管家",
        "附议 居民",
        "签收 城管队员 城管-李四",
        "反馈",
        "确认 居民",
        "→ 已结案",
    ):
        assert said in text, said
    assert "2 户" in text
    assert not [name for name in ("李姐", "老涂") if name in text]


async def test_lists_say_of_a_place_what_anybody_may_hear_the_page_the_rest(pages: Pages) -> None:
    no = await reported(pages)
    exact = (await pages.chat.ticket()).location
    for address in ("/", "/tickets", "/communities/幸福里社区"):
        text = await pages.read(OFFICER, address)
        assert not [part for part in ("501", "2单元", "烤鱼店") if part in text], address
        assert address == "/" or "幸福里3栋" in text
    assert exact in await pages.read(OFFICER, f"/tickets/{no}")


async def test_what_was_told_to_the_bot_alone_is_not_for_who_works_there(pages: Pages) -> None:
    await pages.chat.say("李姐", "路过")
    await pages.chat.say("李姐", FUMES, private=True)
    ticket = await pages.chat.ticket()
    assert ticket.private
    window, done = pages.picture(7), pages.picture(8)
    await pages.chat.say("李姐", kind=Kind.IMAGE, media=window, private=True)
    await pages.chat.say(OFFICER, f"{ticket.no} 已处理", private=True)
    await pages.chat.say(OFFICER, kind=Kind.IMAGE, media=done, private=True)
    for who, picture, status in (
        (OFFICER, window, 200),
        (OFFICER, done, 200),
        (WORKER, window, 404),
        (WORKER, done, 200),
    ):
        address = f"/tickets/{ticket.no}/photos/{picture.sha256}"
        assert (await pages.get(who, address)).status_code == status, (who, status)
        assert (address in (await pages.get(who, f"/tickets/{ticket.no}")).text) is (status == 200)
    text = await pages.read(WORKER, f"/tickets/{ticket.no}")
    assert "请不要在群里提起" in text
    assert "3栋" in text
    assert not [part for part in ("501", "烤鱼店") if part in text]
    assert ticket.location in await pages.read(OFFICER, f"/tickets/{ticket.no}")
    assert "没有这样的工单" in await pages.read(WORKER, "/tickets?words=烤鱼店")
    assert ticket.no in await pages.read(OFFICER, "/tickets?words=烤鱼店")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (OFFICER, 200),
        (WORKER, 200),
        (BOSS, 200),
        (ELSEWHERE, 200),
        (OTHER, 404),
        ("李姐", 401),
        ("物业王姐", 401),
    ],
)
async def test_who_may_see_a_ticket_and_its_pictures(pages: Pages, who: str, status: int) -> None:
    picture = pages.picture(7)
    no = await reported(pages)
    await pages.chat.say("李姐", kind=Kind.IMAGE, media=picture)
    for address in (f"/tickets/{no}", f"/tickets/{no}/photos/{picture.sha256}"):
        assert (await pages.get(who, address)).status_code == status


async def test_pictures_stand_by_who_sent_them_before_and_after(pages: Pages) -> None:
    before, first, last = (pages.picture(size) for size in (7, 8, 9))
    no = await reported(pages)
    await pages.chat.say("李姐", kind=Kind.IMAGE, media=before)
    await pages.chat.wait(hours=1)
    await pages.chat.say(OFFICER, kind=Kind.IMAGE, media=first)
    await pages.chat.say(OFFICER, "已处理")
    await pages.chat.say(OFFICER, kind=Kind.IMAGE, media=last)
    page = (await pages.get(BOSS, f"/tickets/{no}")).text
    reports, handled = page.split("处置的照片", 1)
    assert re.findall(r"photos/([0-9a-f]{64})\"><img", reports) == [before.sha256]
    assert re.findall(r"photos/([0-9a-f]{64})\"><img", handled) == [first.sha256, last.sha256]
    answer = await pages.get(BOSS, f"/tickets/{no}/photos/{last.sha256}")
    assert (answer.headers["content-type"], answer.content) == ("image/png", png(9, 9))
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_picture_long_after_or_of_another_ticket_is_not_the_tickets(pages: Pages) -> None:
    late, strange = pages.picture(7), pages.picture(8)
    no = await reported(pages)
    await pages.chat.say(OFFICER, "已处理")
    await pages.chat.wait(minutes=11)
    await pages.chat.say(OFFICER, kind=Kind.IMAGE, media=late)
    await pages.chat.say("李姐", kind=Kind.IMAGE, media=strange, group=OTHER_GROUP)
    assert "没有照片" in await pages.read(BOSS, f"/tickets/{no}")
    for picture in (late, strange):
        assert (await pages.get(BOSS, f"/tickets/{no}/photos/{picture.sha256}")).status_code == 404


async def test_a_picture_that_was_taken_back_is_gone(pages: Pages) -> None:
    picture = pages.picture(7)
    no = await reported(pages)
    await pages.chat.say("李姐", kind=Kind.IMAGE, media=picture)
    assert pages.chat.last
    await pages.chat.say("李姐", recall=pages.chat.last)
    assert "没有照片" in await pages.read(BOSS, f"/tickets/{no}")
    assert (await pages.get(BOSS, f"/tickets/{no}/photos/{picture.sha256}")).status_code == 404


async def test_what_is_no_picture_is_not_shown(pages: Pages) -> None:
    page = pages.media.keep("a.png", "image/png", b"<svg onload=alert(1)>")
    no = await reported(pages)
    await pages.chat.say("李姐", kind=Kind.IMAGE, media=page)
    assert (await pages.get(BOSS, f"/tickets/{no}/photos/{page.sha256}")).status_code == 404


async def test_other_tickets_of_the_same_place_stand_beside_it(pages: Pages) -> None:
    no = await reported(pages)
    await pages.chat.say(OFFICER, "已处理")
    await pages.chat.say("李姐", "好了，谢谢")
    await pages.chat.wait(days=9)
    await pages.chat.say("小万", "幸福里三栋门口又有人摆摊占道了，卖菜的三轮车")
    later = (await pages.chat.tickets())[-1].no
    assert later != no
    for one, other in ((no, later), (later, no)):
        text = await pages.read(BOSS, f"/tickets/{one}")
        assert other in text[text.index("同一位置的其他工单") :]


@pytest.mark.parametrize("no", ["20260511-999", "nothing", "2026", "20260511-001%00", "..%2f..%2fetc"])
async def test_a_number_that_is_none_is_not_found(pages: Pages, no: str) -> None:
    await reported(pages)
    assert (await pages.get(BOSS, f"/tickets/{no}")).status_code == 404
