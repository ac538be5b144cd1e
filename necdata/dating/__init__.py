"""From the dates that posts propose to the meetings they report."""
