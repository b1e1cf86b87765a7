"""``compare``: whether the browser and the HTTP driver come to the same verdicts."""
