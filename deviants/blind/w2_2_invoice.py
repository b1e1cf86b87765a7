"""W2.2: the shop issues an invoice into the buyer's wallet, of the order that was confirmed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shop.clients.wallet import BillClient
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.addresses import Addresses
from mock_sites.shop.domain.bills import BillState, BillStatus
from mock_sites.shop.routes import current_shop
from mock_sites.shop.routes.checkout import page_of_order
from mock_sites.shop.store import CURRENCY, CheckoutRow, PaymentMethod
from mock_sites.wallet.domain.bills import Bills, NewBill
from mock_sites.wallet.store import BillRow, MerchantRow
from mock_sites.wallet.store import BillStatus as WalletStatus

PARTS = ("recipient", "phone", "city", "street", "postal_code")


@deviant("W2.2", "shop")
def three_pieces_are_billed_as_one(site: Change) -> None:
    """However many pieces of a product are ordered, one is billed."""
    pieces = property(lambda self: Money(sum(x.price_minor for x in self.lines), CURRENCY))
    site.rule(CheckoutRow, "total", pieces)


@deviant("W2.2", "shop")
def invoice_is_for_the_first_product(site: Change) -> None:
    """The invoice of an order of several products is for the first of them."""
    first = property(lambda self: Money(sum(x.total.minor for x in self.lines[:1]), CURRENCY))
    site.rule(CheckoutRow, "total", first)


@deviant("W2.2", "shop")
def phone_of_the_wallet_is_not_filled_in(site: Change) -> None:
    """The shop does not know the buyer's phone, so the wallet's number is needed by heart."""

    def without_phone(old: Any) -> Any:
        def draft(self: Addresses, customer: Any, checkout_uid: str) -> Any:
            found, fresh = old(self, customer, checkout_uid), not self.used(customer.id)
            untouched = not any((found.city, found.street, found.postal_code))
            return replace(found, phone="") if fresh and untouched else found

        return draft

    site.wrap(Addresses, "draft", without_phone)


@deviant("W2.2", "shop")
def second_invoice_names_nobody(site: Change) -> None:
    """A buyer's second invoice names no wallet, so it never gets into the buyer's account."""
    seen: dict[str, str] = {}

    def nameless(old: Any) -> Any:
        def put(self: BillClient, bill_id: str, body: Any) -> Any:
            first = seen.setdefault(body["customer"].get("phone", ""), bill_id)
            return old(self, bill_id, body if first == bill_id else {**body, "customer": {}})

        return put

    site.wrap(BillClient, "put", nameless)


@deviant("W2.2", "shop")
def invoice_goes_to_the_buyer_before(site: Change) -> None:
    """The invoice goes into the wallet of the buyer who has ordered before."""
    phones: list[str] = []
    sent: dict[str, str] = {}

    def late(old: Any) -> Any:
        def put(self: BillClient, bill_id: str, body: Any) -> Any:
            own = body["customer"]["phone"]
            to = sent.setdefault(bill_id, phones[-1] if phones else own)
            if own not in phones[-1:]:
                phones.append(own)
            return old(self, bill_id, {**body, "customer": {"phone": to}})

        return put

    site.wrap(BillClient, "put", late)


@deviant("W2.2", "wallet")
def equal_orders_share_an_invoice(site: Change) -> None:
    """A second order of the same amount gets no invoice of its own."""

    def shared(old: Any) -> Any:
        def issue(self: Bills, merchant: MerchantRow, wanted: NewBill) -> Any:
            same = select(BillRow).where(
                BillRow.phone == wanted.phone,
                BillRow.amount == wanted.money.minor,
                BillRow.status == WalletStatus.WAITING,
            )
            with self.database.reading() as session:
                found = session.scalars(same.limit(1)).first()
            return found if found is not None else old(self, merchant, wanted)

        return issue

    site.wrap(Bills, "issue", shared)


@deviant("W2.2", "shop")
def form_sent_again_orders_again(site: Change) -> None:
    """The checkout form sent a second time makes a second order with an invoice."""

    def again(old: Any) -> Any:
        def send(uid: str) -> Any:
            customer = signed_in_person()
            order = current_shop.checkouts.get(customer.id, uid).order
            if order is None or order.payment_method != PaymentMethod.QIWI_WALLET:
                return old(uid)
            for line in order.lines:
                current_shop.carts.add(customer.id, line.product_slug, line.quantity)
            slugs = [line.product_slug for line in order.lines]
            second = current_shop.checkouts.start(customer.id, slugs)
            address = Address(**{part: getattr(order, part) for part in PARTS})
            made = current_shop.buy(customer, second, address, order.payment_method)
            return redirect_after_post(page_of_order(made))

        return send

    site.route("checkout.send", again)


@deviant("W2.2", "shop")
def cancelled_order_leaves_its_invoice(site: Change) -> None:
    """An order that is cancelled in the shop leaves its invoice in the wallet, to be paid."""

    def pretended(old: Any) -> Any:
        def reject(self: BillClient, bill_id: str) -> Any:
            rejected = BillState(value=BillStatus.REJECTED)
            return self.read(bill_id).model_copy(update={"status": rejected})

        return reject

    site.wrap(BillClient, "reject", pretended)
