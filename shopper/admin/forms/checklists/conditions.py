"""The form of a condition: rows of tests on the questions before, of which all or one must hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from evaluations.designing.depending import can_be_na, earlier
from evaluations.document import tree
from evaluations.document.numbers import as_text
from evaluations.document.tree import AnyQuestion, AnyTest, Condition, Document
from shopper import saying
from shopper.admin.forms.checklists.fields import offered
from shopper.admin.forms.checklists.measures import number_of, seconds_as_typed, seconds_of
from shopper.filters import wording
from shopper.forms import Form, trimmed
from shopper.language import gettext as _
from shopper.language import lazy

MOST_ROWS = 10
LONGEST_WORDS = 90
LONGEST_QUESTION = 48
Choices = dict[str, list[tuple[str, str]]]
"""What a row offers, by the question that it is about: names of tests, each in words."""
BY_FIGURE: dict[str, type[tree.AtLeast | tree.AtMost]] = {"at_least": tree.AtLeast, "at_most": tree.AtMost}
BY_WORD: dict[str, type[tree.Is | tree.IsNot | tree.Chosen]] = {
    "is": tree.Is,
    "is_not": tree.IsNot,
    "chosen": tree.Chosen,
}
BY_ITSELF: dict[str, type[tree.WasAnswered | tree.WasNotApplicable]] = {
    "answered": tree.WasAnswered,
    "na": tree.WasNotApplicable,
}


class TestRow(PlainForm):
    """One test, by its name ("greeted:is:yes", "queue:at_least:"), and the figure that it may need."""

    __test__ = False  # for pytest, which takes classes called so for tests

    test = SelectField(lazy("What must be so"), choices=[], default="", validate_choice=False)
    figure = StringField(lazy("Figure"), render_kw={"inputmode": "decimal"})


class ConditionalForm(Form):
    """The part of a question's form that says when it is shown. Give it the checklist with `look_back`."""

    join = SelectField(
        lazy("Of these"),
        choices=offered(("all", lazy("all must hold")), ("any", lazy("one is enough"))),
        default="all",
    )
    tests = FieldList(FormField(TestRow), min_entries=0, max_entries=MOST_ROWS + 1)
    condition_dropped = BooleanField(lazy("Take this condition away"))

    document: Document = Document()
    before: Sequence[AnyQuestion] = ()
    kept: Condition | None = None
    """The condition as it stands in the draft."""

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        condition = question.show_if
        if condition is None or not is_plain(condition):
            return {}
        return {
            "join": "any" if isinstance(condition, tree.AnyOf) else "all",
            "tests": [{"test": name_of(test), "figure": _figure_text(test)} for test in _tests(condition)],
        }

    def look_back(self, document: Document, touchpoint: str, question: AnyQuestion | None) -> None:
        """Offer the questions of `document` that stand before `question`, or before a new one in `touchpoint`."""
        self.document, self.kept = document, question.show_if if question else None
        self.before = earlier(document, question.key if question else None, touchpoint)
        choices = self._offers()
        for entry in self.tests.entries:
            row = entry.form
            row.test.choices = [
                SelectChoice("", _("Choose")),
                *(
                    SelectChoice(name, words, optgroup=group)
                    for group, names in (choices | self._impossible(row.test.data, choices)).items()
                    for name, words in names
                ),
            ]
            on = document.question((row.test.data or "").partition(":")[0])
            if isinstance(on, tree.Duration) and row.figure.data and not row.figure.raw_data:
                row.figure.data = seconds_as_typed(seconds_of(row.figure.data))

    @property
    def is_complex(self) -> bool:
        """Whether the condition is one that rows cannot show."""
        return self.kept is not None and not is_plain(self.kept)

    @property
    def kept_words(self) -> str:
        """The condition as it stands in the draft, in words."""
        return "" if self.kept is None else saying.condition_text(self.kept, self.document)

    def condition(self) -> Condition | None:
        """What the form says."""
        if self.is_complex:
            return None if self.condition_dropped.data else self.kept
        tests = tuple(self._test(row) for row in self._begun_tests())
        if len(tests) < 2:
            return tests[0] if tests else None
        return tree.AnyOf(of=tests) if self.join.data == "any" else tree.All(of=tests)

    def validate_tests(self, field: FieldList) -> None:
        """Every row that was begun names a test that there is, with a figure where it needs one."""
        if len(field.entries) > MOST_ROWS:
            raise ValidationError(_("At most %(limit)s conditions.", limit=MOST_ROWS))
        known = {name for names in self._offers().values() for name, _words in names}
        known |= {name_of(test) for test in _tests(self.kept)}
        for row in self._begun_tests():
            if row.test.data not in known:
                row.test.errors = [_("Choose one of the answers before this question.")]
            elif _needs_figure(row.test.data):
                self._check_figure(row)
        if any(row.test.errors or row.figure.errors for row in self._begun_tests()):
            raise ValidationError("")

    def _check_figure(self, row: Any) -> None:
        try:
            self._figure(row)
        except ValueError as error:
            row.figure.errors = [str(error)]

    def _begun_tests(self) -> list[Any]:
        return [entry.form for entry in self.tests.entries if entry.form.test.data]

    def _test(self, row: Any) -> AnyTest:
        question, name, word = row.test.data.split(":", 2)
        if name in BY_FIGURE:
            return BY_FIGURE[name](question=question, measure=self._figure(row))
        return (
            BY_WORD[name](question=question, answer=word)
            if name in BY_WORD
            else BY_ITSELF[name](question=question)
        )

    def _figure(self, row: Any) -> Decimal:
        """The figure of a row, typed as the answer to its question is."""
        question = row.test.data.partition(":")[0]
        typed = trimmed(row.figure.data) or ""
        if not typed:
            raise ValueError(_("Say how much."))
        is_duration = isinstance(self.document.question(question), tree.Duration)
        return seconds_of(typed) if is_duration else number_of(typed)

    def _offers(self) -> Choices:
        offers = {}
        asked = [one.key for one in self.document.questions() if not isinstance(one, tree.Instruction)]
        for question in (one for one in self.before if not one.due_days):
            names = [(name, _in_words(name, question, self.document)) for name in names_of(question)]
            if names:
                words = wording(question.text, self.document) or question.key
                label = f"{asked.index(question.key) + 1} · {_short(words)}"
                offers[label] = names
        return offers

    def _impossible(self, name: str | None, choices: Choices) -> Choices:
        """A test that stands in the draft and can hold no more: it stays until somebody takes it away."""
        if not name or any(name == each for names in choices.values() for each, _words in names):
            return {}
        words = [saying.test_text(test, self.document) for test in _tests(self.kept) if name_of(test) == name]
        return {_("Not possible any more"): [(name, _short(words[0]) if words else name)]}


def names_of(question: AnyQuestion) -> Iterator[str]:
    """The names of the tests that can be made on the answer to `question`."""
    if isinstance(question, tree.YesNo):
        yield from (f"{question.key}:is:{word}" for word in ("yes", "no"))
    if isinstance(question, tree.SingleChoice):
        for name in ("is", "is_not"):
            yield from (f"{question.key}:{name}:{option.key}" for option in question.options)
    if isinstance(question, tree.SeveralChoices):
        yield from (f"{question.key}:chosen:{option.key}" for option in question.options)
    if isinstance(question, tree.Rating):
        scale = range(question.lo, question.hi + 1)
        yield from (f"{question.key}:is:{value}" for value in scale)
    if isinstance(question, tree.Rating | tree.Measured):
        yield from (f"{question.key}:{name}:" for name in BY_FIGURE)
    if not isinstance(question, tree.Instruction | tree.Photo | tree.Signature):
        yield f"{question.key}:answered:"
    if can_be_na(question):
        yield f"{question.key}:na:"


def name_of(test: AnyTest) -> str:
    """The name of a test; of a figure that is typed it says only that there is one."""
    if isinstance(test, tree.AtLeast | tree.AtMost):
        return f"{test.question}:{test.test}:"
    return f"{test.question}:{test.test}:{getattr(test, 'answer', '')}"


def is_plain(condition: Condition) -> bool:
    """Whether rows can show the condition: tests that the form knows, joined by all or by any."""
    parts = condition.of if isinstance(condition, tree.All | tree.AnyOf) else (condition,)
    return len(parts) <= MOST_ROWS and all(
        not isinstance(part, tree.All | tree.AnyOf | tree.Not | tree.OneOf) for part in parts
    )


def _tests(condition: Condition | None) -> tuple[AnyTest, ...]:
    if condition is None or not is_plain(condition):
        return ()
    return condition.of if isinstance(condition, tree.All | tree.AnyOf) else (condition,)  # type: ignore[return-value]


def _needs_figure(name: str) -> bool:
    return name.split(":")[1] in BY_FIGURE


def _figure_text(test: AnyTest) -> str:
    return as_text(test.measure) if isinstance(test, tree.AtLeast | tree.AtMost) else ""


def _in_words(name: str, question: AnyQuestion, document: Document) -> str:
    """What a test says, with the beginning of its question."""
    about = _short(wording(question.text, document) or question.key, LONGEST_QUESTION)
    return _("“%(question)s” %(says)s", question=about, says=_says(name, question, document))


def _says(name: str, question: AnyQuestion, document: Document) -> str:
    _key, test, word = name.split(":", 2)
    said = saying.word_text(word, question, document)
    match test:
        case "is":
            return _("is %(answer)s", answer=said)
        case "is_not":
            return _("is not %(answer)s", answer=said)
        case "chosen":
            return _("includes %(answer)s", answer=said)
        case "at_least":
            return _("is at least …")
        case "at_most":
            return _("is at most …")
        case "answered":
            return _("was answered")
        case _other:
            return _("was not applicable")


def _short(words: str, longest: int = LONGEST_WORDS) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
