"""``python -m checkout_conformance``: the command, where nothing is installed."""

import sys

from checkout_conformance.cli import main

sys.exit(main())
