"""Robot's keywords about buyers. A module, because Robot keeps one for all tests of a process."""

from benchmarks.peers import sites

SITES = sites.Sites()


def wallet_address() -> str:
    """The address of the wallet in a browser."""
    return SITES.wallet


def wallet_on_loopback() -> str:
    """The address of the wallet without a name to look up."""
    return SITES.wallet_on_loopback


def new_buyer() -> sites.Buyer:
    """Open a wallet."""
    return SITES.new_buyer()


def code_for(buyer: sites.Buyer) -> str:
    """The code in the newest message on the buyer's phone."""
    return SITES.code_for(buyer)


def money(amount: str) -> str:
    """The pattern of an amount as a page writes it."""
    return sites.money(amount).pattern
