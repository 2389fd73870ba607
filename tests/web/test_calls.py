"""What the page's scripts may ask for, and what they may not."""

import hashlib
from collections.abc import Mapping

import httpx
import pytest

from tests.web.fake import BOT, LI, SUNSHINE, FakeRoom
from web.room import Draft, Upload

ME = {"group": "g1", "as": "r1"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
GIF = b"GIF89a" + bytes(40)
WEBP = b"RIFF\x20\x00\x00\x00WEBPVP8 " + bytes(40)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


async def send(
    client: httpx.AsyncClient, name: str, content: bytes, mime: str, fields: Mapping[str, str] | None = None
) -> httpx.Response:
    return await client.post("/chat/send", params=ME, files={"file": (name, content, mime)}, data=fields)


async def test_words_arrive_with_mentions_and_quote(client: httpx.AsyncClient, room: FakeRoom) -> None:
    words = {"text": "@城管小陈 来看看", "mentions": ["o2"], "quotes": "g1-m1", "private": False}
    answer = await client.post("/chat/say", params=ME, json=words)
    assert answer.json() == {"message": "g1-m1"}
    assert room.drafts == [(LI.id, Draft("@城管小陈 来看看", mentions=["o2"], quotes="g1-m1"))]  # type: ignore[list-item,arg-type]


async def test_words_to_the_bot_alone_are_private(client: httpx.AsyncClient, room: FakeRoom) -> None:
    await client.post("/chat/say", params=ME, json={"text": "我的单子呢", "private": True})
    assert room.drafts[0][1].private


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "长" * 5001},
        {"text": None},
        {"text": "你好", "mentions": "o1"},
        {"text": "你好", "quotes": "m" * 201},
    ],
)
async def test_words_out_of_shape_are_refused(
    client: httpx.AsyncClient, room: FakeRoom, body: object
) -> None:
    answer = await client.post("/chat/say", params=ME, json=body)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_request")
    assert room.drafts == []


@pytest.mark.parametrize(
    "who", [{"group": "g1", "as": "nobody"}, {"group": "g9", "as": "r1"}, {"group": "g2", "as": "r1"}]
)
async def test_a_stranger_is_told_so_in_chinese(client: httpx.AsyncClient, who: Mapping[str, str]) -> None:
    for answer in (
        await client.post("/chat/say", params=who, json={"text": "你好"}),
        await client.get("/chat/events", params=who),
    ):
        assert answer.status_code == 409
        assert answer.json() == {"error": "room", "text": "没有这个群，或者群里没有这个人。"}


@pytest.mark.parametrize(
    "who", [{}, {"group": "g1"}, {"as": "r1"}, {"group": "", "as": ""}, {"group": "g" * 201, "as": "r1"}]
)
async def test_a_call_says_where_and_who(client: httpx.AsyncClient, who: Mapping[str, str]) -> None:
    assert (await client.post("/chat/say", params=who, json={"text": "你好"})).status_code == 422


@pytest.mark.parametrize(
    ("content", "mime"), [(PNG, "image/png"), (JPEG, "image/jpeg"), (GIF, "image/gif"), (WEBP, "image/webp")]
)
async def test_a_picture_is_known_by_its_bytes(
    client: httpx.AsyncClient, room: FakeRoom, content: bytes, mime: str
) -> None:
    await send(client, "窗外.heic", content, "text/html")
    upload = room.drafts[0][1].upload
    assert upload == Upload("窗外.heic", mime, content)
    answer = await client.get(f"/chat/picture/{hashlib.sha256(content).hexdigest()}")
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["content-type"] == mime
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("content", [SVG, b"<html>", b"%PDF-1.7", b"RIFF1234WAVE", b"GIF88a", b"\x89PNG"])
async def test_anything_else_is_a_file_whatever_it_claims(
    client: httpx.AsyncClient, room: FakeRoom, content: bytes
) -> None:
    await send(client, "a.png", content, "image/png")
    upload = room.drafts[0][1].upload
    assert upload is not None
    assert upload.mime == "application/octet-stream"


async def test_what_is_no_picture_is_never_served(client: httpx.AsyncClient, room: FakeRoom) -> None:
    room.tell(SUNSHINE.id, LI, Draft(upload=Upload("a.svg", "image/svg+xml", SVG)))
    answer = await client.get(f"/chat/picture/{hashlib.sha256(SVG).hexdigest()}")
    assert (answer.status_code, answer.json()) == (404, {"error": "not_found"})


async def test_a_file_of_the_bots_is_saved_by_who_sees_it(client: httpx.AsyncClient, room: FakeRoom) -> None:
    table = Upload("工单 5月.xlsx", "application/vnd.ms-excel", b"PK a table")
    room.tell(SUNSHINE.id, BOT, Draft(upload=table, private=True), only=LI.id)
    address = f"/chat/file/{hashlib.sha256(table.content).hexdigest()}?group=g1&as="
    answer = await client.get(f"{address}r1")
    assert (answer.content, answer.headers["content-type"]) == (table.content, "application/octet-stream")
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%B7%A5")
    assert (await client.get(f"{address}r2")).status_code == 404
    assert (await client.get(f"{address}x")).status_code == 409


async def test_what_others_sent_is_no_file_to_save(client: httpx.AsyncClient, room: FakeRoom) -> None:
    room.tell(SUNSHINE.id, LI, Draft(upload=Upload("a.svg", "image/svg+xml", SVG)))
    answer = await client.get(f"/chat/file/{hashlib.sha256(SVG).hexdigest()}?group=g1&as=r1")
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["0" * 64, "x", "A" * 64, "0" * 63, "..%2f..%2fetc%2fpasswd"])
async def test_an_unknown_picture_is_not_found(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/chat/picture/{name}")).status_code in (404, 422)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\照片\\楼道.jpg", "楼道.jpg"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("a\x00b.txt", "ab.txt"),
        ("..", "file"),
        ("长" * 300 + ".pdf", "长" * 60 + "…" + "长" * 55 + ".pdf"),
    ],
)
async def test_a_file_name_is_cleaned(
    client: httpx.AsyncClient, room: FakeRoom, given: str, kept: str
) -> None:
    # httpx would escape the odd characters as browsers do not: the form is written by hand.
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{given}"\r\n\r\n'
    body = head.replace("\\", "\\\\").encode() + b"x\r\n--b--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await client.post("/chat/send", params=ME, content=body, headers=kind)
    assert answer.status_code == 200
    upload = room.drafts[0][1].upload
    assert upload is not None
    assert upload.name == kept


async def test_a_file_may_quote_and_may_be_private(client: httpx.AsyncClient, room: FakeRoom) -> None:
    await send(client, "a.png", PNG, "image/png", {"quotes": "g1-m1", "private": "true"})
    draft = room.drafts[0][1]
    assert (draft.quotes, draft.private) == ("g1-m1", True)


@pytest.mark.parametrize(
    ("content", "error"), [(b"", "empty"), (bytes(1001), "too_large"), (bytes(90_000), "too_large")]
)
async def test_an_empty_or_a_heavy_file_is_refused(
    client: httpx.AsyncClient, room: FakeRoom, content: bytes, error: str
) -> None:
    answer = await send(client, "a.bin", content, "image/png")
    assert (answer.status_code, answer.json()["error"]) == (413, error)
    assert room.drafts == []


async def test_a_file_at_the_limit_is_taken(client: httpx.AsyncClient) -> None:
    assert (await send(client, "a.bin", bytes(1000), "image/png")).status_code == 200


async def test_one_takes_back_ones_own_words_only(client: httpx.AsyncClient, room: FakeRoom) -> None:
    mine = room.tell(SUNSHINE.id, LI, Draft("说错了"))
    answer = await client.post("/chat/recall", params={"group": "g1", "as": "r2"}, json={"message": mine})
    assert answer.json() == {"error": "room", "text": "只能撤回自己发的消息。"}
    assert (await client.post("/chat/recall", params=ME, json={"message": mine})).status_code == 200


async def test_a_story_is_played_at_the_chosen_speed(client: httpx.AsyncClient, room: FakeRoom) -> None:
    answer = await client.post("/chat/play", json={"story": "grill", "seconds": 30})
    assert answer.json() == {"group": "story-1"}
    assert room.played == [("grill", 30)]


@pytest.mark.parametrize(
    "wanted", [{"story": "grill", "seconds": 0}, {"story": "grill"}, {"story": "x", "seconds": "∞"}]
)
async def test_a_story_needs_a_sensible_speed(client: httpx.AsyncClient, wanted: object) -> None:
    assert (await client.post("/chat/play", json=wanted)).status_code == 422


async def test_a_call_to_nowhere_is_answered_in_json(client: httpx.AsyncClient) -> None:
    assert (await client.get("/chat/nowhere")).json() == {"error": "not_found", "text": ""}
    assert (await client.get("/chat/say")).status_code == 405
