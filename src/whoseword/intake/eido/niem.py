"""Whether what NIEM tells of a person or a vehicle has NIEM's form, as far down as it goes.

An EIDO takes NIEM 4's ``ncPersonType`` and ``ncVehicleType`` whole: some 3,700 properties, which are
not listed here. Their form is one rule (the schema of NENA-STA-021.1b, its NIEM components): a
property is a list of objects, down to ``value``, which is a text, a number or true or false, as the
name of its property says; a few properties are texts themselves. What has another form would be
passed over in silence where it is read, and no peer could take it where it is sent on.
"""

import re
from typing import Any, Final

from whoseword.intake.eido.faults import FeedFault

_TEXTS: Final = frozenset(
    {
        "@context", "abstract", "atmosphericConditionCodeSimpleType", "codeListColumnName",
        "codeListUri", "curve", "datum", "ellipse", "envelope", "fiscalYearStartDate", "lang",
        "fingerprintImageMissingAreaReasonCodeSimpleType", "nameTranslationCategoryCode",
        "nameTranslationCategoryDescription", "nameTranslationRepresentation",
        "nameTranslationRepresentationId", "nameTranslationShortName", "personNameComment", "point",
        "polygon", "quantityUnit", "simpleType", "softwareVersion", "unitLineNumberIdSimpleType",
        "units", "yearFirstMonthDate",
    }
)  # fmt: skip
_NUMBERS: Final = frozenset({"confidencePercent", "sequenceId", "sigmaErrorValue", "tolerance"})
_FLAGS: Final = frozenset(
    {"isCodeListConstraining", "isPartial", "isPersonNameInitial", "isTruncation"}
)
_LISTS_OF_TEXTS: Final = frozenset(
    {
        "decimalValueList", "doubleValueList", "exemplarFingerPositionCode",
        "fingerprintFeaturesFeedback", "geospatialAugmentation", "integerValueList",
        "latentFrictionRidgePositionCode", "lipCharacterizationCode", "majorCasePrintCode",
        "moCategoryCode", "nc-4.0.1Augmentation", "nistQualityMeasure", "qualityValue", "textList",
    }
)  # fmt: skip
_SINGLE: Final = frozenset(
    {
        "elevationAccuracyValue", "elevationOffsetAccuracyValue", "elevationOffsetValue",
        "elevationValue", "geoPointAccuracyValue", "geodeticDatumCoordinateSystemCode",
        "geographicCoordinateLatitude", "geographicCoordinateLongitude", "geographicDatum",
        "imageFeatureVertex", "latitudeValue", "longitudeValue", "marginOfErrorDuration",
        "simpleType",
    }
)  # fmt: skip
_OF_A_FLAG: Final = re.compile(r"is[A-Z]")
_OF_A_NUMBER: Final = re.compile(r"(?:integer|decimal|double)Value|\w+(?:Quantity|Numeric|Percent)")
_EITHER: Final = re.compile(r"\w*(?:Value|Measure|Id|amount)")
_REMEDY: Final = "send it as the standard's NIEM components have it"


def check_niem(told: dict[str, Any], path: str) -> None:
    """Hold a person or a vehicle to NIEM's form. Raises ``FeedFault`` with the path of its fault."""
    waiting: list[tuple[str, str, Any]] = [(path, "", told)]
    while waiting:
        where, of, one = waiting.pop()
        for name, value in one.items():
            at = f"{where}.{name}"
            if name == "value" and (not isinstance(value, list) or not value):
                _check_value(value, of, at)
            elif name == "value" and all(isinstance(each, str) for each in value):
                continue
            elif not _is_plain(name, value):
                waiting += _objects_in(name, value, at)


def _is_plain(name: str, value: Any) -> bool:
    """Whether a property holds no objects, and is of a name that may."""
    if name in _TEXTS and isinstance(value, str):
        return True
    if name in _NUMBERS and _is_number(value):
        return True
    if name in _FLAGS and isinstance(value, bool):
        return True
    return (
        name in _LISTS_OF_TEXTS
        and isinstance(value, list)
        and all(isinstance(one, str) for one in value)
    )


def _objects_in(name: str, value: Any, path: str) -> list[tuple[str, str, Any]]:
    if name in _SINGLE and isinstance(value, dict):
        return [(path, name, value)]
    if not isinstance(value, list):
        raise FeedFault(path, f"must be a list of objects, and is {_words(value)}", _REMEDY)
    for at, one in enumerate(value):
        if not isinstance(one, dict):
            raise FeedFault(f"{path}[{at}]", f"must be an object, and is {_words(one)}", _REMEDY)
    return [(f"{path}[{at}]", name, one) for at, one in enumerate(value)]


def _check_value(value: Any, of: str, path: str) -> None:
    """A value of the kind that the name of its property says."""
    if _OF_A_FLAG.match(of):
        holds, kind = isinstance(value, bool), "true or false"
    elif _OF_A_NUMBER.fullmatch(of):
        holds, kind = _is_number(value), "a number"
    elif _EITHER.fullmatch(of):
        holds, kind = isinstance(value, str) or _is_number(value), "a text or a number"
    else:
        holds, kind = isinstance(value, str), "a text"
    if not holds:
        raise FeedFault(path, f"must be {kind}, and is {_words(value)}", _REMEDY)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _words(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if _is_number(value):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"
