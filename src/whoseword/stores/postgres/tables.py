"""The SQL of the tables, as the steps of the structure make them and drop them."""

from importlib.resources import files


def statements(name: str) -> str:
    """The statements of one step, or of its way back; psycopg runs them as one."""
    folder = files("whoseword.stores.postgres") / "migrations" / "tables"
    return folder.joinpath(f"{name}.sql").read_text(encoding="utf-8")
