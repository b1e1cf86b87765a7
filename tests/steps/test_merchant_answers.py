"""A statement or log that cannot be read is told as the site's deviation."""

from __future__ import annotations

import json

import pytest

from checkout_conformance.expectations import UnmetExpectation
from steps.support.merchant_answers import reading
from steps.support.notification_logs import read_log
from steps.support.statements import read_csv_lines, read_json


def test_what_can_be_read_is_read() -> None:
    with reading("the log"):
        assert read_log({"notifications": []}) == []


@pytest.mark.parametrize("facts", [{}, {"notifications": [{}]}, {"notifications": 7}, []])
def test_a_log_without_its_fields_is_the_sites_deviation(facts: object) -> None:
    with pytest.raises(UnmetExpectation, match="the log has the fields"), reading("the log"):
        read_log(json.loads(json.dumps(facts)))


@pytest.mark.parametrize("opening", [{}, {"minor": "secret"}, {"minor": float("inf")}, None])
def test_a_statement_without_its_fields_is_the_sites_deviation(opening: object) -> None:
    part = {"currency": "RUB", "lines": [], "opening": opening}
    with pytest.raises(UnmetExpectation) as raised, reading("the statement"):
        read_json({"currencies": [part]}, "RUB")
    assert "secret" not in str(raised.value)


def test_csv_without_its_columns_is_the_sites_deviation() -> None:
    with pytest.raises(UnmetExpectation, match="amount_minor"), reading("the statement"):
        read_csv_lines("record,bill_id,refund_id\r\npayment,1,\r\n")


def test_csv_with_a_field_of_no_end_is_the_sites_deviation() -> None:
    with pytest.raises(UnmetExpectation, match="a value"), reading("the statement"):
        read_csv_lines(f"record,bill_id\r\npayment,{'1' * 200_000}\r\n")
