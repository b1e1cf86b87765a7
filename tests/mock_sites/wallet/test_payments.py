"""Paying on the wallet's own site, by its pages but without a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.visitor import TOKEN
from tests.support.wallet_fixture import ERROR, WalletFixture, WalletVisitor


@pytest.mark.parametrize(
    ("account", "amount", "errors"),
    [
        ("", "", ["Fill in this field.", "Enter the amount."]),
        ("ab", "0", ["Invalid value.", "Enter an amount greater than zero."]),
        ("x" * 65, "-5", ["no more than 64 characters", "Enter an amount greater than zero."]),
        ("ok_name", "0.005", ["no more than 2 decimal places"]),
        ("ok_name", "1,000.00", ["This amount is ambiguous."]),
        ("ok_name", "10.005", ["This amount is ambiguous."]),
        ("ok_name", "ten", ["in digits only"]),
        ("ok_name", "1e3", ["in digits only"]),
        ("ok_name", "NaN", ["in digits only"]),
        ("ok_name", "1" * 400, ["in digits only"]),
        ("ok_name", "1.2.3", ["in digits only"]),
        ("ok_name", "9.99", ["The minimum amount is RUB 10.00."]),
        ("ok_name", "15000.01", ["The maximum amount is RUB 15,000.00."]),
        ("ok_name", "10000.01", ["Your balance is RUB 10,000.00."]),
    ],
)
def test_a_form_that_is_wrong_says_so_beside_each_field_and_keeps_what_was_typed(
    fixture: WalletFixture, buyer: WalletVisitor, account: str, amount: str, errors: list[str]
) -> None:
    answer = buyer.send("/pay/to/steam", account=account, amount=amount)

    said = [" ".join(error.split()) for error in ERROR.findall(answer.text)]
    assert len(said) == len(errors)
    assert all(error in line for error, line in zip(errors, said, strict=True))
    assert f'value="{account}"' in answer.text
    assert f'value="{amount}"' in answer.text
    assert fixture.rows("SELECT count(*) FROM payments") == [(0,)]


@pytest.mark.parametrize("amount", ["150,5", "١٥٠٫٥٠", "۱۵۰.۵", " 150.50 "])
def test_an_amount_is_understood_as_people_write_it(
    fixture: WalletFixture, buyer: WalletVisitor, amount: str
) -> None:
    buyer.enter(amount)

    assert fixture.rows("SELECT amount FROM payments") == [(15_050,)]


def test_markup_that_is_typed_is_shown_as_it_was_typed(buyer: WalletVisitor) -> None:
    answer = buyer.send("/pay/to/steam", account="<b>x</b>", amount="<i>1</i>")

    assert "<b>x</b>" not in answer.text
    assert "&lt;b&gt;x&lt;/b&gt;" in answer.text


def test_no_money_moves_before_the_code(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    buyer.be_sent_code()

    assert buyer.balance() == "RUB 10,000.00"
    assert fixture.rows("SELECT count(*) FROM movements WHERE key NOT LIKE 'funding:%'") == [(0,)]


def test_the_right_code_pays_what_was_entered(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    path = buyer.be_sent_code("150.50")

    receipt = buyer.send(path, code=fixture.outside.codes[-1], amount="1.00")

    assert receipt.request.path.endswith("/receipt")
    assert "RUB\N{NO-BREAK SPACE}150.50" in receipt.text
    assert buyer.balance() == "RUB 9,849.50"
    assert fixture.discrepancies() == []


def test_confirm_on_the_check_page_pressed_twice_sends_one_code(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.enter()
    key = TOKEN.search(buyer.open(path).text)
    assert key
    for _ in range(2):
        buyer.client.post(path, data={"csrf_token": key[1]})

    assert len(fixture.outside.codes) == 1


def test_a_phone_that_takes_no_message_costs_nothing_but_a_new_code(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    fixture.outside.phone_answers = 500
    path = buyer.enter()
    told = buyer.send(path)
    fixture.outside.phone_answers = 201
    fixture.clock.advance(timedelta(seconds=30))
    code_page = told.request.path
    buyer.send(code_page.replace("/code", "/new-code"), page=code_page)

    receipt = buyer.send(code_page, code=fixture.outside.codes[-1])

    assert "could not be sent" in told.text
    assert receipt.request.path.endswith("/receipt")


@pytest.mark.parametrize("page", ["check", "code", "receipt", "ended"])
def test_another_buyers_payment_is_not_there(
    fixture: WalletFixture, buyer: WalletVisitor, page: str
) -> None:
    path = buyer.enter().replace("check", page)

    assert fixture.buyer(1).open(path).status_code == 404


@pytest.mark.parametrize("page", ["code", "receipt", "ended"])
def test_a_step_that_is_skipped_leads_back_to_the_check(buyer: WalletVisitor, page: str) -> None:
    path = buyer.enter()

    assert buyer.open(path.replace("check", page)).request.path == path


def test_a_code_sent_before_the_check_is_confirmed_pays_nothing(buyer: WalletVisitor) -> None:
    path = buyer.enter()

    answer = buyer.send(path.replace("check", "code"), page=path, code="123456")

    assert answer.request.path == path
    assert buyer.balance() == "RUB 10,000.00"


def test_a_form_without_its_key_moves_nothing(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    path = buyer.be_sent_code()

    answer = buyer.client.post(path, data={"code": fixture.outside.codes[-1]})

    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert buyer.balance() == "RUB 10,000.00"


def test_who_is_not_signed_in_signs_in_and_goes_on_there(fixture: WalletFixture) -> None:
    visitor, person = fixture.stranger(), fixture.stack.keys.people[0]
    asked = visitor.open("/pay/to/city-water")

    answer = visitor.send(
        f"{asked.request.path}?{asked.request.query_string.decode()}",
        phone=person.phone,
        password=person.password,
    )

    assert asked.request.path == "/sign-in"
    assert answer.request.path == "/pay/to/city-water"


@pytest.mark.parametrize("leads", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(fixture: WalletFixture, leads: str) -> None:
    visitor, person = fixture.stranger(), fixture.stack.keys.people[0]

    answer = visitor.send(f"/sign-in?next={leads}", phone=person.phone, password=person.password)

    assert answer.request.host == "localhost"
    assert answer.request.path == "/"


def test_every_payee_can_be_paid(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    examples = {
        "dragon-realm": "anna@example.org",
        "tank-arena": "1234567",
        "star-harbour": "Ёжик-7",
        "circle": "70012345",
        "chatterbox": "anna.p",
        "steam": "night_owl_42",
        "traffic-fines": "18810177261121000042",
        "parking-fines": "03557110261121000042",
        "court-fees": "12345/26",
        "city-water": "40028371",
        "power-and-light": "4002837155",
        "district-gas": "DG123456",
        "north-mobile": "9161234567",
        "volga-telecom": "+79161234567",
        "polar-connect": "89161234567",
        "reading-room": "RR1234567",
        "evening-cinema": "A1B2C3",
        "transit-card": "0123456789",
    }
    categories = buyer.open("/pay").text
    paid = 0
    for slug, account in examples.items():
        fixture.clock.advance(timedelta(minutes=1))
        answer = buyer.send(f"/pay/to/{slug}", account=account, amount="100")
        assert answer.request.path.endswith("/check"), (slug, ERROR.findall(answer.text))
        code_page = buyer.send(answer.request.path).request.path
        assert buyer.send(code_page, code=fixture.outside.codes[-1]).request.path.endswith(
            "/receipt"
        )
        assert buyer.open(f"/logos/{slug}.svg").mimetype == "image/svg+xml"
        paid += 100

    assert categories.count('class="tiles"') == 1
    assert buyer.balance() == f"RUB {10_000 - paid:,}.00"
    assert fixture.discrepancies() == []
