"""The wallet's rules, one noun a module. Nothing here knows Flask."""
