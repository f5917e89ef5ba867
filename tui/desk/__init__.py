"""The use cases of khabar, without a screen."""
