"""The form of a condition: tests on what is asked before, of which all, one or none must hold, and groups of such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import ValidationError as Misfit
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from evaluations.designing.depending import impossible
from evaluations.designing.outline import numbers
from evaluations.designing.problems import Problem
from evaluations.document import tree
from evaluations.document.numbers import as_text
from evaluations.document.tree import AnyQuestion, AnyTest, Condition, Document
from evaluations.document.tree.condition import DEEPEST, MOST_TESTS, depth_of, leaves_of
from shopper import saying
from shopper.admin.forms.checklists import testing
from shopper.admin.forms.checklists.composing import JOINS, Composition, Group, composed, condition_of
from shopper.admin.forms.checklists.fields import TicksField, offered
from shopper.admin.forms.checklists.measures import number_of, seconds_as_typed, seconds_of
from shopper.admin.forms.checklists.rows import INSIDE
from shopper.filters import wording
from shopper.forms import Form, trimmed
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.wordings.designing import problem_words

MOST_ROWS = 2 * MOST_TESTS
"""Each test, and a heading for each group."""
LONGEST_WORDS = 90
OF_ALL = offered(
    ("all", lazy("all of these hold")),
    ("any", lazy("at least one of these holds")),
    ("none", lazy("none of these holds")),
)
OF_GROUP = offered(
    ("all", lazy("All of these hold:")),
    ("any", lazy("At least one of these holds:")),
    ("none", lazy("None of these holds:")),
)


class Unfit(ValueError):
    """What a row says is no test yet: why, and at which of its boxes."""

    def __init__(self, box: str, why: str) -> None:
        super().__init__(why)
        self.box, self.why = box, why


class TestRow(PlainForm):
    """A test on the answer to a question; or, with a `join`, the heading of a group that the rows `inside` follow."""

    __test__ = False  # for pytest, which takes classes called so for tests

    inside = HiddenField(default="")
    join = SelectField(lazy("Of this group"), choices=OF_GROUP, default="", validate_choice=False)
    question = SelectField(lazy("Earlier question"), choices=[], default="", validate_choice=False)
    test = SelectField(lazy("Comparison"), choices=[], default="", validate_choice=False)
    answer = SelectField(lazy("Answer"), choices=[], default="", validate_choice=False)
    answers = TicksField(lazy("Answers"), choices=[], validate_choice=False)
    figure = StringField(lazy("Figure"), render_kw={"inputmode": "decimal"})

    @property
    def needs(self) -> str:
        """The name of the box that its comparison needs; empty where it needs none."""
        name = self.test.data
        if name in testing.BY_WORD:
            return "answer"
        if name in testing.BY_FIGURE:
            return "figure"
        return "answers" if name == testing.BY_WORDS else ""


@dataclass
class Part:
    """A row by its place in the form, and the rows of its group if it heads one."""

    place: int
    row: Any
    inside: list[Part] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """Whether it heads a group."""
        return self.row.join.data in JOINS


class ConditionalForm(Form):
    """The part of a form that says when a question or a touchpoint is shown. Give it the checklist with `look`."""

    join = SelectField(lazy("Shown only if"), choices=OF_ALL, default="all")
    tests = FieldList(FormField(TestRow), min_entries=0, max_entries=MOST_ROWS + 1)
    condition_dropped = BooleanField(lazy("Take this condition away"))

    document: Document = Document()
    before: Sequence[AnyQuestion] = ()
    something_stands_before = False
    """Whether anything is asked before at all, which may have no answer that can be depended on."""
    kept: Condition | None = None
    """The condition as it stands in the draft."""

    def process(self, formdata: Any = None, *args: Any, **values: Any) -> None:
        """Rows that were sent are taken as they are: boxes that a row lacks are not filled from the draft's."""
        sent = self.meta.wrap_formdata(self, formdata)
        if sent:
            values.pop("tests", None)
        super().process(sent, *args, **values)

    @classmethod
    def filled(cls, thing: Any) -> dict[str, Any]:
        """The boxes' values for a question or touchpoint."""
        composition = composed(thing.show_if) if thing.show_if is not None else None
        if composition is None:
            return {}
        return {"join": composition.join, "tests": list(_rows_of(composition))}

    def look(self, document: Document, before: Sequence[AnyQuestion], kept: Condition | None) -> None:
        """Offer the questions `before`, where the draft has the condition `kept`."""
        self.document, self.kept = document, kept
        self.something_stands_before = any(one.kind is not tree.Kind.INSTRUCTION for one in before)
        self.before = [one for one in before if not one.due_days and testing.fitting(one)]

    @property
    def is_complex(self) -> bool:
        """Whether the condition is nested more deeply than rows can show."""
        return self.kept is not None and composed(self.kept) is None

    @property
    def kept_words(self) -> str:
        """The condition as it stands in the draft, in words."""
        return "" if self.kept is None else saying.condition_text(self.kept, self.document)

    @property
    def says(self) -> str:
        """What the rows say, in words; empty as long as one of them is not finished, or while they are too many."""
        try:
            condition = self.condition()
        except (Unfit, Misfit):
            return ""
        return "" if condition is None else saying.condition_text(condition, self.document)

    @property
    def parts(self) -> list[Part]:
        """The rows, those of a group within it, each with what it has to offer."""
        parts, questions = self._parts(), list(self._questions())
        for part in parts:
            for each in part.inside if part.is_group else [part]:
                self._dress(each.row, questions)
        return parts

    def condition(self) -> Condition | None:
        """What the form says; the draft's own where it says the same."""
        if self.is_complex:
            return None if self.condition_dropped.data else self.kept
        made = condition_of(self._composition())
        kept = composed(self.kept) if self.kept is not None else None
        return self.kept if kept is not None and condition_of(kept) == made else made

    def validate_tests(self, _field: FieldList) -> None:
        """Every row that was begun names a test that can hold."""
        begun = [row for row in self._test_rows() if row.question.data]
        if len(begun) > MOST_TESTS:
            raise ValidationError(_("At most %(limit)s conditions.", limit=MOST_TESTS))
        is_sound = True
        for row in begun:
            try:
                self._test(row)
            except Unfit as unfit:
                row[unfit.box].errors, is_sound = [unfit.why], False
        if not is_sound:
            raise ValidationError("")
        condition = self.condition()
        if condition is not self.kept and condition is not None and depth_of(condition) > DEEPEST:
            raise ValidationError(
                _("“None of these” cannot stand within “none of these”. Choose otherwise for the group.")
            )

    def _parts(self) -> list[Part]:
        parts: list[Part] = []
        for place, row in enumerate(self._test_rows()):
            part = Part(place, row)
            if row.inside.data == INSIDE and not part.is_group and parts and parts[-1].is_group:
                parts[-1].inside.append(part)
            else:
                parts.append(part)
        return parts

    def _test_rows(self) -> Iterator[Any]:
        return (entry.form for entry in self.tests.entries)

    def _composition(self) -> Composition:
        parts: list[AnyTest | Group] = []
        for part in self._parts():
            if part.is_group:
                begun = [each.row for each in part.inside if each.row.question.data]
                parts.append(Group(part.row.join.data, tuple(self._test(row) for row in begun)))
            elif part.row.question.data:
                parts.append(self._test(part.row))
        return Composition(self.join.data if self.join.data in JOINS else "all", tuple(parts))

    def _test(self, row: Any) -> AnyTest:
        """The test of a row, or `Unfit`."""
        on = self.document.question(row.question.data)
        is_before = on is not None and any(one.key == on.key for one in self.before)
        if not is_before and not self._kept_on(row.question.data):
            raise Unfit("question", _("Choose a question that is asked before."))
        test = self._named(row, on)
        if test in self._kept_on(row.question.data):
            return test
        if on is None or not is_before:
            raise Unfit("question", _("Choose a question that is asked before."))
        if test.test not in testing.fitting(on):
            raise Unfit("test", _("Choose a comparison that fits the question."))
        if set(testing.named_answers(test)) - set(testing.answers_to(on)):
            raise Unfit(row.needs, _("Choose an answer to this question."))
        if fault := impossible(test, on):
            code, values = fault
            raise Unfit(row.needs or "test", problem_words(Problem(code, values={"on": on.text} | values)))
        return test

    def _named(self, row: Any, on: AnyQuestion | None) -> AnyTest:
        key, name = row.question.data, row.test.data or ""
        try:
            if name in testing.BY_WORD and not row.answer.data:
                raise Unfit("answer", _("Choose an answer."))
            if name in testing.BY_WORD:
                return testing.BY_WORD[name](question=key, answer=row.answer.data)
            if name == testing.BY_WORDS and not row.answers.data:
                raise Unfit("answers", _("Tick at least one answer."))
            if name == testing.BY_WORDS:
                return tree.OneOf(question=key, answers=tuple(row.answers.data))
            if name in testing.BY_FIGURE:
                return testing.BY_FIGURE[name](question=key, measure=_figure(row, on))
            if name in testing.BY_ITSELF:
                return testing.BY_ITSELF[name](question=key)
        except Misfit as misfit:
            raise Unfit(row.needs or "test", _("Choose an answer to this question.")) from misfit
        raise Unfit("test", _("Choose a comparison."))

    def _kept_on(self, key: str | None) -> list[AnyTest]:
        """The tests on a question as they stand in the draft: they stay until somebody takes them away."""
        return (
            [test for test in leaves_of(self.kept) if test.question == key] if self.kept is not None else []
        )

    def _dress(self, row: Any, questions: list[SelectChoice]) -> None:
        """Give a row what it has to offer: questions, and the comparisons and answers that fit the one chosen."""
        chosen = row.question.data or ""
        on, kept = self.document.question(chosen), self._kept_on(chosen)
        row.question.choices = [*questions, *self._vanished(chosen)]
        names = list(dict.fromkeys([*(testing.fitting(on) if on else ()), *(test.test for test in kept)]))
        row.test.choices = [SelectChoice(name, testing.name_words(name, on)) for name in names]
        if names and row.test.data not in names:
            row.test.data = names[0]
        named = [answer for test in kept for answer in testing.named_answers(test)]
        answers = list(dict.fromkeys([*(testing.answers_to(on) if on else ()), *named]))
        words = [SelectChoice(answer, self._answer_words(answer, on)) for answer in answers]
        row.answer.choices = [SelectChoice("", _("Choose an answer")), *words]
        row.answers.choices = words
        row.answers.data = [answer for answer in row.answers.data or () if answer in answers]
        if isinstance(on, tree.Duration) and row.figure.data and not row.figure.raw_data:
            row.figure.data = seconds_as_typed(seconds_of(row.figure.data))

    def _questions(self) -> Iterator[SelectChoice]:
        """The questions to choose from, by touchpoint, with their numbers."""
        yield SelectChoice("", _("Choose a question"))
        numbered = numbers(self.document)
        keys = {one.key for one in self.before}
        for touchpoint in self.document.touchpoints:
            group = wording(touchpoint.name, self.document) or _("No name yet")
            for one in touchpoint.questions:
                if one.key in keys:
                    yield SelectChoice(one.key, f"{numbered[one.key]} · {self._short(one)}", optgroup=group)

    def _vanished(self, chosen: str) -> Iterator[SelectChoice]:
        """A question that can be looked at no more, as long as it is chosen."""
        if self._kept_on(chosen) and all(one.key != chosen for one in self.before):
            on = self.document.question(chosen)
            yield SelectChoice(chosen, self._short(on) if on else chosen, optgroup=_("Not possible any more"))

    def _answer_words(self, answer: str, on: AnyQuestion | None) -> str:
        """An answer without the quotation marks that set it apart within a sentence."""
        return saying.word_text(answer, on, self.document).strip("“”«»") if on else answer

    def _short(self, question: AnyQuestion) -> str:
        words = wording(question.text, self.document) or question.key
        return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1].rstrip()}…"


def _rows_of(composition: Composition) -> Iterator[dict[str, Any]]:
    for part in composition.parts:
        if isinstance(part, Group):
            yield {"join": part.join}
            yield from (_row_of(test) | {"inside": INSIDE} for test in part.tests)
        else:
            yield _row_of(part)


def _row_of(test: AnyTest) -> dict[str, Any]:
    row: dict[str, Any] = {"question": test.question, "test": test.test}
    if isinstance(test, tree.OneOf):
        return row | {"answers": list(test.answers)}
    if isinstance(test, tree.AtLeast | tree.AtMost):
        return row | {"figure": as_text(test.measure)}
    return row | {"answer": getattr(test, "answer", "")}


def _figure(row: Any, on: AnyQuestion | None) -> Decimal:
    """The figure of a row, typed as the answer to its question is."""
    typed = trimmed(row.figure.data) or ""
    if not typed:
        raise Unfit("figure", _("Say how much."))
    try:
        return seconds_of(typed) if isinstance(on, tree.Duration) else number_of(typed)
    except ValueError as error:
        raise Unfit("figure", str(error)) from error
