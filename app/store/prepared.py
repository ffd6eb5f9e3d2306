"""Statements of a turn's writing, compiled once: it takes longer than what they do.

SQLAlchemy's unit of work sorts, tracks and refreshes what it inserts, and even a statement that it
has in its cache is looked up by all its parts. A turn executes some twenty, and nobody reads back
what they insert; so here they go to the driver as text, with their types' conversions. What comes
back is as the driver has it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Update, insert
from sqlalchemy import Table as SqlTable
from sqlalchemy.engine.interfaces import DBAPICursor

from app.store.driver import driver_cursor
from app.store.tables import Table

Values = Mapping[str, object]
Row = tuple[type[Table], Values]
"""A table, and a value for each of its columns that has one."""
Statement = Insert | Update | Select[Any]

_MOST_COMPILED = 256


def first_row(
    connection: Connection, statement: Select[Any], values: Values
) -> Sequence[Any] | None:
    """Return the first row of what a statement that is made once selects, as the driver has it.

    Raises:
        DBAPIError: The database refused it.
    """
    with driver_cursor(connection) as cursor:
        _execute(cursor, connection.dialect, statement, (values,))
        row: Sequence[Any] | None = cursor.fetchone()
        return row


def change(connection: Connection, statement: Update, values: Values) -> int:
    """Execute an update that is made once, and return how many rows it changed; raises likewise."""
    with driver_cursor(connection) as cursor:
        _execute(cursor, connection.dialect, statement, (values,))
        return int(cursor.rowcount)


def insert_rows(connection: Connection, rows: Iterable[Row]) -> None:
    """Insert rows, one statement a table: those that others refer to come before them.

    The rows of one table have the same columns.

    Raises:
        DBAPIError: The database refused one.
    """
    by_table: defaultdict[type[Table], list[Values]] = defaultdict(list)
    for kind, values in rows:
        by_table[kind].append(values)
    with driver_cursor(connection) as cursor:
        for kind, same in by_table.items():
            _execute(cursor, connection.dialect, _insert(kind), same)


def sql_table(kind: type[Table]) -> SqlTable:
    """Return the table of a class."""
    return Table.metadata.tables[kind.__tablename__]


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    places: Sequence[str] | None
    """Names of the parameters in their order, where the driver takes them by place."""
    constants: Values
    conversions: Mapping[str, Callable[[Any], object]]

    def parameters(self, values: Values) -> Any:
        """Return them as the driver takes them."""
        given = {**self.constants, **values}
        for name, convert in self.conversions.items():
            given[name] = convert(given[name])
        return given if self.places is None else tuple([given[name] for name in self.places])


def _execute(
    cursor: DBAPICursor, dialect: Dialect, statement: Statement, rows: Sequence[Values]
) -> None:
    compiled = _compiled(statement, dialect, tuple(rows[0]))
    if len(rows) == 1:
        cursor.execute(compiled.sql, compiled.parameters(rows[0]))
    else:
        cursor.executemany(compiled.sql, [compiled.parameters(row) for row in rows])


@cache
def _insert(kind: type[Table]) -> Insert:
    return insert(sql_table(kind))


@lru_cache(_MOST_COMPILED)
def _compiled(statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> _Compiled:
    columns = None if isinstance(statement, Select) else _columns(statement, names)
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    kinds = {name: compiled.binds[name].type.dialect_impl(dialect) for name in compiled.params}
    conversions = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
    return _Compiled(
        sql=compiled.string,
        places=compiled.positiontup if compiled.positional else None,
        constants={name: one for name, one in compiled.params.items() if name not in names},
        conversions={name: convert for name, convert in conversions.items() if convert},
    )


def _columns(statement: Insert | Update, names: tuple[str, ...]) -> list[str]:
    """Return which of the parameters are columns; the others stand in its condition."""
    return [name for name in names if name in statement.table.c]
