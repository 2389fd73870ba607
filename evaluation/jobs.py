"""Commands that run side by side, each when those it needs are done, with one bar for all of them."""

import subprocess
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

COLUMNS = (
    TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    TimeRemainingColumn(),
)  # fmt: skip


class JobFailed(Exception):
    """A command ended badly; the text holds its last lines."""


@dataclass(frozen=True, slots=True)
class Job:
    """A command that prints a line for each of its `steps`, or nothing; `needs` names another job.

    `done` is called when it has ended well. An exit status in `allowed` is no failure, but then there is
    nothing that is done.
    """

    name: str
    command: Sequence[str]
    steps: int
    needs: str = ""
    allowed: tuple[int, ...] = ()
    done: Callable[[], str] = field(default=str)


def run_all(jobs: Sequence[Job], workers: int, bar: Progress) -> set[str]:
    """Run them, in this order where there is a choice; the names of those that ended well."""
    task = bar.add_task("evaluating", total=sum(job.steps for job in jobs))
    waiting, finished, good = list(jobs), set[str](), set[str]()
    running: dict[Future[int], Job] = {}
    stop = threading.Event()
    with ThreadPoolExecutor(workers) as pool:
        try:
            while waiting or running:
                ready = [job for job in waiting if not job.needs or job.needs in finished]
                for job in ready[: workers - len(running)]:
                    waiting.remove(job)
                    running[pool.submit(_run, job, bar, stop)] = job
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ended:
                    job = running.pop(future)
                    finished.add(job.name)
                    if future.result() == 0:
                        good.add(job.name)
                        if said := job.done():
                            bar.console.print(said, markup=False, highlight=False)
        finally:
            stop.set()
            bar.update(task, description="evaluated")
    return good


def _run(job: Job, bar: Progress, stop: threading.Event) -> int:
    """One command; its exit status. Every line that it prints moves the bar."""
    task, told, last = bar.task_ids[0], 0, list[str]()
    with subprocess.Popen(  # noqa: S603 - our own commands
        job.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            last = [*last[-15:], line]
            if told < job.steps:
                told += 1
                bar.advance(task)
            if stop.is_set():
                process.terminate()
    bar.advance(task, job.steps - told)
    if process.returncode and process.returncode not in job.allowed and not stop.is_set():
        raise JobFailed(f"{job.name} failed:\n{''.join(last)}")
    return process.returncode
