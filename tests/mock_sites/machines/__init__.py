"""Random operations on each site, and on all of them together: what must always hold."""

from tests.mock_sites.machines.all_sites import SitesTogether
from tests.mock_sites.machines.shop import ShopAlone
from tests.mock_sites.machines.vault import VaultAlone
from tests.mock_sites.machines.wallet import WalletAlone

MACHINES = (WalletAlone, ShopAlone, VaultAlone, SitesTogether)
