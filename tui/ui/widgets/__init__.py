"""The widgets: they show and post messages, and decide nothing."""
