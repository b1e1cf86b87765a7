"""Other codes, and other messages with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask_babel import gettext
from sqlalchemy.orm import Session

import mock_sites.wallet
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values import one_time_codes
from mock_sites.shared.web.web import money_words
from mock_sites.wallet.domain.codes import Codes, NewCode, newest_code
from mock_sites.wallet.store import PaymentRow

HINT = "Six digits, sent to your phone. The code is valid for five minutes."
NEW_CODE = """\
<form class="card actions" method="post" \
action="{{ url_for('payments.new_code', uid=payment.uid) }}">
  {{ forms.token() }}
  <p>{{ _("No message received?") }}
  {% if wait %}<span id="new-code-from">\
{{ _("A new code is available from %(time)s.", time=new_code_from | time_of_day) }}\
<noscript> {{ _("Reload the page then.") }}</noscript></span>{% endif %}</p>
  <button class="second small"{% if wait %} disabled aria-describedby="new-code-from"\
 data-opens-after="{{ wait }}"{% endif %}>{{ _("Send a new code") }}</button>
</form>
"""
Issue = Callable[[Codes, Session, PaymentRow, datetime], NewCode]


@twin("wallet", "W1.6", "W2.6")
def codes_have_four_digits(site: TwinChange) -> None:
    """A code has four digits."""
    site.rule(one_time_codes, "DIGITS", 4)
    site.page("code.html", HINT, HINT.replace("Six", "Four"))
    site.words({"code.not-six-digits": "Enter the four digits from the message."})


@twin("wallet", "W1.6", "W2.6")
def new_message_repeats_the_code(site: TwinChange) -> None:
    """A new message for the same payment repeats its code."""

    def repeating(issue: Issue) -> Issue:
        def same(self: Codes, session: Session, payment: PaymentRow, now: datetime) -> NewCode:
            number = issue(self, session, payment, now).number
            seed = int(self.digest(payment, "")[:12], 16)
            digits = f"{seed % 10**one_time_codes.DIGITS:0{one_time_codes.DIGITS}}"
            newest = newest_code(session, payment)
            assert newest is not None
            newest.digest = self.digest(payment, digits)
            return NewCode(digits, number)

        return same

    site.wrap(Codes, "issue", repeating)
    site.page("code.html", "{% if newest %}", "{% if false %}")


@twin("wallet", "W1.6", "W2.6")
def message_begins_with_the_amount(site: TwinChange) -> None:
    """The message names amount and payee first, then the code; it has no number."""

    def message(code: NewCode, payment: PaymentRow) -> str:
        what = f"{money_words(payment.money)}, {gettext(payment.payee_name)}"
        return f"{what}. Never tell anyone this code: {code.digits}"

    site.rule(mock_sites.wallet, "code_message", message)
    site.page("code.html", "{% if newest %}", "{% if false %}")


@twin("wallet", "W1.6", "W2.6")
def new_code_stands_in_the_form(site: TwinChange) -> None:
    """The button for a new code stands before the field, as a link-like button."""
    site.page("code.html", NEW_CODE)
    facts = "  {{ show.facts(payment) }}\n"
    site.page("code.html", facts, facts + NEW_CODE)
