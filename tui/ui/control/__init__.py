"""What the reader does, decided by plain classes: each serves the actions of one area of the registry."""
