"""How the programs beside the bot say how far they are."""

EVERY = 20


class Counter:
    """Counts messages aloud."""

    def __init__(self) -> None:
        self._count = 0

    def ready(self) -> None:
        """The account is logged in."""
        print("ready", flush=True)

    def one(self) -> None:
        """One more message."""
        self._count += 1
        if self._count % EVERY == 0:
            print(self._count, flush=True)
