"""From the bytes of a file to the numbered lines of a page: text, HTML, feeds, WordPress exports."""
