"""Checklists of every kind with answers of every sort, for properties."""

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, Answer, answered
from evaluations.document.sent import Place as Spot
from evaluations.document.tree import (
    AnyQuestion,
    Critical,
    Date,
    Document,
    Duration,
    Effect,
    Instruction,
    Lens,
    Money,
    Narrative,
    Number,
    Option,
    Photo,
    Place,
    PointBand,
    Rating,
    Scoring,
    SeveralChoices,
    ShortText,
    Signature,
    SingleChoice,
    Time,
    Touchpoint,
    YesNo,
)

OPTIONS = ("warm", "cool", "none")


# A strategy is looked through when it is first drawn from, which takes longer than drawing: each is made once.


@cache
def hundredths(least: int, most: int) -> st.SearchStrategy[Decimal]:
    """Decimals of two places from `least` to `most`."""
    return st.integers(least * 100, most * 100).map(lambda number: Decimal(number) / 100)


worths = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(1000)]) | hundredths(0, 20)
criticals = st.builds(
    lambda on, effect, cap: Critical(on=on, effect=effect, cap=cap if effect is Effect.CAPS_TOTAL else None),
    on=st.lists(st.sampled_from(["yes", "no", *OPTIONS, "1", "5"]), min_size=1, max_size=4).map(tuple),
    effect=st.sampled_from(Effect),
    cap=hundredths(0, 100),
)
ranges = st.builds(
    lambda least, wide, effect, cap: Critical(
        minimum=least,
        maximum=None if wide is None else least + wide,
        effect=effect,
        cap=cap if effect is Effect.CAPS_TOTAL else None,
    ),
    least=hundredths(0, 300),
    wide=st.none() | hundredths(0, 100),
    effect=st.sampled_from(Effect),
    cap=hundredths(0, 100),
)
options = st.tuples(
    *(
        st.builds(
            Option,
            key=st.just(key),
            points=hundredths(-20, 20),
            na=st.sampled_from([False, False, False, True]),
            failing=st.sampled_from([False, False, True]),
        )
        for key in OPTIONS
    )
)


BORDERS = st.sets(hundredths(0, 300), max_size=3)
WORTHS = [st.tuples(*[hundredths(-20, 20)] * bands) for bands in range(1, 5)]


@st.composite
def bands(draw: st.DrawFn) -> tuple[PointBand, ...]:
    """No bands, or up to four of them whose last is open."""
    if draw(st.booleans()):
        return ()
    borders = sorted(draw(BORDERS))
    points = draw(WORTHS[len(borders)])
    return tuple(
        PointBand(up_to=border, points=worth) for border, worth in zip([*borders, None], points, strict=True)
    )


@cache
def questions(key: str, *, with_criticals: bool) -> st.SearchStrategy[AnyQuestion]:
    """A question of any kind under `key`."""
    shared = {
        "key": st.just(key),
        "na_allowed": st.just(True),
        "not_observed_allowed": st.just(True),
        "lenses": st.lists(st.sampled_from(Lens), unique=True, max_size=2).map(tuple),
        "critical": (st.none() | criticals) if with_criticals else st.none(),
    }
    shared |= {
        "internal": st.sampled_from([False, False, False, True]),
        "due_days": st.sampled_from([None, None, None, 14]),
    }
    scored = shared | {"bonus": st.sampled_from([False, False, False, True])}
    measured = scored | {
        "bands": bands(),
        "maximum": st.sampled_from([None, None, Decimal(250)]),
        "critical": (st.none() | ranges) if with_criticals else st.none(),
    }
    return st.one_of(
        st.builds(YesNo, **scored, points=worths, favourable=st.sampled_from(["yes", "no"])),
        st.builds(SingleChoice, **scored, options=options),
        st.builds(
            Rating,
            **scored,
            points=worths,
            lo=st.integers(0, 1),
            hi=st.integers(2, 10),
            favourable=st.sampled_from(["high", "low"]),
        ),
        st.builds(SeveralChoices, **scored, options=options, max_choices=st.sampled_from([None, None, 2])),
        st.builds(Number, **measured, decimals=st.integers(1, 6)),
        st.builds(Money, **measured, currency=st.sampled_from(["EUR", "KWD"])),
        st.builds(Duration, **measured),
        *(st.builds(kind, **shared) for kind in (ShortText, Narrative, Photo, Date, Time, Place, Signature)),
        st.builds(Instruction, key=st.just(key)),
    )


def answers_to(question: AnyQuestion) -> st.SearchStrategy[Answer]:
    """An answer with a value that can be read, to a question that is marked."""
    if isinstance(question, Rating):
        return ratings(question.lo, question.hi)
    if isinstance(question, Money):
        return AMOUNTS[question.currency]
    return ANSWERS.get(type(question), ANSWERS[ShortText])


@cache
def ratings(lo: int, hi: int) -> st.SearchStrategy[Answer]:
    """An answer on the scale from `lo` to `hi`."""
    return st.integers(lo, hi).map(answered)


tenths = st.integers(0, 3100).map(lambda number: f"{number // 10}.{number % 10}")
AMOUNTS = {
    currency: tenths.map(lambda amount, currency=currency: answered({"amount": amount, "currency": currency}))
    for currency in ("EUR", "KWD")
}
ANSWERS: dict[type, st.SearchStrategy[Answer]] = {
    YesNo: st.sampled_from(["yes", "no"]).map(answered),
    SingleChoice: st.sampled_from(OPTIONS).map(answered),
    SeveralChoices: st.lists(st.sampled_from(OPTIONS), unique=True).map(answered),
    Number: tenths.map(answered),
    Duration: tenths.map(answered),
    Date: st.just(answered("2026-03-14")),
    Time: st.just(answered("09:30")),
    Place: st.sampled_from([Spot(lat="38.5", lon="-5"), Spot(denied=True)]).map(answered),
    Photo: st.just(answered(None)),
    Signature: st.just(answered(None)),
    ShortText: st.sampled_from(["", "Maria"]).map(answered),
}
OTHERS = st.sampled_from([None, NOT_APPLICABLE, NOT_OBSERVED, answered("unreadable"), answered(99)])
TOUCHPOINTS, QUESTIONS = st.integers(1, 4), st.integers(0, 5)
WEIGHTS, TARGETS = st.just(Decimal(0)) | hundredths(0, 50), st.none() | hundredths(0, 100)
RARELY = st.sampled_from([False, False, True])
TOTALS = st.sampled_from(["points", "weights"])


@st.composite
def documents(draw: st.DrawFn, *, with_criticals: bool = True, total: str | None = None) -> Document:
    """A checklist of one to four touchpoints with up to five questions each."""
    touchpoints = []
    for number in range(draw(TOUCHPOINTS)):
        keys = [f"q{number}{letter}" for letter in "abcde"[: draw(QUESTIONS)]]
        touchpoints.append(
            Touchpoint(
                key=f"t{number}",
                weight=draw(WEIGHTS),
                target=draw(TARGETS),
                questions=tuple(draw(questions(key, with_criticals=with_criticals)) for key in keys),
            )
        )
    scoring = Scoring(
        total=total or draw(TOTALS),
        target=draw(TARGETS),
        blanks_count=draw(st.booleans()),
        bonus_may_exceed=draw(st.booleans()),
    )
    return Document(scoring=scoring, touchpoints=tuple(touchpoints))


@st.composite
def answer_sheets(draw: st.DrawFn, document: Document) -> dict[str, Answer]:
    """Answers to some of the questions: readable ones, other states, and a few that cannot be read."""
    sheet = {}
    for question in document.questions():
        answer = draw(OTHERS if draw(RARELY) else answers_to(question))
        if answer is not None:
            sheet[question.key] = answer
    return sheet
