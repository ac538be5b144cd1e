"""From passages to topics: codebooks, matching, coding by the rules written down."""
