"""Tables on disk: their schemas, invariants, manifest, locks, and how they are replaced as a whole."""
