"""The shop's rules. They know the database and the wallet's protocol, and no Flask."""
