"""From tables to figures: rates, intervals, contrasts, keyness, collocations, concordance."""
