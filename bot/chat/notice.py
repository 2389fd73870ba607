"""What the maintainer must hear of: in the log, and at a webhook where one is set."""

import asyncio

import httpx
import structlog

log = structlog.get_logger()

_PATIENCE = 10.0


class Notices:
    """Tells the maintainer. The webhook gets what the group robots of WeCom and DingTalk take."""

    def __init__(self, webhook: str) -> None:
        self._webhook = webhook
        self._tasks: set[asyncio.Task[None]] = set()
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        """Say it; never waits, never raises."""
        log.warning("notice", text=text)
        self.told = [*self.told[-49:], text]
        if self._webhook:
            task = asyncio.create_task(self._post(text))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Wait until everything is out."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _post(self, text: str) -> None:
        body = {"msgtype": "text", "text": {"content": f"网格管家：{text}"}}
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE) as client:
                (await client.post(self._webhook, json=body)).raise_for_status()
        except httpx.HTTPError as error:
            log.error("webhook failed", error=type(error).__name__)  # noqa: TRY400 - its address is a secret
