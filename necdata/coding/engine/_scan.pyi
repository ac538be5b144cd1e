from collections.abc import Callable, Sequence

class Scanner:
    atoms: dict[str, int]
    def __new__(
        cls, forms: Sequence[Sequence[tuple[str, ...]]], scopes: Sequence[int], *, hashes: int = ...
    ) -> Scanner: ...
    def scan(
        self,
        texts: Sequence[str],
        first: int,
        characters: int,
        known: dict[str, tuple[int, ...]],
        resolve: Callable[[str], tuple[int, ...]],
        /,
    ) -> tuple[int, bytes]: ...
