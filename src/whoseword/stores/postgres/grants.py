"""Who may do what with a table, whatever was granted before anybody looked.

A database can be told to grant rights on every table that is made in it (ALTER DEFAULT PRIVILEGES),
and the maker of a table has all of them. On a table to which rows are only ever added, nobody keeps
the right to change one: not even the owner, who can grant it back to himself, but not by mistake,
and not without ``verify`` telling.
"""

from typing import Any

from psycopg import Connection

_GRANTEES = """
    SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee)::text END
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace,
        aclexplode(coalesce(c.relacl, acldefault('r', c.relowner)))
    WHERE n.nspname = current_schema() AND c.relname = %s
        AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')
"""


def leave_adding_only(connection: Connection[Any], table: str) -> None:
    """Take UPDATE, DELETE and TRUNCATE on a table of ours from everybody who has them."""
    for (name,) in connection.execute(_GRANTEES, (table,)).fetchall():
        who = name if name == "PUBLIC" else '"' + name.replace('"', '""') + '"'
        connection.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {who}")
