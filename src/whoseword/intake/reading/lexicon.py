"""The words that the rules know, by what they do in a report.

General English, gathered from grammars of reporting verbs (Quirk et al. 1985, 16.31; VerbNet's
say, tell and conjecture classes by name) and from the trade's own terms. No name of a person or
place stands here.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REPORTING: Final = _words(
    "say state add report confirm note announce explain claim allege acknowledge admit assert"
    " insist stress emphasize emphasise reiterate repeat recount recall describe mention indicate"
    " write testify reveal clarify maintain argue warn reply respond answer declare relate"
    " remember relay caution concede contend observe remark recollect comment echo"
    " underscore highlight estimate suggest assess continue boast joke quip tweet interject exclaim"
    " chant boom beam gush muse lament proclaim opine retort scoff thunder shout yell whisper mutter"
    " chime pronounce surmise recite vent fume jeer taunt tease volunteer venture"
)
TELLING: Final = _words(
    "tell inform advise assure remind notify brief warn text message email e-mail phone radio"
)
# Beside quotation marks many more verbs tell of speech than anywhere else.
QUOTING: Final = (
    REPORTING
    | TELLING
    | _words(
        "answer ask bark beam begin bellow boom caption chant concede conclude confess counter crow cry"
        " declare demand exclaim fume gush holler interject interrupt intone joke laugh lament marvel"
        " mumble muse mutter note offer opine plead pray preach predict proclaim promise propose question"
        " quip rant read recite reflect remark retort riff scoff scold scream shout sigh sing snap sneer"
        " sob thunder tweet volunteer vow wail whisper wonder yell urge"
    )
)
SHOWING: Final = _words("show record indicate list state say report reveal confirm suggest")
FINDING: Final = _words("conclude find determine rule establish decide discover learn")
BELIEVING: Final = _words("believe think suspect assume suppose feel fear guess understand doubt")
PERCEIVING: Final = {
    "see": "saw",
    "overhear": "heard",
    "witness": "saw",
    "watch": "saw",
    "notice": "saw",
    "observe": "saw",
    "hear": "heard",
}
EXPECTING: Final = _words("expect plan intend hope promise anticipate predict vow pledge agree")
DENYING: Final = _words("deny reject refute")

# Verbs that carry an answer; negated, they are words of non-answer.
ANSWERING: Final = _words(
    "say confirm tell comment answer provide give share disclose release specify elaborate"
    " discuss verify determine identify explain address speak offer detail"
)
DELIVERING: Final = _words("provide give share disclose release identify offer name publish detail")
REPLYING: Final = _words("respond reply return answer")
WITHHOLDING: Final = _words("share disclose release provide give name identify announce publish")

INFORMATION: Final = _words(
    "information detail details name names identity identities age ages number comment video"
    " footage report record finding cause condition"
)

WEAPONS: Final = _words(
    "knife gun weapon handgun pistol rifle shotgun firearm revolver machete hammer bat sword axe"
    " blade screwdriver scissors taser chain wrench pipe rod brick rock bottle stick crowbar"
    " hatchet cleaver razor"
)
FIREARMS: Final = _words("firearm weapon gun pistol rifle handgun shotgun revolver shot round")
GUNFIRE: Final = _words("gunfire gunshot gunshots shots")

WOMEN: Final = _words(
    "woman female girl mother grandmother sister aunt daughter wife girlfriend lady niece"
    " spokeswoman granddaughter mom mum mommy grandma stepmother"
)
MEN: Final = _words(
    "man male boy father grandfather brother uncle son husband boyfriend gentleman nephew"
    " spokesman grandson dad daddy grandpa stepfather"
)
RELATIVES: Final = _words(
    "mother father grandmother grandfather sister brother aunt uncle daughter son wife husband"
    " girlfriend boyfriend cousin niece nephew parent grandparent relative family mom mum mommy dad"
    " daddy grandma grandpa stepmother stepfather stepson stepdaughter in-law ex-wife ex-husband"
)
RESPONDERS: Final = _words(
    "officer medic paramedic clinician deputy firefighter trooper counselor counsellor dispatcher"
    " professional provider technician advocate interpreter responder crew nurse worker"
)
OFFICIALS: Final = _words(
    "chief sheriff sergeant lieutenant captain commander commissioner prosecutor coroner examiner"
    " mayor director judge governor superintendent marshal attorney supervisor official major"
    " colonel inspector constable detective investigator spokesperson spokesman spokeswoman"
    " warden counsel councilman councilwoman senator agent corporal lawmaker legislator congressman secretary president administrator trooper undersheriff"
)
SPOKESPERSONS: Final = _words("spokesman spokeswoman spokesperson representative")
BYSTANDERS: Final = _words(
    "witness neighbor neighbour bystander resident manager tenant passer-by landlord landlady teacher"
    " clerk driver employee onlooker volunteer customer shopper guest coworker co-worker colleague"
    " classmate roommate housemate homeowner renter motorist pedestrian cyclist jogger swimmer boater"
    " camper fisherman mailman janitor custodian cashier bartender waitress waiter barber mechanic"
    " cook guard lifeguard coach pastor chaplain owner operator inmate detainee cellmate parishioner"
    " babysitter receptionist trucker farmer commuter passerby foreman forewoman picker"
    " laborer labourer groundskeeper dishwasher bouncer doorman concierge porter courier pharmacist"
    " tipster complainant librarian caretaker handyman electrician plumber roofer welder lineman"
)
PERSONS: Final = (
    WOMEN
    | MEN
    | RELATIVES
    | RESPONDERS
    | OFFICIALS
    | BYSTANDERS
    | _words(
        "child baby infant toddler teenager kid adult person people victim suspect caller friend"
        " somebody someone individual occupant driver passenger patient source staff personnel"
        " lawyer doctor worker member teammate reporter journalist student expert analyst"
        " spokesmen deceased leader critic supporter voter candidate author editor professor"
        " juvenile youth youngster minor nurse surgeon psychiatrist psychologist therapist scientist"
        " researcher economist historian lobbyist activist organizer advocate protester demonstrator"
        " client colleague ally aide adviser advisor strategist insider opponent nominee lawmaker legislator"
        " congressman congresswoman delegate diplomat ambassador minister premier king queen prince"
        " executive ceo chairman chairwoman chair founder banker trader investor consultant engineer"
        " pollster columnist commentator anchor host correspondent reader viewer listener scholar"
        " veteran soldier marine pilot sailor general admiral agent operative informant suspect"
        " defendant plaintiff prisoner survivor mourner pallbearer acquaintance ex-wife ex-husband"
        " fiance fiancee partner stepfather stepmother stepson stepdaughter godmother godfather"
        " in-law widow widower twin sibling operator handler trainer jailer bailiff juror paralegal"
        " stenographer typist technician rider biker skater surfer golfer player athlete actor singer"
    )
)
PLURAL_PERSONS: Final = _words("people police staff personnel family crew team")

# One word for another that says no more: nothing is joined that the text keeps apart.
SYNONYMS: Final = {
    "female": "woman", "male": "man", "gentleman": "man", "lady": "woman", "mom": "mother",
    "mum": "mother", "mommy": "mother", "dad": "father", "daddy": "father",
    "grandma": "grandmother", "grandpa": "grandfather",
}  # fmt: skip
# What the author of a report calls themselves.
ONESELF: Final = _words("writer undersigned affiant r/o")

AGENCY_HEADS: Final = _words(
    "police department office division bureau agency service services patrol court hospital"
    " authority commission council prosecutors district ministry"
    " administration committee union insurer company corporation firm district school university"
    " college association foundation coalition league federation board panel network institute"
    " utility airline railroad carrier contractor church diocese shelter clinic nonprofit charity"
    " campaign government ministry embassy military army navy"
)
NAMED_AGENCY: Final = _words(
    "Police Department Office Division Bureau Agency Service Services Patrol Court Hospital"
    " Authority Commission Sheriff Sheriff's Prosecutor Prosecutor's Coroner Coroner's Examiner"
    " 911 Attorney Attorney's PD Council Committee Company Association"
)
PRESS: Final = _words(
    "reporter reporters journalist journalists media press newspaper outlet outlets us me crowd"
    " audience courier times post news station conference court jury"
)
RECORDS: Final = _words(
    "video recording footage report log record records document transcript letter summary system"
    " register cad email audio database complaint affidavit memo notes data review study"
)

TITLES: Final = OFFICIALS | _words(
    "officer dr dr. sgt sgt. lt lt. lieut lieut. capt capt. det det. ofc ofc. supt supt. cpl cpl."
    " cmdr cmdr. maj maj. insp insp. asst asst. dep dep. atty atty. supv supv. special mr mr. mrs"
    " mrs. ms ms. sen sen. rep rep. gov gov. prof prof. rev rev. deputy paramedic medic clinician"
    " analyst"
)
# A title cut short, as it is written out.
WRITTEN_OUT: Final = {
    "asst": "assistant", "atty": "attorney", "capt": "captain", "cmdr": "commander",
    "cpl": "corporal", "dep": "deputy", "det": "detective", "gov": "governor",
    "insp": "inspector", "lieut": "lieutenant", "lt": "lieutenant", "maj": "major",
    "ofc": "officer", "rep": "representative", "sen": "senator", "sgt": "sergeant",
    "supt": "superintendent", "supv": "supervisor",
}  # fmt: skip
COURTESY: Final = _words("mr mr. mrs mrs. ms ms. dr dr. prof prof. rev rev.")

HEDGES_POSSIBLE: Final = _words(
    "possibly perhaps maybe probably likely apparently seemingly potentially presumably"
    " provisionally tentatively"
)
HEDGES_REPORTED: Final = _words("reportedly allegedly purportedly supposedly")
POSSIBLE_NOUNS: Final = _words("possible apparent suspected potential likely probable")
REPORTED_NOUNS: Final = _words("alleged reported purported supposed")
POSSIBLE_MODALS: Final = _words("may might could must should can")
FUTURE_MODALS: Final = _words("will would shall 'll 'd wo")
RAISING: Final = _words("appear seem")

NEGATIVES: Final = _words("not n't never n’t neither nor")
NOBODY: Final = _words("nobody none no-one noone nothing")
ANY_PERSON: Final = _words("anyone anybody nobody no-one noone")

POSTPOSED: Final = _words("present involved responsible concerned injured available inside")

WEEKDAYS: Final = _words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
TIME_NOUNS: Final = (
    WEEKDAYS
    | frozenset(MONTHS)
    | _words(
        "morning afternoon evening night noon midnight today yesterday tonight week month day"
        " weekend hour minute year summer spring winter autumn"
    )
)

COUNTS: Final = {"once": "1", "twice": "2", "one": "1", "two": "2", "three": "3", "four": "4",
                  "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10"}  # fmt: skip

# What a relative clause with one of these verbs recalls of somebody: "the officer who fired".
RECALLED: Final = {
    "fire": ("discharged_weapon", "cause_of_death.by", "injured.by"),
    "shoot": ("discharged_weapon", "cause_of_death.by", "injured.by"),
    "discharge": ("discharged_weapon",),
    "open": ("discharged_weapon",),
    "carry": ("moved.by",),
    "die": ("died", "cause_of_death"),
    "call": ("called.caller",),
    "cut": ("attacked", "injured"),
    "wound": ("attacked", "injured"),
    "injure": ("attacked", "injured"),
    "attack": ("attacked",),
}
