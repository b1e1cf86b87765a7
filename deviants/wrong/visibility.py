"""What a buyer sees and should not: another's payment, invoice or card, a whole card number."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy import select
from wtforms.widgets import Input, PasswordInput

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web import sign_in
from mock_sites.shop.domain import cards as shop_cards
from mock_sites.shop.domain import checkout
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.store import CheckoutRow
from mock_sites.vault.domain import links
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.store import CardRow
from mock_sites.wallet.domain import payments
from mock_sites.wallet.domain.bills import Bills, Invoice
from mock_sites.wallet.domain.given_back import GivenBack
from mock_sites.wallet.store import BillRow, MerchantRow, PaymentRow


@deviant("W1.1", "wallet", "Signing in returns the buyer to the requested page")
def pay_is_open_to_strangers(site: Change) -> None:
    """The page of payable things does not ask who is there."""
    site.wrap(
        sign_in, "is_signed_in", lambda is_it: lambda: request.endpoint == "pay.index" or is_it()
    )


@deviant("W1.1", "wallet", "A wrong password is rejected")
def any_password_signs_in(site: Change) -> None:
    """Any password opens the account."""
    from mock_sites.shared.accounts import people

    site.rule(people, "check_password_hash", lambda kept, password: True)


@deviant("W1.5", "wallet", "Another buyer's payment is not shown")
def anothers_payment_is_shown(site: Change) -> None:
    """Anybody who knows the address of a payment sees it."""
    site.rule(payments, "own_payment", lambda session, buyer, uid: session.get_one(PaymentRow, uid))


@deviant("W2.2", "wallet", "Another buyer does not see the invoice")
def anothers_invoices_are_shown(site: Change) -> None:
    """Everybody sees everybody's invoices."""

    def recent(self: Bills, buyer: Any, limit: int = 20) -> list[Invoice]:
        rows = select(BillRow, MerchantRow.name).join(
            MerchantRow, MerchantRow.site_id == BillRow.site_id
        )
        with self.database.transaction() as session:
            found = session.execute(rows.limit(limit)).all()
            return [Invoice(bill, name, GivenBack(bill.money)) for bill, name in found]

    site.rule(Bills, "recent", recent)


@deviant("C2.6", "vault", "Another buyer's card is not offered")
def anothers_cards_are_listed(site: Change) -> None:
    """The shop is told of everybody's cards."""

    def of(self: Cards, phone: str) -> list[CardRow]:
        with self.upkeep.transaction() as session:
            return list(session.scalars(select(CardRow)))

    site.rule(Cards, "of", of)


@deviant("C1.5", "shop", "A saved card is linked")
def more_digits_are_shown(site: Change) -> None:
    """The shop shows as many digits of a card's number as there are."""

    def with_all(linked: Any) -> Any:
        def linked_with_all(customer_id: int, position: int, card: Any) -> Any:
            row = linked(customer_id, position, card)
            # The vault tells the first six and the last four: the others are made up.
            row.last_four = f"{card.masked_number[:6]} 000000 {row.last_four}"
            return row

        return linked_with_all

    site.wrap(shop_cards, "linked_card_row", with_all)


@deviant("C2.5", "vault", "Until the cent is returned the card is being checked")
def whole_number_is_shown_in_the_vault(site: Change) -> None:
    """The vault keeps and shows the whole number of a card."""
    site.rule(links, "LAST", 16)


@deviant(
    "C2.4", "vault", "An invalid value is rejected, and the other values are kept [Card number"
)
def security_code_is_sent_back(site: Change) -> None:
    """A refused form comes back with the security code in it."""
    site.rule(PasswordInput, "__call__", Input.__call__)
    site.page(
        "new_card.html",
        'value="", inputmode="numeric", autocomplete="cc-csc"',
        'value=form.security_code.data or "", autocomplete="cc-csc"',
    )


@deviant("C1.2", "shop", "The buyer cannot see another buyer's checkout")
def checkout_is_open_to_its_address(site: Change) -> None:
    """Anybody who knows the address of a checkout sees what is bought."""

    def anybodys(session: Any, _customer_id: int, uid: str) -> CheckoutRow:
        row: CheckoutRow = session.scalars(select(CheckoutRow).filter_by(uid=uid)).one()
        return row

    site.rule(checkout, "checkout_of", anybodys)


@deviant("W2.2", "shop", "The list of orders has only the buyer's own")
def everybodys_orders_are_listed(site: Change) -> None:
    """The list of orders has those of all buyers."""
    site.rule(Orders, "of_customer", lambda self, customer_id: self.all()[::-1])
