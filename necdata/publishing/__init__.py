"""From figures to what is read: named charts, tables, sentences, notebooks, the exported site."""
