"""What the house costs: measured side by side, against the floor and against its peers."""
