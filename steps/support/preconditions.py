"""Preconditions that are only data, each made by one control instead of by forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from httpx import Client, QueryParams

from checkout_conformance.drivers.http.cookies import PlaywrightCookie
from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.control_client import (
    BATCHES,
    Call,
    CallAnswer,
    ControlClient,
    ControlsError,
)
from checkout_conformance.targets.target import Target

from ..data import data
from .amounts import NamedAmount
from .cookies import cookies_of
from .published_cards import PaymentCard

# What leaves something behind, or may cost: a team's site has that checked on its pages.
MAKING = frozenset({"carts", "checkouts", "orders", "linked cards", "begun payments"})


@dataclass(frozen=True)
class PlacedOrder:
    """An order by its id, and the path of its page in the shop.

    ``invoice`` is its id in the wallet, None if it is not issued yet.
    """

    uid: str
    state: str
    invoice: str | None
    path: str


@dataclass(frozen=True)
class BegunPayment:
    """A payment by its id, and the path of the wallet's page where it goes on."""

    uid: str
    path: str


class Preconditions(ControlClient):
    """The controls that do what a buyer's forms do, under the same rules.

    Each method skips the scenario if the target lacks its capability, and raises ControlsError
    with the site's code if a rule refuses. Ask :meth:`offers` first, and use the forms instead.
    """

    def __init__(self, target: Target, client: Client | None = None) -> None:
        super().__init__(target, client)
        # The cookies of accounts whose session began with them, by site and phone.
        self.begun_sessions: dict[tuple[str, str], list[PlaywrightCookie]] = {}

    def offers(self, capability: str, site: str) -> bool:
        """Whether the site has test controls that may be used, and does not lack a capability."""
        return (
            site in self.target.urls
            and site in self.target.control_tokens
            and capability not in self.target.lacks
            and not (capability in MAKING and self._is_watched(site))
        )

    def sign_in(self, site: str, phone: str) -> list[PlaywrightCookie]:
        """Sign a person in on a site; return the cookies for the browser.

        The first session of an account that was opened a moment ago began with the account.
        """
        self.target.require("sessions")
        if begun := self.begun_sessions.pop((site, phone), None):
            return begun
        [answer] = self.call_all(site, [_sign_in(phone)])
        return cookies_of(answer.cookies, self.target.url(site))

    def open_account(self, site: str, path: str, **person: object) -> None:
        """Open an account, and begin its first session with the same request."""
        calls = [Call("POST", path, person)]
        if self._begins_sessions(site):
            calls.append(_sign_in(str(person["phone"])))
        _, *sessions = self.call_all(site, calls)
        for answer in sessions:
            cookies = cookies_of(answer.cookies, self.target.url(site))
            self.begun_sessions[site, str(person["phone"])] = cookies

    def _begins_sessions(self, site: str) -> bool:
        taken = BATCHES not in self.target.lacks and not self.target.on_screen
        return taken and self.offers("sessions", site)

    def fill_cart(self, phone: str, products: Mapping[str, int]) -> None:
        """Put products (slugs or English names) into a customer's cart, each with its quantity."""
        self._make("carts", "shop", "/_control/carts", phone=phone, products=_wanted(products))

    def start_checkout(self, phone: str, products: Mapping[str, int]) -> str:
        """Start a checkout with products; return the path of its page in the shop."""
        wanted = _wanted(products)
        told = self._make("checkouts", "shop", "/_control/checkouts", phone=phone, products=wanted)
        path: str = told["path"]
        return path

    def start_checkout_by_card(self, phone: str, products: Mapping[str, int]) -> str:
        """Start a checkout with products and give its address: the one used last, if any.

        Return the path of the form for a new card on a phone.
        """
        wanted = _wanted(products)
        path = "/_control/checkouts"
        told = self._make("checkouts", "shop", path, phone=phone, products=wanted, address={})
        card_form: str = told["card_form"]
        return card_form

    def place_order(
        self, phone: str, products: Mapping[str, int], address: Mapping[str, str] | None = None
    ) -> PlacedOrder:
        """Order products, to be paid with the wallet; the invoice is issued at once.

        ``address`` has fields of the delivery address: recipient, phone, city, street,
        postal_code. Those it leaves out are as the checkout proposes them, else made up.
        """
        [order] = self.place_orders(phone, [products], [address or {}])
        return order

    def place_orders(
        self,
        phone: str,
        orders: Sequence[Mapping[str, int]],
        addresses: Sequence[Mapping[str, str]] = (),
    ) -> list[PlacedOrder]:
        """Place several orders, one after the other; see :meth:`place_order`."""
        addresses = addresses or [{}] * len(orders)
        calls = [
            Call(
                "POST",
                "/_control/orders",
                {
                    "phone": phone,
                    "products": _wanted(products),
                    "payment": "wallet",
                    "address": dict(address),
                },
            )
            for products, address in zip(orders, addresses, strict=True)
        ]
        answers = self._make_all("orders", "shop", calls)
        return [
            PlacedOrder(told["uid"], told["state"], told["invoice"], told["path"])
            for told in (answer.told for answer in answers)
        ]

    def link_card(
        self,
        site: str,
        phone: str,
        card: PaymentCard,
        holder: str,
        products: Mapping[str, int] | None = None,
    ) -> str | None:
        """Link a card on the shop or in the vault; return its token, None if it is not known.

        The shop links none while the cart is empty: ``products`` are put there first.
        """
        call = _linking(phone, card, holder, products)
        token: str | None = self._make_all("linked cards", site, [call])[0].told["card_token"]
        return token

    def link_cards_in_shop(
        self, phone: str, cards: Sequence[PaymentCard], holder: str, products: Mapping[str, int]
    ) -> None:
        """Link cards, one after the other, with ``products`` in the cart, and empty the cart."""
        self.target.require("carts")
        calls = [_linking(phone, cards[0], holder, products)]
        calls += [_linking(phone, card, holder, None) for card in cards[1:]]
        calls.append(Call("DELETE", f"/_control/carts?{QueryParams(phone=phone)}"))
        self._make_all("linked cards", "shop", calls)

    def link_cards_in_vault(self, phone: str, cards: Sequence[PaymentCard], holder: str) -> None:
        """Link cards, one after the other."""
        calls = [_linking(phone, card, holder, None) for card in cards]
        self._make_all("linked cards", "vault", calls)

    def begin_payment(
        self,
        phone: str,
        payee: str,
        account: str,
        amount: NamedAmount,
        state: Literal["checked", "code sent"],
    ) -> BegunPayment:
        """Begin a payment to a payee (slug or English name).

        It is ``checked`` up to the check page, or its ``code sent``, up to the page that asks
        for the code.
        """
        return self._begin(
            "/_control/payments",
            phone=phone,
            payee=data().name_of(payee),
            account=account,
            amount=amount.typed,
            currency=amount.currency,
            state=state,
        )

    def begin_paying_invoice(
        self, phone: str, invoice: str, success_url: str | None = None
    ) -> BegunPayment:
        """Begin to pay an invoice from the wallet's balance: the code is sent.

        After paying the buyer returns to ``success_url``, an address of the shop.
        """
        path = f"/_control/invoices/{invoice}/code"
        return self._begin(path, phone=phone, success_url=success_url)

    def unpaid_invoices(self, phone: str, amount: NamedAmount) -> list[str]:
        """The ids of a buyer's invoices for an amount that wait to be paid."""
        self.target.require("begun payments")
        wanted = (amount.minor, amount.currency, "WAITING")
        return [
            str(one["uid"])
            for one in self.get("wallet", "/_control/invoices", phone=phone)
            if (one["amount_minor"], one["currency"], one["status"]) == wanted
        ]

    def confirm_payment(self, phone: str, payment: BegunPayment, code: str) -> BegunPayment:
        """Confirm a payment with its code, as on the page that asks for it."""
        path = f"/_control/payments/{payment.uid}/code"
        return self._begin(path, phone=phone, code=hide(code))

    def _begin(self, path: str, **body: object) -> BegunPayment:
        told = self._make("begun payments", "wallet", path, **body)
        return BegunPayment(told["uid"], told["path"])

    def _make(self, capability: str, site: str, path: str, **body: object) -> Any:
        [answer] = self._make_all(capability, site, [Call("POST", path, body)])
        return answer.told

    def _make_all(self, capability: str, site: str, calls: Sequence[Call]) -> list[CallAnswer]:
        self.target.require(capability)
        if self._is_watched(site):
            raise ControlsError(
                f"the {site} is not ours: what is done there is checked on its pages,"
                f" so walk its forms instead of POST {calls[0].path}"
            )
        return self.call_all(site, calls)

    def _is_watched(self, site: str) -> bool:
        guard = self.target.press_guard
        return guard is not None and guard.watches(self.target.url(site))


def _sign_in(phone: str) -> Call:
    return Call("POST", "/_control/sessions", {"phone": phone})


def _linking(
    phone: str, card: PaymentCard, holder: str, products: Mapping[str, int] | None
) -> Call:
    values: dict[str, object] = {
        "phone": phone,
        "number": hide(card.number),
        "holder": holder,
        "expiry": card.expiry,
        "security_code": hide(card.security_code),
    }
    if products is not None:
        values["products"] = _wanted(products)
    return Call("POST", "/_control/cards", values)


def _wanted(products: Mapping[str, int]) -> list[dict[str, object]]:
    called = data().name_of
    return [{"product": called(name), "quantity": quantity} for name, quantity in products.items()]
