"""A language of a few words and a table of a few rules, to look at one part of reading."""

from bot.domain.red_flags import Finding, Rule, Ruleset, SignList, Urgency, When
from bot.reading.chances import Chances, Limits
from bot.reading.lexicon import Cue, Lexicon, Sign, prepare
from bot.reading.reader import Reader
from bot.reading.spelling import Mender

WORDS = {"pain": ("pain*", "hurt*"), "legs": ("legs", "feet")}
SIGNS = {
    Finding.CHEST_PAIN: Sign(("chest <pain>", "<pain> .. in .. chest"), ("chest .. funny",)),
    Finding.FAINTED: Sign(("fainted",), counts_when_over=True),
    Finding.BOTH_LEGS: Sign(("can not feel .. <legs>", "<legs> .. numb")),
    Finding.BREATHLESS: Sign(("breathless",), unless=(Cue.EFFORT,)),
    Finding.ONE_LIMB: Sign(("hand .. numb", "numb hand")),
    Finding.FEVER: Sign(("fever",)),
    Finding.CANCER_HISTORY: Sign(("cancer",), counts_when_old=True),
    Finding.ARM_ACHE: Sign((), ("arm heavy",)),
    Finding.NAUSEA: Sign(("sick",), ("queasy",)),
}
HARMLESS = ("chest pain cave", "sick of")
CUES = {
    Cue.NONE_OF: ("no", "without"),
    Cue.NOT: ("not", "never"),
    Cue.CANNOT: ("can not",),
    Cue.NO_DENIAL: ("no doubt", "can not shake", "not gone", "no idea"),
    Cue.DENIED_AFTER: ("is not there", "fine"),
    Cue.ANSWER_NO: ("no", "nope"),
    Cue.DOUBLING: ("without",),
    Cue.BUT: ("but", "just"),
    Cue.LIST: ("or",),
    Cue.JOINS: ("in", "of", "or", "and", "to", "my"),
    Cue.STARTS: ("i", "my", "it", "he", "that"),
    Cue.HEDGED: ("maybe",),
    Cue.GENERAL: ("what if", "symptoms of"),
    Cue.IF: ("if",),
    Cue.ASKED: ("is it normal", "do i have"),
    Cue.ASKS: ("is", "do"),
    Cue.STATED: ("i have", "i had"),
    Cue.OTHER: ("my dad", "he", "she"),
    Cue.OTHER_NOW: ("right now", "help"),
    Cue.COMPANY: ("with|told <other>",),
    Cue.HELP: ("help",),
    Cue.SELF: ("i", "me", "my"),
    Cue.OLD: ("years ago",),
    Cue.NOW: ("now", "still"),
    Cue.PRESENT: ("have", "can", "is"),
    Cue.OVER: ("went away",),
    Cue.CLEARED: ("all clear",),
    Cue.EFFORT: ("hill*",),
    Cue.AT_REST: ("sitting",),
}
APART = {"can't": "can not", "cant": "can not", "isn't": "is not", "&": "and", "/": "or"}
KNOWN = frozenset({"best", "chest", "fine", "hands", "head", "there", "years", "without"})


def lexicon(**changed):
    """The small language; `changed` replaces whole parts of it."""
    parts = {"words": WORDS, "signs": SIGNS, "harmless": HARMLESS, "cues": CUES, "apart": APART}
    return Lexicon(**{**parts, "emoji": {"\N{FACE WITH THERMOMETER}": "fever"}, **changed})


def rule(id_, urgency, *all_of):
    """One line of a table, as short as it may be."""
    return Rule(id_, urgency, When(all_of), (), verified=False, examples=(all_of,))


ALONE = {
    Urgency.EMERGENCY: (
        Finding.CHEST_PAIN,
        Finding.FAINTED,
        Finding.BOTH_LEGS,
        Finding.BREATHLESS,
        Finding.SOMEONE_ELSE,
        SignList.EMERGENCY.unspecified,
    ),
    Urgency.URGENT: (Finding.ONE_LIMB, Finding.FEVER, SignList.SAME_DAY.unspecified),
}
RULESET = Ruleset(
    (
        *(rule(one.value, urgency, one) for urgency, all_ in ALONE.items() for one in all_),
        rule("both", Urgency.EMERGENCY, Finding.ARM_ACHE, Finding.NAUSEA),
    ),
    emergency_signs=(Finding.CHEST_PAIN,),
    same_day_signs=(Finding.ONE_LIMB,),
    hash="small",
)


LIMITS = Limits(
    states=0.8,
    states_excused=0.93,
    asks=0.35,
    asks_excused=0.7,
    nothing=0.9,
    alone=0.9,
    certain=0.97,
    emergency=0.35,
)


class Says:
    """A classifier that says what it is told to, and keeps what it was asked."""

    def __init__(self, *chances, **by_word):
        self.chances, self.by_word, self.asked = chances, by_word, []

    limits = LIMITS

    def nothing(self, words):
        return self(words).nothing

    def __call__(self, words):
        self.asked.append(tuple(words))
        found = [chances for word, chances in self.by_word.items() if word in words]
        return found[0] if found and len(self.asked) > 1 else self.chances[0]


CALM = Chances(0.96, 0.01, 0.01, 0.01, 0.01)
TORN = Chances(0.3, 0.2, 0.1, 0.3, 0.1)
ALARMED = Chances(0.02, 0.01, 0.01, 0.01, 0.95)
SAME_DAY = Chances(0.02, 0.01, 0.01, 0.95, 0.01)


def reader(classifier=None, **changed):
    """A reader of the small language."""
    grammar = prepare(lexicon(**changed))
    mender = Mender(KNOWN, grammar.vocabulary, grammar.spelling.forms)
    return Reader(grammar, mender, RULESET, classifier)
