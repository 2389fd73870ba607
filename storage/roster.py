"""The roster: communities, their groups and people, supervisors, and who is in which group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.ids import GroupId, MemberId
from domain.people import Absence, Community, Person, Role, Roster, Strength, Supervisor
from domain.quiet import hours, written
from domain.records import Seat
from storage.connection import AsyncConnection
from storage.prepared import often
from storage.rows import Row
from storage.schema import binding_codes, communities, leaves, members, meta, seats

_VERSION = "roster"
_READ_VERSION = often(select(meta.c.value).where(meta.c.key == _VERSION))
_JOIN = upsert(members)
_JOIN = often(
    _JOIN.on_conflict_do_update(
        index_elements=["group_id", "member_id"],
        set_={"name": _JOIN.excluded.name},
        where=members.c.name != _JOIN.excluded.name,
    )
)
Seats = dict[tuple[int | None, str], list[Row]]


async def roster_version(connection: AsyncConnection) -> str:
    """Changes with every import, in whichever process it runs."""
    return str((await connection.execute(_READ_VERSION)).scalar() or "")


async def load_roster(connection: AsyncConnection) -> Roster:
    """The whole roster."""
    people: Seats = defaultdict(list)
    for row in (await connection.execute(select(seats).order_by(seats.c.position))).mappings():
        people[row["community_id"], row["role"]].append(row)
    rows = (await connection.execute(select(communities).order_by(communities.c.id))).mappings()
    away = (await connection.execute(select(leaves).order_by(leaves.c.id))).mappings()
    return Roster(
        communities=tuple(_community(row, people) for row in rows),
        supervisors=tuple(Supervisor(_person(row), row["area"]) for row in people[None, Role.SUPERVISOR]),
        absences=tuple(absence_from_row(row) for row in away),
    )


def absence_from_row(row: Row) -> Absence:
    """Somebody on leave."""
    return Absence(row["member_id"], row["first"], row["last"], row["stand_in"])


def _person(row: Row) -> Person:
    return Person(row["member_id"], row["name"])


def _community(row: Row, people: Seats) -> Community:
    def seated(role: Role) -> tuple[Person, ...]:
        return tuple(_person(seat) for seat in people.get((row["id"], role), ()))

    return Community(
        name=row["name"],
        street=row["street"],
        group=row["group_id"],
        group_name=row["group_name"],
        places=tuple(row["places"]),
        strength=Strength(row["strength"]),
        quiet=None if row["quiet"] is None else hours(row["quiet"]),
        officers=seated(Role.OFFICER),
        workers=seated(Role.COMMUNITY),
        property=seated(Role.PROPERTY),
    )


async def save_roster(connection: AsyncConnection, roster: Roster) -> None:
    """Put this roster in place of the one there is; communities keep their identity by name."""
    await connection.execute(delete(seats))
    await connection.execute(update(communities).values(group_id=None))
    for community in roster.communities:
        values = {
            "name": community.name,
            "street": community.street,
            "group_id": community.group,
            "group_name": community.group_name,
            "places": list(community.places),
            "strength": community.strength,
            "quiet": None if community.quiet is None else written(community.quiet),
        }
        statement = upsert(communities).values(values)
        await connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))
        key = select(communities.c.id).where(communities.c.name == community.name)
        number = (await connection.execute(key)).scalar_one()
        await _seat(connection, number, Role.OFFICER, community.officers)
        await _seat(connection, number, Role.COMMUNITY, community.workers)
        await _seat(connection, number, Role.PROPERTY, community.property)
    await connection.execute(
        delete(communities).where(communities.c.name.not_in([c.name for c in roster.communities]))
    )
    for boss in roster.supervisors:
        await _seat(connection, None, Role.SUPERVISOR, (boss.person,), boss.area)
    await _bind_again(connection)
    await roster_changed(connection)


async def _bind_again(connection: AsyncConnection) -> None:
    """Who was bound by a code stays bound where the sheet itself gives no account."""
    used = select(binding_codes).where(binding_codes.c.used_by.is_not(None)).order_by(binding_codes.c.used_at)
    for row in (await connection.execute(used)).all():
        if row.role:
            seat = Seat(row.community, Role(row.role), row.name)
            await _sit(connection, seat, MemberId(row.used_by), only_if_free=True)
            continue
        taken = select(communities.c.id).where(communities.c.group_id == row.used_by)
        free = (communities.c.name == row.name) & communities.c.group_id.is_(None)
        if not (await connection.execute(taken)).first():
            await connection.execute(update(communities).where(free).values(group_id=row.used_by))


async def bind_group(connection: AsyncConnection, community: str, group: GroupId) -> None:
    """This is the community's group from now on, and no other's."""
    table = communities
    await connection.execute(update(table).where(table.c.group_id == group).values(group_id=None))
    await connection.execute(update(table).where(table.c.name == community).values(group_id=group))
    await roster_changed(connection)


async def bind_seat(connection: AsyncConnection, seat: Seat, member: MemberId) -> None:
    """This account is that of whom the roster names there."""
    await _sit(connection, seat, member, only_if_free=False)
    await roster_changed(connection)


async def _sit(connection: AsyncConnection, seat: Seat, member: MemberId, *, only_if_free: bool) -> None:
    number = select(communities.c.id).where(communities.c.name == seat.community).scalar_subquery()
    there = seats.c.community_id == number if seat.community else seats.c.community_id.is_(None)
    which = there & (seats.c.role == seat.role) & (seats.c.name == seat.name)
    if only_if_free:
        which &= seats.c.member_id.is_(None)
    await connection.execute(update(seats).where(which).values(member_id=member))


async def rename_group(connection: AsyncConnection, group: GroupId, name: str) -> None:
    """The group is called something else now; it stays the community's."""
    await connection.execute(
        update(communities).where(communities.c.group_id == group).values(group_name=name)
    )
    await roster_changed(connection)


async def _seat(
    connection: AsyncConnection,
    community: int | None,
    role: Role,
    people: Iterable[Person],
    area: str | None = None,
) -> None:
    taken = (await connection.execute(select(func.count()).select_from(seats))).scalar_one()
    rows = [
        {
            "community_id": community,
            "role": role,
            "position": taken + number,
            "member_id": person.id,
            "name": person.name,
            "area": area,
        }
        for number, person in enumerate(people)
    ]
    if rows:
        await connection.execute(insert(seats), rows)


async def roster_changed(connection: AsyncConnection) -> None:
    """Whoever remembers the roster reads it again."""
    version = await roster_version(connection)
    number = str(int(version or 0) + 1)
    statement = upsert(meta).values(key=_VERSION, value=number)
    await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": number}))


async def join_group(connection: AsyncConnection, group: GroupId, people: Mapping[MemberId, str]) -> None:
    """Note who is in a group, by the name shown there; who is known keeps their place in the list."""
    for position, (member, name) in enumerate(people.items()):
        row = {"group_id": group, "member_id": member, "name": name, "position": position}
        await connection.execute(_JOIN, row)


async def leave_group(connection: AsyncConnection, group: GroupId, people: Iterable[MemberId]) -> None:
    """Note who has left a group."""
    gone = (members.c.group_id == group) & members.c.member_id.in_(list(people))
    await connection.execute(delete(members).where(gone))


async def members_of(connection: AsyncConnection, group: GroupId) -> dict[MemberId, str]:
    """Who is in a group, with the name shown there."""
    query = select(members).where(members.c.group_id == group).order_by(members.c.position)
    return {MemberId(row.member_id): row.name for row in await connection.execute(query)}
