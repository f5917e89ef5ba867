"""Text in two directions, from code points to cells, without I/O."""
