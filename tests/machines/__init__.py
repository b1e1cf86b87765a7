"""Random operations on each site, and on all of them together: what must always hold."""

from tests.machines.all_sites import SitesTogether
from tests.machines.shop import ShopAlone
from tests.machines.vault import VaultAlone
from tests.machines.wallet import WalletAlone

MACHINES = (WalletAlone, ShopAlone, VaultAlone, SitesTogether)
