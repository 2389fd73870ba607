"""One bot a token on one machine: who came first holds its name until the program ends, however it ends.

The name is a socket's in Linux' abstract namespace: there is no file to be left behind, to be owned by
another user, or to be hidden by a service's own /tmp. On other systems there is no such thing, and the
gateway alone says that it serves somebody else already.
"""

import errno
import hashlib
import socket
import sys

_NAME = "wangge"


class Alone:
    """The right to use a token on this machine."""

    def __init__(self, token: str) -> None:
        digest = hashlib.sha256(token.encode()).hexdigest()
        self._name = f"\0{_NAME}-{digest}".encode()
        self._held: socket.socket | None = None

    def take(self) -> bool:
        """Take it, or hold it still; False where another program on this machine has it."""
        if self._held or not sys.platform.startswith("linux"):
            return True
        held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            held.bind(self._name)
        except OSError as error:
            held.close()
            if error.errno == errno.EADDRINUSE:
                return False
            raise
        self._held = held
        return True

    def leave(self) -> None:
        """Let another one have it."""
        if self._held:
            self._held.close()
        self._held = None
