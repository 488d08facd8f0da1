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
    "RIDGE": "RDG", "ROAD": "RD", "ROUTE": "RTE", "RT": "RTE", "ROW": "ROW", "RUN": "RUN", "SQUARE": "SQ",
    "STREET": "ST", "STR": "ST", "TERRACE": "TER", "TERR": "TER", "TRACE": "TRCE", "TRAIL": "TRL",
    "TURNPIKE": "TPKE", "WALK": "WALK", "WAY": "WAY",
}  # fmt: skip

_OTHER_WORDS: dict[str, str] = {
    "SAINT": "ST", "FORT": "FT", "MOUNT": "MT", "COUNTY": "CO", "CNTY": "CO",
    "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH",
    "SIXTH": "6TH", "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip

SHORT: dict[str, str] = DIRECTIONS | TYPES | _OTHER_WORDS
"""Each word and its short form."""

DIRECTION_FORMS = frozenset(DIRECTIONS.values())
TYPE_FORMS = frozenset(TYPES.values())

IN_NAMES = frozenset({
    "BND", "CRES", "CV", "GRV", "HL", "LOOP", "MNR", "PASS", "PATH", "PIKE", "PL", "PLZ", "PT",
    "RDG", "ROW", "RUN", "SQ", "TRCE", "TRL", "WALK", "XING",
})  # fmt: skip
"""Types that are often within a name: "Walnut Ridge Drive"."""
STAND_ALONE = frozenset({"BOARDWALK", "BOWERY", "BROADWAY", "ESPLANADE", "KINGSHIGHWAY", "STRAND"})
"""Streets without a type, after which a unit may stand as after one."""

NUMBERED = frozenset({
    "HWY", "RTE", "LOOP", "SPUR", "CR", "CTH", "FM", "RR", "SR", "SH", "US", "I", "INTERSTATE",
    "CALLE", "CARR", "MILE", "KM", "BOX", "BLK",
})  # fmt: skip
"""Words that a number or a letter can follow as part of the name: "State Highway 50", "Route K"."""
NUMBERED_ROADS = frozenset({
    "CO", "COUNTRY", "STATE", "FARM", "TOWNSHIP", "TWP", "RANCH", "FOREST", "FIRE", "PRIVATE", "SERVICE",
    "RURAL", "MARKET",
})  # fmt: skip
"""Words that make a numbered road of "Road 12"."""
COUNTED_TOWNS = frozenset({"CORNERS", "FORKS", "HARBORS", "MILE", "OAKS", "PALMS", "RIVERS"})
"""Words that make a town of the number before them: "29 Palms"."""

UNITS = frozenset({
    "#", "APT", "APTS", "APARTMENT", "UNIT", "UNITS", "STE", "SUITE", "NO", "NUMBER", "RM", "ROOM",
    "LOT", "SPC", "SPACE", "TRLR", "TRAILER",
})  # fmt: skip
"""What comes before the name of a unit. People use them for one another, so none is kept."""
RARER_UNITS = frozenset({"APARTMENTS", "CONDO", "DOOR", "FLAT", "SLIP"})
"""The same, of words that are as often part of a street's name: "12 Flat Rock Road"."""
UNIT_WORDS: dict[str, str] = {
    "REAR": "REAR", "FRONT": "FRNT", "UPPER": "UPPR", "LOWER": "LOWR", "BASEMENT": "BSMT",
    "PENTHOUSE": "PH", "PH": "PH",
}  # fmt: skip
"""Words that name a unit after a designator: "Apt Rear"."""
WINGS = frozenset({"BLDG", "BLDNG", "BUILDING", "TOWER", "TWR"})
FLOORS = frozenset({"FL", "FLOOR", "FLR"})
FLOOR_WORDS: dict[str, str] = {"GROUND": "G", "MAIN": "MAIN", "TOP": "TOP"}
"""Words that name a floor before the word for it: "ground floor"."""

BLOCKS = frozenset({"BLK", "BLOCK"})
"""After a number these tell a stretch of a street and no house: "1200 block of Main Street"."""
BESIDE = frozenset({
    "ABOVE", "ACROSS", "ADJACENT", "BEHIND", "BELOW", "BESIDE", "BETWEEN", "BY", "FROM", "NEAR", "NEXT",
    "AROUND", "BUT", "EXCEPT", "NEIGHBOR", "NEIGHBORS", "NEIGHBOUR", "OF", "OTHER", "THAN",
    "NOT", "OPPOSITE", "OUTSIDE", "OVER", "PAST", "TO", "UNDER",
})  # fmt: skip
"""Words before a unit that is only a landmark: "across from apt 4"."""
CORNERS = frozenset({"&", "AND", "@", "AT", "/"})
"""What stands between two streets that cross."""

STATE_NAMES: dict[str, str] = {
    "ALABAMA": "AL", "ALASKA": "AK", "ARIZONA": "AZ", "ARKANSAS": "AR", "CALIFORNIA": "CA",
    "COLORADO": "CO", "CONNECTICUT": "CT", "DISTRICT OF COLUMBIA": "DC", "DELAWARE": "DE",
    "FLORIDA": "FL", "GEORGIA": "GA", "HAWAII": "HI", "IOWA": "IA", "IDAHO": "ID", "ILLINOIS": "IL",
    "INDIANA": "IN", "KANSAS": "KS", "KENTUCKY": "KY", "LOUISIANA": "LA", "MASSACHUSETTS": "MA",
    "MARYLAND": "MD", "MAINE": "ME", "MICHIGAN": "MI", "MINNESOTA": "MN", "MISSOURI": "MO",
    "MISSISSIPPI": "MS", "MONTANA": "MT", "N CAROLINA": "NC", "N DAKOTA": "ND", "NEBRASKA": "NE",
    "NEW HAMPSHIRE": "NH", "NEW JERSEY": "NJ", "NEW MEXICO": "NM", "NEVADA": "NV", "NEW YORK": "NY",
    "OHIO": "OH", "OKLAHOMA": "OK", "OREGON": "OR", "PENNSYLVANIA": "PA", "PUERTO RICO": "PR",
    "RHODE ISLAND": "RI", "S CAROLINA": "SC", "S DAKOTA": "SD", "TENNESSEE": "TN", "TEXAS": "TX",
    "UTAH": "UT", "VIRGINIA": "VA", "VERMONT": "VT", "WASHINGTON": "WA", "WISCONSIN": "WI",
    "W VIRGINIA": "WV", "WYOMING": "WY",
}  # fmt: skip
"""The states as they are written out, in the short forms of their words."""
STATES = frozenset(STATE_NAMES.values())
COUNTRIES = frozenset({"USA", "US", "UNITED STATES", "UNITED STATES OF AMERICA"})
