"""From bytes to news."""
