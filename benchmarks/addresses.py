"""How often the unit of a door is read right, form by form, and how many addresses a second.

Invented addresses in the seventeen written forms of the field's comparisons and in some more, with
`usaddress` and `usaddress-scourgify` on the same texts in the same run. A peer's unit is what it calls
an occupancy's identifier, without its designator; a text that it cannot read has none.

Run: ``python benchmarks/addresses.py``
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import scourgify
import usaddress

from whoseword.contacts.addresses import read_address

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from written_addresses import FORMS, MORE, doors

COUNT = 500
_DESIGNATOR = re.compile(r"^(?:APT|UNIT|STE|RM|LOT|TRLR|#|FL \S+|BLDG \S+|NO)\b\.?\s*|^#\s*", re.I)
Reader = Callable[[str], str | None]


def ours(text: str) -> str | None:
    return read_address.__wrapped__(text).unit


def by_usaddress(text: str) -> str | None:
    parts = [
        word.strip(" ,;.()") for word, tag in usaddress.parse(text) if tag == "OccupancyIdentifier"
    ]
    return _bare(" ".join(parts))


def by_scourgify(text: str) -> str | None:
    try:
        told = scourgify.normalize_address_record(text)["address_line_2"]
    except scourgify.exceptions.AddressNormalizationError:
        return None
    return _bare(told or "")


def _bare(told: str) -> str | None:
    before = None
    while told != before:
        before, told = told, _DESIGNATOR.sub("", told).strip()
    return told or None


def right(reader: Reader, texts: list[tuple[str, str]]) -> float:
    return sum((reader(text) or "").upper() == unit for text, unit in texts) / len(texts)


def speed(reader: Reader, texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        reader(text)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    readers = {"ours": ours, "usaddress": by_usaddress, "scourgify": by_scourgify}
    told: dict[str, list[float]] = {name: [] for name in readers}
    print(f"{COUNT} addresses a form; the share of units read right")
    print(f"{'':24}" + "".join(f"{name:>12}" for name in readers))
    every: list[str] = []
    for name, form in (FORMS | MORE).items():
        texts = [(form(one), one.unit) for one in doors(COUNT)]
        shares = [right(reader, texts) for reader in readers.values()]
        print(f"{name:24}" + "".join(f"{share:12.3f}" for share in shares))
        if name in FORMS:
            every += [text for text, _ in texts]
            for share, its in zip(shares, told.values(), strict=True):
                its.append(share)
    print(
        f"{'all seventeen':24}" + "".join(f"{sum(its) / len(its):12.3f}" for its in told.values())
    )
    speeds = {
        name: speed(reader, every if name == "ours" else every[::5])
        for name, reader in readers.items()
    }
    print("addresses a second of one core: "
          + ", ".join(f"{name} {round(its):,}" for name, its in speeds.items())
          + f"; {speeds['ours'] / speeds['usaddress']:.1f} times usaddress")  # fmt: skip


if __name__ == "__main__":
    main()
