"""Every contract is kept on each store that there is; here they are opened."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bookkeeping import store_at
from whoseword.books.protocol import Store

STORES = ("postgres", "sqlite")


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Opens stores with a home of their own each, by the name of their kind."""
    stores: list[Store] = []

    def open_one(kind: str) -> Store:
        home: Path | str = tmp_path / f"home-{len(stores)}"
        if kind == "postgres":
            server = request.getfixturevalue("postgres")
            home = server.url(server.new_schema())
        stores.append(store_at(home))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, opened: Callable[[str], Store]) -> Store:
    return opened(request.param)
