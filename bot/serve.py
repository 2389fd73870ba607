"""Runs the program with its pages: one process, one event loop."""

import asyncio
import ctypes
import gc
import socket
import sys
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

from bot.app import App
from bot.board_desk import BoardDesk
from bot.chat.browser import Changes, Recorded
from bot.clock import Clock, WallClock
from bot.entrance import Entrance, rates
from bot.model_reader import ModelReader, model_reader
from bot.open311 import Open311Desk
from bot.paper_desk import PaperDesk
from bot.reveals import RevealDesk
from bot.room import ChatRoom
from bot.settings import Settings, SettingsError
from bot.watch import Watch
from storage.database import Database
from storage.media import MediaStore
from storage.migrate import migrate
from understanding.language.model import models
from understanding.questions import sounds
from web.app import LOOPBACK, Desks, create_app

if TYPE_CHECKING:
    from bot.chat.wechat.connection import WeChat
    from bot.chat.wecom.connection import WeCom

STORIES = Path(__file__).parents[1] / "evaluation" / "transcripts" / "dev"
"""The shipped chats that the chat room can play."""

_GARBAGE = 10_000
"""So many new objects before garbage is searched for: a message makes some thousands and leaves none."""
_MMAP_THRESHOLD, _BIG = -3, 1 << 20
"""glibc's M_MMAP_THRESHOLD, and the bytes from which on a block is one of the system's own."""

_ANY = ("0.0.0.0", "::")  # noqa: S104  (recognised, not listened on)
_NO_ADDRESS = "WANGGE_PAGES_URL 没有设置：机器人发的登录链接在别的机器上打不开。"

Furnish = Callable[[Database], Awaitable[None]]


async def serve(settings: Settings, furnish: Furnish | None, say: Callable[[str], None]) -> None:
    """Run until stopped. `furnish` fills an empty database first; `say` tells the maintainer."""
    host, _ = settings.address
    key = settings.http_key.get_secret_value() if settings.http_key else None
    if not key and not _is_loopback(host):
        raise SettingsError("WANGGE_HTTP 不是本机地址时，必须设置 WANGGE_HTTP_KEY，否则谁都能冒充队员。")
    door = _listen(settings)
    if saved := await asyncio.to_thread(migrate, settings.database):
        say(f"数据库已升级，升级前的备份：{saved}")
    database = Database(settings.database)
    try:
        if furnish:
            await furnish(database)
        async with model_reader(settings) as model:
            if news := _about_model(settings):
                say(news)
            _settle()
            await _serve(settings, database, model, key, door, say)
    finally:
        door.close()
        await database.close()


async def _serve(
    settings: Settings,
    database: Database,
    model: ModelReader | None,
    key: str | None,
    door: socket.socket,
    say: Callable[[str], None],
) -> None:
    changes = Changes()
    chat = _chat(settings, database)
    recorded = Recorded()
    connection = chat or recorded
    app = App(settings, database, connection, WallClock(), changes.notify, model)
    media = MediaStore(settings.media)
    room = ChatRoom(app, changes, media, WallClock(), STORIES if STORIES.is_dir() else None, recorded.links)
    pages = _pages(
        settings, room, Watch(app, connection, WallClock()), desks(settings, database, WallClock()), key
    )
    server = _server(pages, settings)
    await app.catch_up()
    work = [asyncio.create_task(app.run())]
    if chat:
        work.append(asyncio.create_task(chat.run(app.inbox.receive)))
    serving = asyncio.create_task(server.serve([door]))
    say(_welcome(settings, key))
    try:
        await asyncio.wait([*work, serving], return_when=asyncio.FIRST_COMPLETED)
        for task in (*work, serving):
            if task.done():
                task.result()
    finally:
        server.should_exit = True
        for task in work:
            task.cancel()
        await asyncio.gather(*work, serving, return_exceptions=True)
        await room.close()


def _welcome(settings: Settings, key: str | None) -> str:
    """Where the pages are."""
    room = f"网格管家已启动：http://{settings.http}/chat" + ("?key=…（WANGGE_HTTP_KEY）" if key else "")
    board = f"看板：{settings.pages}/（私聊机器人说“看板”，或用 wangge login 姓名，拿登录链接）"
    lost = settings.address[0] in _ANY and not settings.pages_url
    return "\n".join((room, board, *([_NO_ADDRESS] if lost else [])))


def _server(pages: FastAPI, settings: Settings) -> uvicorn.Server:
    """What answers; of proxies it believes those that the settings name where a call comes from."""
    config = uvicorn.Config(
        pages,
        log_level="warning",
        timeout_graceful_shutdown=1,
        forwarded_allow_ips=settings.http_proxies,
        server_header=False,
    )
    return uvicorn.Server(config)


def _chat(settings: Settings, database: Database) -> "WeChat | WeCom | None":
    """The connection to the platform that is configured; None where the browser is all there is."""
    if settings.wechat_endpoint and settings.wecom_bot_id:
        raise SettingsError(
            "微信和企业微信只能用一个：WANGGE_WECHAT_ENDPOINT 和 WANGGE_WECOM_BOT_ID 请去掉一个。"
        )
    return _wechat(settings, database) or _wecom(settings, database)


def _wecom(settings: Settings, database: Database) -> "WeCom | None":
    """The connection to WeCom, where one is configured."""
    if not settings.wecom_bot_id.strip():
        return None
    if settings.wecom_secret is None:
        raise SettingsError("设置了 WANGGE_WECOM_BOT_ID，还要设置 WANGGE_WECOM_SECRET。")
    from bot.chat.wecom.connection import WeCom  # noqa: PLC0415 - cryptography, which nobody else needs

    return WeCom(settings, database, WallClock())


def _pages(settings: Settings, room: ChatRoom, watch: Watch, behind: Desks, key: str | None) -> FastAPI:
    """The pages under every name that the settings give them."""
    names = [*LOOPBACK, settings.address[0], urlsplit(settings.pages).hostname or "", *settings.http_names]
    limit = settings.upload_mebibytes << 20
    return create_app(room, watch, behind, key=key, hosts=names, upload_limit=limit)


def desks(settings: Settings, database: Database, clock: Clock) -> Desks:
    """What stands behind the pages of whom the roster names."""
    return Desks(
        address=settings.pages,
        entrance=Entrance(database, settings, clock),
        rates=rates(settings, clock),
        reveals=RevealDesk(database, settings, clock),
        open311=Open311Desk(database, settings, clock) if settings.open311 else None,
        board=BoardDesk(database, settings, clock),
        papers=PaperDesk(database, settings, clock),
    )


def _settle() -> None:
    """Load the reader now, not with the first message, and let the search for garbage pass over it."""
    _give_back_big_blocks()
    models()
    sounds.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)


def _give_back_big_blocks() -> None:
    """Memory of a table that has been made anew goes back to the system.

    Left alone, glibc keeps blocks as big as the biggest ever let go of (mallopt(3), M_MMAP_THRESHOLD).
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_MMAP_THRESHOLD, _BIG)


def _wechat(settings: Settings, database: Database) -> "WeChat | None":
    """The connection to WeChat, where one is configured; wechaty is loaded only then."""
    if not settings.wechat_endpoint:
        return None
    if settings.wechat_token is None:
        raise SettingsError("设置了 WANGGE_WECHAT_ENDPOINT，还要设置 WANGGE_WECHAT_TOKEN。")
    from bot.chat.wechat.connection import WeChat  # noqa: PLC0415 - 80 MiB that nobody else needs

    return WeChat(settings, database, WallClock())


def _about_model(settings: Settings) -> str:
    """What a maintainer must know of the language model, where one is set."""
    if model := settings.language_model:
        what = "每条消息" if model.everything else "拿不准的消息"
        return f"语言模型已启用：{what}会在打码后发到 {urlsplit(model.address).netloc}（{model.name}）。"
    if settings.model_address or settings.model_name:
        return "语言模型没有启用：WANGGE_MODEL_ADDRESS 和 WANGGE_MODEL_NAME 都要填。"
    return ""


def _listen(settings: Settings) -> socket.socket:
    """The door of the pages, taken before anything else is touched."""
    host, port = settings.address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"WANGGE_HTTP={settings.http} 用不了：{error.strerror}。换一个端口再试。"
        ) from None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
