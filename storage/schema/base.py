"""What the tables are made of: times, and where all tables are noted."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Index, MetaData, Table, TypeDecorator, text
from sqlalchemy.schema import SchemaItem


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as UTC (SQLite forgets time zones)."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into the database: UTC without a zone; a naive time is a bug."""
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Out of the database: aware, in UTC."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()


def table(name: str, *parts: SchemaItem, **options: Any) -> Table:  # noqa: ANN401 - a dialect's own
    """A table of ours."""
    return Table(name, metadata, *parts, **options)


def partial(name: str, where: str, *columns: str) -> Index:
    """An index of the rows alone of which this holds."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
