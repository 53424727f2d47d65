"""A page that was opened by one person sends nothing in the name of another."""

from __future__ import annotations

from evaluations.models import Evaluation
from tests.shopper.field.conftest import API, Line


def test_a_page_of_somebody_else_is_treated_as_signed_out(
    line: Line, another_line: Line, evaluation: Evaluation
):
    theirs = {"X-Shopper-Person": str(evaluation.shopper_id)}
    response = another_line.visitor.get(f"{API}/me/visits", headers=theirs)
    assert response.status_code == 401
    assert response.json["error"]["code"] == "signed_out"


def test_a_page_of_the_one_who_is_signed_in_is_answered(line: Line, evaluation: Evaluation):
    own = {"X-Shopper-Person": str(evaluation.shopper_id)}
    assert line.get("me/visits", **own).status_code == 200


def test_a_page_that_names_nobody_is_answered(line: Line):
    assert line.get("me/visits").status_code == 200
