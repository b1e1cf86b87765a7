"""What a word of the vault means to the shop."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mock_sites.shop.domain.vault_messages import BuyerCards, HolderName, LinkingAnswer, Result

CARD = {
    "cardToken": "token-1",
    "maskedCardNo": "411111******1111",
    "brand": "Visa",
    "expiryMonth": 9,
    "expiryYear": 2040,
    "cardholderName": {"firstName": "ANNA", "lastName": "PETROVA"},
    "main": True,
    "status": "SUCCESS",
}
SUCCESS = {"resultCode": "SUCCESS", "resultStatus": "S"}


def result(code: str, status: str, **more: str) -> Result:
    return Result.model_validate({"resultCode": code, "resultStatus": status, **more})


@pytest.mark.parametrize(
    ("code", "status", "done", "unknown"),
    [
        ("SUCCESS", "S", True, False),
        ("CARD_DECLINED", "F", False, False),
        ("PROCESS_FAIL", "U", False, True),
        # Of an issuer that is down one knows that nothing is done.
        ("ISSUER_UNAVAILABLE", "U", False, False),
    ],
)
def test_a_result_is_a_yes_a_no_or_not_known(
    code: str, status: str, done: bool, unknown: bool
) -> None:
    assert (result(code, status).done, result(code, status).unknown) == (done, unknown)


@pytest.mark.parametrize(
    ("code", "field", "refusal", "beside"),
    [
        ("CARD_DECLINED", "", "card.declined", "card_number"),
        ("INVALID_SECURITY_CODE", "", "card.wrong-code", "security_code"),
        ("CARD_NOT_FOUND", "", "card.unknown", "card"),
        ("PARAM_ILLEGAL", "cardholderName", "card.refused", "card_holder"),
        ("PARAM_ILLEGAL", "expiry", "card.refused", "expiry"),
        ("PARAM_ILLEGAL", "cvv", "card.refused", "security_code"),
        ("PARAM_ILLEGAL", "merchantRegion", "card.refused", "card_number"),
        ("SOMETHING_NEW", "", "card.refused", "card_number"),
    ],
)
def test_a_no_is_said_beside_the_value_that_it_is_about(
    code: str, field: str, refusal: str, beside: str
) -> None:
    said = result(code, "F", field=field).refusal()

    assert (said.code, said.field) == (refusal, beside)


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"firstName": "ANNA", "lastName": "PETROVA"}, "ANNA PETROVA"),
        ({"lastName": "PETROVA"}, "PETROVA"),
        ({"firstName": "ANNA"}, "ANNA"),
        ({}, ""),
    ],
)
def test_a_holder_is_shown_by_the_names_that_there_are(names: dict[str, str], shown: str) -> None:
    assert str(HolderName.model_validate(names)) == shown


def test_a_request_has_a_token_once_a_card_has_come_of_it() -> None:
    waiting = LinkingAnswer.model_validate({"result": SUCCESS})
    detail = {"card": {"cardToken": "token-1"}}
    linked = LinkingAnswer.model_validate({"result": SUCCESS, "paymentMethodDetail": detail})

    assert (waiting.card_token, linked.card_token) == (None, "token-1")


def test_a_list_names_each_card_once() -> None:
    two = [CARD, CARD | {"cardToken": "token-2"}]

    assert len(BuyerCards.model_validate({"result": SUCCESS, "cards": two}).cards) == 2
    with pytest.raises(ValidationError):
        BuyerCards.model_validate({"result": SUCCESS, "cards": [CARD, CARD]})
