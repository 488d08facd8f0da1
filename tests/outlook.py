"""A message of Outlook, written as the two specifications say: nobody's real one is needed.

The container is [MS-CFB] of version 3 with 512-byte sectors, the message in it [MS-OXMSG].
"""

import struct
from datetime import UTC, datetime
from itertools import pairwise

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def message_of(
    subject: str, sender: str, body: str, sent: datetime, to: tuple[str, str] = ("Elm", "e@elm")
) -> bytes:
    """A message with the plain words of its body."""
    texts = {0x001A: "IPM.Note", 0x0037: subject, 0x0C1A: sender, 0x1000: body}
    ticks = int((sent - _EPOCH).total_seconds()) * 10_000_000
    root = struct.pack("<8xIIII8x", 1, 0, 1, 0)
    root += struct.pack("<HHIq", 0x0040, 0x0039, 6, ticks)
    root += struct.pack("<HHIII", 0x0003, 0x340D, 6, 0x40000, 0)
    streams = {}
    for pid, words in texts.items():
        root += struct.pack("<HHIII", 0x001F, pid, 6, len(words) * 2 + 2, 0)
        streams[f"__substg1.0_{pid:04X}001F"] = words.encode("utf-16-le")
    names = {0x3001: to[0], 0x3003: to[1], 0x39FE: to[1]}
    receiver = struct.pack("<8x")
    inner = {}
    for pid, words in names.items():
        receiver += struct.pack("<HHIII", 0x001F, pid, 6, len(words) * 2 + 2, 0)
        inner[f"__substg1.0_{pid:04X}001F"] = words.encode("utf-16-le")
    inner["__properties_version1.0"] = receiver
    streams["__properties_version1.0"] = root
    return _compound(streams, {"__recip_version1.0_#00000000": inner})


def _compound(streams: dict[str, bytes], storages: dict[str, dict[str, bytes]]) -> bytes:
    """A compound file of small streams, all of them in the mini stream."""
    mini, table = b"", []
    entries = [["Root Entry", 5, _FREE, _FREE, _FREE, 0, 0]]

    def stream(name: str, data: bytes) -> int:
        nonlocal mini
        first = len(mini) // _MINI
        count = -(-len(data) // _MINI)
        mini += data.ljust(count * _MINI, b"\0")
        table.extend([*range(first + 1, first + count), _END])
        entries.append([name, 2, _FREE, _FREE, _FREE, first, len(data)])
        return len(entries) - 1

    def chained(numbers: list[int]) -> int:
        # Siblings as a list that leans to the right, in the order of their names.
        numbers.sort(key=lambda n: (len(entries[n][0]), entries[n][0].upper()))
        for one, following in pairwise(numbers):
            entries[one][3] = following
        return numbers[0]

    top = [stream(name, data) for name, data in streams.items()]
    for name, inner in storages.items():
        entries.append([name, 1, _FREE, _FREE, _FREE, 0, 0])
        top.append(at := len(entries) - 1)
        entries[at][4] = chained([stream(one, data) for one, data in inner.items()])
    entries[0][4] = chained(top)
    directory = b""
    while len(entries) % 4:
        entries.append(["", 0, _FREE, _FREE, _FREE, 0, 0])
    mini_sectors = -(-len(mini) // _SECTOR)
    table_sectors = -(-len(table) * 4 // _SECTOR)
    entries[0][5], entries[0][6] = 1 + table_sectors, len(mini)
    for name, kind, left, right, child, first, size in entries:
        letters = name.encode("utf-16-le")
        directory += letters.ljust(64, b"\0")
        directory += struct.pack(
            "<HBBIII", len(letters) + 2 if name else 0, kind, 1, left, right, child
        )
        directory += bytes(36) + struct.pack("<IQ", first, size)
    directory_at = 1 + table_sectors + mini_sectors
    directory_sectors = len(directory) // _SECTOR

    def chain(first: int, count: int) -> list[int]:
        return [*range(first + 1, first + count), _END]

    fat = [_FAT, *chain(1, table_sectors), *chain(1 + table_sectors, mini_sectors)]
    fat += chain(directory_at, directory_sectors)
    assert len(fat) <= _SECTOR // 4
    fat += [_FREE] * (_SECTOR // 4 - len(fat))
    table += [_FREE] * (table_sectors * _SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIII", directory_at, 0, 4096, 1, table_sectors, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    whole = header + struct.pack(f"<{len(fat)}I", *fat) + struct.pack(f"<{len(table)}I", *table)
    return whole + mini.ljust(mini_sectors * _SECTOR, b"\0") + directory
