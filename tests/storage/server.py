"""A PostgreSQL of the tests' own, where the machine has the programs: a new one, in a folder, on a socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off")


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None where there is no PostgreSQL."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """A server with an empty database; its address."""
    folder = Path(tempfile.mkdtemp(prefix="wangge-pg-"))
    who = "nobody" if os.geteuid() == 0 else None  # it refuses to be run by root
    if who:
        entry = pwd.getpwnam(who)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    data = folder / "data"

    def call(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        subprocess.run(
            command, check=True, user=who, cwd=folder, env={"LC_ALL": "C.UTF-8"}, stdout=subprocess.DEVNULL
        )

    try:
        call("initdb", "-U", "wangge", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = " ".join(f"-c {one}" for one in (*_SETTINGS, f"unix_socket_directories={folder}"))
        call("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+psycopg://wangge@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
