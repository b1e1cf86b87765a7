"""The wallet's HTTP clients."""
