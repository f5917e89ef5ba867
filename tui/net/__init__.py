"""The cached HTTP client."""
