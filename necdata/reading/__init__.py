"""From the lines of a page to its posts: layouts, titles, bylines, dates as written, kinds, copies."""
