"""The pages as the server writes them."""

import html
import json
import re
from dataclasses import replace

import httpx

from tests.web.fake import LI, STORY, SUNSHINE, FakeRoom
from web.app import create_app

NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
HTML = {"Accept": "text/html"}


async def page(room: FakeRoom, address: str) -> httpx.Response:
    transport = httpx.ASGITransport(create_app(room))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        return await client.get(address, headers=HTML)


async def test_the_door_leads_to_the_chat(room: FakeRoom) -> None:
    answer = await page(room, "/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat")


async def test_one_chooses_a_group_and_a_person_but_not_the_bot(room: FakeRoom) -> None:
    text = (await page(room, "/chat")).text
    assert "阳光花园业主群" in text
    assert "/chat?group=g1&amp;as=r1" in text
    assert "/chat?group=g2&amp;as=o1" in text
    assert "as=bot" not in text


async def test_the_chat_page_carries_the_group(room: FakeRoom) -> None:
    text = (await page(room, "/chat?group=g1&as=o1")).text
    found = re.search(r"data-stage='([^']*)'", text)
    assert found is not None
    stage = json.loads(html.unescape(found[1]))
    assert (stage["me"], stage["group"]["name"], stage["file_limit"]) == (
        "o1",
        "阳光花园业主群",
        20 * 1024 * 1024,
    )
    assert [card["name"] for card in stage["group"]["members"]][-1] == "网格管家"


async def test_an_unknown_group_or_person_leads_back_to_the_choice(room: FakeRoom) -> None:
    for address in ("/chat?group=g9", "/chat?group=g9&as=r1", "/chat?group=g1&as=x", "/chat?group=g1&as=bot"):
        answer = await page(room, address)
        assert answer.status_code == 404
        assert "没有找到" in answer.text
    assert (await page(room, "/chat?group=g1")).status_code == 200


async def test_a_story_is_entered_with_the_first_persons_eyes(room: FakeRoom) -> None:
    room.cards.append(STORY)
    answer = await page(room, "/chat?group=story-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/chat?group=story-1&as=r1")
    text = (await page(room, "/chat?group=story-1&as=r2")).text
    assert 'id="words"' not in text
    assert 'id="eyes"' in text


async def test_names_are_text_wherever_they_stand(room: FakeRoom) -> None:
    nasty = replace(LI, name=NASTY, role_name=NASTY)
    room.cards[0] = replace(SUNSHINE, name=NASTY, community=NASTY, members=(nasty,))
    for address in ("/chat", "/chat?group=g1&as=r1"):
        text = (await page(room, address)).text
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert text.count("<script") == text.count('<script type="module" src="/static/') == 1


async def test_pages_have_no_inline_script_or_style(room: FakeRoom) -> None:
    for address in ("/chat", "/chat?group=g1&as=r1", "/nowhere"):
        text = (await page(room, address)).text
        assert "<style" not in text
        assert not re.search(r"\s(style|on\w+)=", text)
        assert not re.search(r'(src|href)="(https?:)?//', text)


async def test_a_page_that_is_not_there_says_so(room: FakeRoom) -> None:
    answer = await page(room, "/nowhere")
    assert answer.status_code == 404
    assert "没有这一页" in answer.text
