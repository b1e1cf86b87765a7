"""OpenTelemetry: spans of scenarios, steps and pages, sent to a collector if one is configured."""
