"""Officers' own actions, told in a sentence: on record with kind, count, place and time, and put right the same way."""

import pytest

from domain.ids import MemberId, MessageId
from domain.message import Kind
from domain.people import Community, Person, Roster
from domain.records import OwnAction
from domain.state import State
from storage.roster import save_roster
from tests.chat import ROSTER, START, Chat
from tests.conversations.meanings import report
from understanding import Reading

OFFICER = "城管-李四"


async def on_record(chat: Chat, who: str = OFFICER) -> list[tuple[str, int, str]]:
    return [(one.category, one.count, one.place) for one in await rows(chat, who)]


async def rows(chat: Chat, who: str = OFFICER) -> list[OwnAction]:
    async with chat.database.begin() as work:
        return list(await work.patrols.of_officer(MemberId(who), START))


async def both_communities(chat: Chat) -> None:
    """The officer serves both communities; the second one has a place of its own."""
    first, second = ROSTER.communities
    mine = Person(MemberId(OFFICER), OFFICER)
    second = Community(
        second.name,
        second.street,
        second.group,
        places=("梅湖", "井冈山大道"),
        officers=(mine,),
        workers=second.workers,
    )
    async with chat.database.begin() as work:
        await save_roster(work.connection, Roster((first, second), ROSTER.supervisors))


@pytest.mark.parametrize(
    ("words", "kept", "answer"),
    [
        (
            "制止店外经营 2起 洪都中大道",
            [("店外经营", 2, "洪都中大道")],
            "已记：店外经营 2起（洪都中大道）。记错了直接说，比如“是3起”。",
        ),
        ("拆了三栋顶楼的棚子 1处", [("违章搭建", 1, "三栋顶楼")], None),
        (
            "制止店外经营2起，占道经营3起，洪都中大道",
            [("店外经营", 2, "洪都中大道"), ("占道经营", 3, "洪都中大道")],
            None,
        ),
    ],
)
async def test_one_sentence_is_on_record(
    chat: Chat, words: str, kept: list[tuple[str, int, str]], answer: str | None
) -> None:
    (said,) = await chat.say(OFFICER, words, private=True)
    assert answer is None or said == answer
    assert await on_record(chat) == kept
    assert [one.community for one in await rows(chat)] == ["幸福里社区"] * len(kept)
    assert chat.in_group() == []


async def test_in_the_group_an_officers_line_is_no_own_action(chat: Chat) -> None:
    assert await chat.say(OFFICER, "制止店外经营 2起 洪都中大道") == []
    assert await on_record(chat) == []


@pytest.mark.parametrize("who", ["李姐", "社区小刘", "张科长", "城管老表哥"])
async def test_nobody_elses_line_is_one(chat: Chat, who: str) -> None:
    await chat.say(who, "制止店外经营 2起 洪都中大道", private=True)
    assert await on_record(chat, who) == []


@pytest.mark.parametrize("words", ["明天去制止店外经营 2起", "店外经营一天能登记几起？", "好的收到"])
async def test_what_is_not_done_is_not_on_record(chat: Chat, words: str) -> None:
    await chat.say(OFFICER, words, private=True)
    assert await on_record(chat) == []


@pytest.mark.parametrize(
    ("wrong", "kept", "answer"),
    [
        ("是3起", [("店外经营", 3, "洪都中大道")], "已改：店外经营 3起（洪都中大道）。"),
        ("不对，是两起", [("店外经营", 2, "洪都中大道")], "已改：店外经营 2起（洪都中大道）。"),
        ("不是店外经营是占道经营", [("占道经营", 5, "洪都中大道")], None),
        ("更正：地点在幸福里南门", [("店外经营", 5, "幸福里南门")], None),
        ("撤销", [], "已撤销：店外经营 5起（洪都中大道）。"),
        ("刚才那条作废", [], None),
    ],
)
async def test_a_wrong_one_is_put_right_in_a_word_and_what_it_was_is_kept(
    chat: Chat, wrong: str, kept: list[tuple[str, int, str]], answer: str | None
) -> None:
    await chat.say(OFFICER, "制止店外经营 5起 洪都中大道", private=True)
    (first,) = await rows(chat)
    (said,) = await chat.say(OFFICER, wrong, private=True)
    assert answer is None or said == answer
    assert await on_record(chat) == kept
    async with chat.database.begin() as work:
        (before,) = await work.patrols.changes(first.number)
    assert (before["category"], before["count"], before["void"]) == ("店外经营", 5, False)


async def test_of_two_kinds_the_one_that_is_named_is_put_right(chat: Chat) -> None:
    await chat.say(OFFICER, "制止店外经营2起，占道经营3起，洪都中大道", private=True)
    await chat.say(OFFICER, "说错了，店外经营是4起", private=True)
    assert await on_record(chat) == [("店外经营", 4, "洪都中大道"), ("占道经营", 3, "洪都中大道")]


@pytest.mark.parametrize(("hours", "count"), [(23, 3), (25, 2)])
async def test_a_day_later_a_word_puts_nothing_right_any_more(chat: Chat, hours: int, count: int) -> None:
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    await chat.wait(hours=hours)
    await chat.say(OFFICER, "刚才那个是3起", private=True)
    assert [kept for _, kept, _ in await on_record(chat)] == [count]


async def test_another_officers_word_puts_nothing_right(chat: Chat) -> None:
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    await chat.say("城管陈五", "刚才那个是3起", private=True)
    assert [kept for _, kept, _ in await on_record(chat)] == [2]


async def test_a_message_taken_back_takes_back_what_it_told(chat: Chat) -> None:
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    await chat.say(OFFICER, private=True, recall=chat.last)
    assert await on_record(chat) == []


@pytest.mark.parametrize(
    ("words", "state", "own"),
    [
        ("棚子拆了 1处 三栋顶楼", State.REPORTED, []),  # a ticket of just that, and the words may mean it
        ("劝离流动摊贩3个 学校门口", State.DISPATCHED, [("占道经营", 3, "学校门口")]),
        ("制止违章搭建 2起 洪都中大道", State.DISPATCHED, [("违章搭建", 2, "洪都中大道")]),
    ],
)
async def test_words_about_an_open_ticket_stay_its_own(
    chat: Chat, meaning: dict[str, Reading], words: str, state: State, own: list[tuple[str, int, str]]
) -> None:
    meaning["有人搭棚"] = report("三栋顶楼", "违章搭建")
    await chat.say("李姐", "有人搭棚")
    await chat.say(OFFICER, words, private=True)
    assert ((await chat.ticket()).state, await on_record(chat)) == (state, own)


async def test_a_ticket_by_its_number_is_a_ticket(chat: Chat, meaning: dict[str, Reading]) -> None:
    meaning["有人搭棚"] = report("三栋顶楼", "违章搭建")
    await chat.say("李姐", "有人搭棚")
    no = (await chat.ticket()).no
    await chat.say(OFFICER, f"{no} 制止店外经营 2起 洪都中大道", private=True)
    assert await on_record(chat) == []


@pytest.mark.parametrize(
    ("words", "community", "guessed"),
    [
        ("制止店外经营 2起 井冈山大道", "梅湖社区", False),
        ("制止店外经营 2起 洪都中大道", "幸福里社区", False),
        ("梅湖社区 制止店外经营 2起 南门", "梅湖社区", False),
        ("制止店外经营 2起 学校门口", "幸福里社区", True),
    ],
)
async def test_it_counts_for_the_community_that_is_meant(
    chat: Chat, words: str, community: str, guessed: bool
) -> None:
    await both_communities(chat)
    (said,) = await chat.say(OFFICER, words, private=True)
    assert [one.community for one in await rows(chat)] == [community]
    assert (f"记在{community}" in said) is guessed


async def test_a_wrong_community_is_put_right(chat: Chat) -> None:
    await both_communities(chat)
    await chat.say(OFFICER, "制止店外经营 2起 学校门口", private=True)
    await chat.say(OFFICER, "不对，是梅湖社区", private=True)
    assert [(one.community, one.place) for one in await rows(chat)] == [("梅湖社区", "学校门口")]


@pytest.mark.parametrize(("minutes", "belongs"), [(9, True), (11, False)])
async def test_a_picture_within_ten_minutes_belongs_to_it(chat: Chat, minutes: int, belongs: bool) -> None:
    await chat.say(OFFICER, kind=Kind.IMAGE, private=True)
    before = chat.last
    await chat.wait(minutes=minutes)
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    told = chat.last
    await chat.wait(minutes=minutes)
    assert await chat.say(OFFICER, kind=Kind.IMAGE, private=True) == []
    async with chat.database.begin() as work:
        photos = await work.patrols.photos(MessageId(str(told)))
    assert (photos == [before, chat.last]) is belongs
    assert bool(photos) is belongs


async def test_a_picture_belongs_to_one_alone(chat: Chat) -> None:
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    first = chat.last
    await chat.say(OFFICER, kind=Kind.IMAGE, private=True)
    picture = chat.last
    await chat.say(OFFICER, "劝离流动摊贩3个 幸福里南门", private=True)
    second = chat.last
    async with chat.database.begin() as work:
        assert await work.patrols.photos(MessageId(str(first))) == [picture]
        assert await work.patrols.photos(MessageId(str(second))) == []


@pytest.mark.parametrize("words", ["本周", "我的巡查"])
async def test_an_officer_sees_their_own_week_and_nobody_elses(chat: Chat, words: str) -> None:
    assert await chat.say(OFFICER, words, private=True) == ["这周还没有您的巡查和对接记录。"]
    await chat.say(OFFICER, "制止店外经营 2起 洪都中大道", private=True)
    (mine,) = await chat.say(OFFICER, words, private=True)
    assert "主动制止 2 起" in mine
    assert "5月11日 店外经营 2起（洪都中大道）" in mine
    assert await chat.say("城管陈五", words, private=True) == ["这周还没有您的巡查和对接记录。"]
    assert await chat.say(OFFICER, words) == []
    await chat.wait(days=7)
    assert await chat.say(OFFICER, words, private=True) == ["这周还没有您的巡查和对接记录。"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "2月30日制止店外经营2起",
            "5月32号制止店外经营2起",
            "5月20日制止店外经营3起",
            "2026年6月1日制止店外经营1起",
        ),
        *("2月30日去幸福里社区对接了，见了社区小刘", "5月20日去幸福里社区对接了，见了社区小刘"),
    ],
)
async def test_own_work_of_a_day_that_cannot_have_been_is_not_put_on_another(chat: Chat, words: str) -> None:
    (said,) = await chat.say(OFFICER, words, private=True)
    assert said == "这个日子没有，或者还没到，没有记。请看看日期再说一次。"
    assert await chat.database_rows("SELECT 1 FROM patrols UNION SELECT 1 FROM checkins") == []


@pytest.mark.parametrize(
    "words", ["5月10日制止店外经营2起", "4月份45起店外经营都制止了", "昨天制止店外经营2起"]
)
async def test_own_work_of_a_day_gone_by_is_kept(chat: Chat, words: str) -> None:
    (said,) = await chat.say(OFFICER, words, private=True)
    assert said.startswith("已记")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("巡查发现幸福里南门有人搭棚子，当场叫停了", "幸福里南门"),
        ("刚才制止了一起违建，幸福里3栋楼顶", "幸福里3栋楼顶"),
        ("制止露天烧烤 1起 幸福里北门", "幸福里北门"),
        ("制止店外经营 2起 洪都中大道公交站", "洪都中大道公交站"),
        ("幸福里二期东门制止占道经营2起", "幸福里二期东门"),
        ("刚在幸福里停车场制止无证施工1起", "幸福里停车场"),
        ("洪都中大道沿线制止店外经营4起", "洪都中大道沿线"),
        ("洪都中大道店外经营2起已劝回", "洪都中大道"),
    ],
)
async def test_a_known_place_keeps_its_gate_and_building(chat: Chat, words: str, place: str) -> None:
    await chat.say(OFFICER, words, private=True)
    assert [one[2] for one in await on_record(chat)] == [place]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("劝导水果店、五金店、早餐店归店经营", ("店外经营", 3)),
        ("让早餐店和理发店入店经营了", ("店外经营", 2)),
        ("上午收了两块乱摆的广告牌", ("户外广告招牌", 2)),
    ],
)
async def test_own_work_in_plain_words_is_on_record(chat: Chat, words: str, kept: tuple[str, int]) -> None:
    await chat.say(OFFICER, words, private=True)
    assert [one[:2] for one in await on_record(chat)] == [kept]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        *(("又制止了1起", 3), ("再加一起", 3), ("还有两起", 4), ("补1起", 3), ("另外又劝离了三起", 5)),
        *(("发重了，删一个", 1), ("多报了一起", 1), ("减一起", 1), ("多了，删两个", 0)),
    ],
)
async def test_more_or_less_of_the_same_is_counted(chat: Chat, words: str, count: int) -> None:
    await chat.say("李姐", "1号楼底下炒粉店油烟灌到屋里头来了")
    await chat.say(OFFICER, "制止店外经营2起 洪都中大道", private=True)
    (said,) = await chat.say(OFFICER, words, private=True)
    assert said.startswith("已改" if count else "已撤销")
    assert [one[1] for one in await on_record(chat)] == ([count] if count else [])
    assert (await chat.ticket()).state is State.DISPATCHED
