"""``python -m checkout_conformance``: the command without an installation."""

import sys

from checkout_conformance.cli import main

sys.exit(main())
