"""The pages on a real port of this machine, for a test with a browser; any Room will do."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from web.app import UPLOAD_LIMIT, create_app
from web.room import Room
from web.status import Watch


@asynccontextmanager
async def serving(
    room: Room,
    watch: Watch | None = None,
    *,
    key: str | None = None,
    upload_limit: int = UPLOAD_LIMIT,
    port: int = 0,
) -> AsyncIterator[str]:
    """Serve `room` on the running loop, on a free port unless one is given; gives the address.

    The port listens from the start: whoever calls early waits a moment.
    """
    app = create_app(room, watch, key=key, upload_limit=upload_limit)
    async with served(app, port=port) as address:
        yield address


@asynccontextmanager
async def served(app: FastAPI, *, port: int = 0) -> AsyncIterator[str]:
    """Serve these pages in the same way."""
    config = uvicorn.Config(app, log_level="error", ws="none", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", port)) as listening:
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            await running
