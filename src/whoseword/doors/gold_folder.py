"""The folder of a gold set, read from the disk: documents, passes of annotation, held-back names."""

from collections.abc import Mapping
from pathlib import Path

from whoseword.intake import KeptDocument, keep_document
from whoseword.intake.evaluation.annotation import read_annotation
from whoseword.intake.evaluation.gold import PASSES, GoldDocument
from whoseword.intake.evaluation.told import Annotation
from whoseword.words import WhoseWordError

HELD_BACK = "held-back.txt"


def gold_in(folder: Path) -> tuple[GoldDocument, ...]:
    """The gold set of a folder, by name.

    Raises WhoseWordError for a folder that holds none, for an annotation or a held-back name of
    no document, and for the first line of an annotation that cannot stand.
    """
    documents = _documents(folder)
    held = _held_back(folder, documents)
    passes: dict[str, dict[str, Annotation]] = {name: {} for name in documents}
    for which in PASSES:
        for path in sorted((folder / which).glob("*.said")):
            if path.stem not in documents:
                raise WhoseWordError(
                    f"{path} annotates no document; name it as one in {folder / 'documents'}"
                )
            text = documents[path.stem].text
            passes[path.stem][which] = read_annotation(_words(path), text, str(path))
    return tuple(
        GoldDocument(name=name, document=document, held_back=name in held, passes=passes[name])
        for name, document in documents.items()
    )


def _documents(folder: Path) -> dict[str, KeptDocument]:
    found: dict[str, KeptDocument] = {}
    inside = folder / "documents"
    for path in sorted(inside.iterdir()) if inside.is_dir() else []:
        if path.stem in found:
            raise WhoseWordError(f"two documents are named {path.stem} in {inside}; rename one")
        found[path.stem] = keep_document(path.read_bytes(), path.name)
    if not found:
        raise WhoseWordError(f"{inside} holds no document; name the folder of a gold set")
    return dict(sorted(found.items()))


def _held_back(folder: Path, documents: Mapping[str, KeptDocument]) -> frozenset[str]:
    path = folder / HELD_BACK
    lines = _words(path).splitlines() if path.is_file() else []
    names = frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")
    unknown = sorted(names - set(documents))
    if unknown:
        raise WhoseWordError(
            f"{path} names {', '.join(unknown)}, of which there is no document; correct the name"
        )
    return names


def _words(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WhoseWordError(f"{path} is not UTF-8; save it so") from None
