"""What of the store's failures reaches the screen."""

from tui.store.errors import StoreError

__all__ = ["StoreError"]
