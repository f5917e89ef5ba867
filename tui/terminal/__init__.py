"""The terminal at hand: what it is and what it is sent. The only writer of escape bytes."""
