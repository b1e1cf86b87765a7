"""Flows through the sites that many scenarios start with, written in actions."""
