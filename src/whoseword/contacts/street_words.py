"""The words of a street address and their short forms.

From the United States Postal Service's Publication 28, "Postal Addressing Standards": directions
(section 233), street suffixes (appendix C1) and designators of a unit (appendix C2), as far as
they are in everyday use. Two spellings of one word come out the same, whatever it means there:
"St" is a street or a saint, and ``ST`` both times.
"""

DIRECTIONS: dict[str, str] = {
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W",
    "NORTHEAST": "NE", "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW",
}  # fmt: skip

TYPES: dict[str, str] = {
    "ALLEY": "ALY", "AVENUE": "AVE", "AV": "AVE", "BEND": "BND", "BOULEVARD": "BLVD",
    "BYPASS": "BYP", "CIRCLE": "CIR", "COURT": "CT", "COVE": "CV", "CRESCENT": "CRES",
    "CROSSING": "XING", "DRIVE": "DR", "EXPRESSWAY": "EXPY", "FREEWAY": "FWY", "GROVE": "GRV",
    "HIGHWAY": "HWY", "HILL": "HL", "LANE": "LN", "LOOP": "LOOP", "MANOR": "MNR", "PARKWAY": "PKWY",
    "PASS": "PASS", "PATH": "PATH", "PIKE": "PIKE", "PLACE": "PL", "PLAZA": "PLZ", "POINT": "PT",
    "RIDGE": "RDG", "ROAD": "RD", "ROUTE": "RTE", "ROW": "ROW", "RUN": "RUN", "SQUARE": "SQ",
    "STREET": "ST", "STR": "ST", "TERRACE": "TER", "TERR": "TER", "TRACE": "TRCE", "TRAIL": "TRL",
    "TURNPIKE": "TPKE", "WALK": "WALK", "WAY": "WAY",
}  # fmt: skip

_OTHER_WORDS: dict[str, str] = {
    "SAINT": "ST", "FORT": "FT", "MOUNT": "MT", "COUNTY": "CO",
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH",
    "SIXTH": "6TH", "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip

SHORT: dict[str, str] = DIRECTIONS | TYPES | _OTHER_WORDS
"""Each word and its short form."""

DIRECTION_FORMS = frozenset(DIRECTIONS.values())
TYPE_FORMS = frozenset(TYPES.values())

NUMBERED = frozenset({"HWY", "RTE"})
"""Types that a number can follow as part of the name: "State Highway 50"."""
NUMBERED_ROADS = frozenset({"CO", "STATE", "FARM", "TOWNSHIP"})
"""Words that make a numbered road of "Road 12"."""

UNITS = frozenset({
    "#", "APT", "APTS", "APARTMENT", "UNIT", "UNITS", "STE", "SUITE", "NO", "NUMBER", "RM", "ROOM", "LOT", "SPC",
    "SPACE", "TRLR", "TRAILER",
})  # fmt: skip
"""What comes before the name of a unit. People use them for one another, so none is kept."""
UNIT_WORDS: dict[str, str] = {
    "REAR": "REAR", "FRONT": "FRNT", "UPPER": "UPPR", "LOWER": "LOWR", "BASEMENT": "BSMT",
    "PENTHOUSE": "PH", "PH": "PH",
}  # fmt: skip
"""Words that name a unit after a designator: "Apt Rear"."""
WINGS = frozenset({"BLDG", "BUILDING"})
FLOORS = frozenset({"FL", "FLOOR", "FLR"})

STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DC",
        "DE",
        "FL",
        "GA",
        "HI",
        "IA",
        "ID",
        "IL",
        "IN",
        "KS",
        "KY",
        "LA",
        "MA",
        "MD",
        "ME",
        "MI",
        "MN",
        "MO",
        "MS",
        "MT",
        "NC",
        "ND",
        "NE",
        "NH",
        "NJ",
        "NM",
        "NV",
        "NY",
        "OH",
        "OK",
        "OR",
        "PA",
        "PR",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VA",
        "VT",
        "WA",
        "WI",
        "WV",
        "WY",
    ]
)
