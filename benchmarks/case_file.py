"""How long a case file of 2,000 pages takes to a list of conflicts, and whether memory grows.

A case file as offices keep it: reports, letters, releases and notes of an incident, a quarter of
the pages scans without text. The commands are run as anybody runs them: `read FOLDER` on every
core, then `drafts --conflicts`. The aims: 2,000 pages in under 30 minutes, and the memory of the
largest process the same for ten times as many documents. Planted in the pages are matters on which
two documents contradict each other; how many are listed is told too.

The peer, in the same run, is tesseract alone over the same scans, one page at a time on every core.

Run: ``python benchmarks/case_file.py [--pages 2000] [--memory 10000]``
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.paper import image_of, lines, paper

PROGRAM = str(Path(sys.executable).with_name("whoseword"))
PAGES_A_DOCUMENT = 4
_WIDTH = 86
_WHO = ("man", "woman", "driver", "tenant", "cook", "clerk", "neighbor", "nurse", "guard", "pilot")
_WITH = ("knife", "hammer", "rifle", "pistol", "chain", "bottle")
_FILLER = (
    "Deputy {n} arrived at {p} at {h}:{m:02d} p.m.",
    "A neighbor at {n} Mill Road said that she heard two shots and did not see who fired.",
    "The {w} was taken to the hospital at {h}:{m:02d} p.m.",
    "The sheriff could not say whether the {w} had called before.",
    "According to the dispatcher, the caller asked for an ambulance.",
    "The road was closed for {n} minutes while the scene was photographed.",
    "The recording from camera {n} was collected by the county prosecutor.",
    "Officer {n} stated that he had not watched the video.",
    "The family of the {w} was told on Monday.",
    "No arrest was made at {p}.",
)


class Run(NamedTuple):
    """One run of the program: its output, seconds, and the largest process in MiB."""

    output: str
    seconds: float
    largest: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--memory", type=int, default=10_000, help="documents; 0 leaves it out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.pages:
            case_file(Path(folder), asked.pages)
        if asked.memory:
            memory(Path(folder), asked.memory)


def case_file(folder: Path, pages: int) -> None:
    papers = folder / "papers"
    papers.mkdir()
    planted, scans = write_case(papers, pages)
    read = run(folder / "home", "read", str(papers), "--incident", "case")
    listed = run(folder / "home", "drafts", "--incident", "case", "--conflicts", "--json")
    conflicts = {one["matter"] for one in json.loads(listed.output)["conflicts"]}
    alone = peer(scans)
    total = read.seconds + listed.seconds
    cores = os.cpu_count() or 1
    print(f"{pages:,} pages, {len(scans) * PAGES_A_DOCUMENT:,} of them scans, {cores} cores")
    print(
        f"read {read.seconds:,.0f} s, list of conflicts {listed.seconds:,.1f} s: {total / 60:.1f} min"
    )
    print(f"planted contradictions listed: {len(planted & conflicts)} of {len(planted)}")
    print(f"largest process {max(read.largest, listed.largest):,.0f} MiB")
    print(f"tesseract alone over the scans: {alone:,.0f} s; ratio {total / max(alone, 1e-9):.2f}")


def write_case(papers: Path, pages: int) -> tuple[set[str], list[Path]]:
    """The documents of a case: matters that are planted as contradicted, and which are scans."""
    chance = random.Random(7)
    planted: set[str] = set()
    scans: list[Path] = []
    for number in range(pages // PAGES_A_DOCUMENT):
        name, weapon = surname(number // 2), _WITH[number // 2 % len(_WITH)]
        told = f"Marcus {name} was armed with a {weapon}."
        told = told if number % 2 == 0 else f"Marcus {name} was not armed."
        if number % 2:
            planted.add(f"armed(who={name.lower()})")
        sheets = [page_of(chance, told if page == 1 else None) for page in range(PAGES_A_DOCUMENT)]
        pdf = paper(*(lines(sheet, 72, 72) for sheet in sheets))
        scanned = number % 4 == 3
        path = papers / f"{number:05d}.pdf"
        path.write_bytes(image_of(pdf, "PDF") if scanned else pdf)
        if scanned:
            scans.append(path)
    return planted, scans


def surname(number: int) -> str:
    """Another invented name for each number up to 500."""
    first = ("Bar", "Cor", "Dun", "Fal", "Gar", "Hol", "Kel", "Lor", "Mar", "Pen")[number % 10]
    middle = ("an", "ber", "del", "em", "ing", "low", "mer", "ot", "shel", "ver")[number // 10 % 10]
    return first + middle + ("ton", "wick", "stead", "by", "son")[number // 100 % 5]


def page_of(chance: random.Random, told: str | None) -> list[str]:
    sentences = [sentence(chance) for _ in range(22)]
    if told is not None:
        sentences.insert(10, told)
    return list(wrapped(" ".join(sentences)))


def sentence(chance: random.Random) -> str:
    return chance.choice(_FILLER).format(
        n=chance.randint(2, 99), p=f"{chance.randint(2, 999)} Mill Road", w=chance.choice(_WHO),
        h=chance.randint(1, 11), m=chance.randint(0, 59),
    )  # fmt: skip


def wrapped(words: str) -> Iterator[str]:
    line = ""
    for word in words.split():
        if len(line) + len(word) + 1 > _WIDTH:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


def peer(scans: list[Path]) -> float:
    """Seconds that tesseract alone takes over the pages, drawn beforehand."""
    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        drawn: list[str] = []
        for path in scans:
            document = pypdfium2.PdfDocument(path)
            for number, page in enumerate(document):
                drawn.append(f"{folder}/{path.stem}-{number}.png")
                page.render(scale=200 / 72, grayscale=True).to_pil().save(drawn[-1])
            document.close()
        program = shutil.which("tesseract") or "tesseract"
        start = time.perf_counter()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda image: recognised(program, image), drawn))
        return time.perf_counter() - start


def recognised(program: str, image: str) -> None:
    one_core = os.environ | {"OMP_THREAD_LIMIT": "1"}
    command = [program, image, "stdout"]
    subprocess.run(command, check=True, capture_output=True, env=one_core)


def memory(folder: Path, documents: int) -> None:
    """The largest process over a tenth of the documents and over all of them."""
    for count in (documents // 10, documents):
        papers = folder / f"texts-{count}"
        papers.mkdir()
        chance = random.Random(11)
        for number in range(count):
            told = "\n\n".join(sentence(chance) for _ in range(6))
            (papers / f"{number:05d}.txt").write_text(f"Orle Ledger\n\n{told}\n")
        done = run(folder / f"home-{count}", "read", str(papers), "--incident", "many")
        print(
            f"{count:,} documents: {done.seconds:,.0f} s, largest process {done.largest:,.0f} MiB"
        )


def run(home: Path, *arguments: str) -> Run:
    """Run the program and watch the resident memory of its processes, twenty times a second."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        started = subprocess.Popen([PROGRAM, "--home", str(home), *arguments], stdout=output)
        largest = 0.0
        while started.poll() is None:
            largest = max([largest, *(resident(one) for one in family(started.pid))])
            time.sleep(0.05)
        seconds = time.perf_counter() - start
        output.seek(0)
        told = output.read().decode()
    if started.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed")
    return Run(told, seconds, largest)


def family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        children = Path(f"/proc/{parent}/task/{parent}/children")
        found += [int(one) for one in _words(children)]
    return found


def resident(pid: int) -> float:
    told = {line.partition(":")[0]: line for line in _lines(Path(f"/proc/{pid}/status"))}
    return int(told["VmRSS"].split()[1]) / 1024 if "VmRSS" in told else 0.0


def _words(path: Path) -> list[str]:
    return " ".join(_lines(path)).split()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:  # The process has ended meanwhile.
        return []


if __name__ == "__main__":
    main()
