"""From passages to topics: codebooks, matching, coding and its validation against hand-coded passages."""
