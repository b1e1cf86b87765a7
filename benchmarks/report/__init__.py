"""Figures side by side, as JSON, as a table and as a chart."""
