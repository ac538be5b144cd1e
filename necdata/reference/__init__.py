"""What the world outside the pages gives: leaders, elections, codebooks and the joins on their dates."""
