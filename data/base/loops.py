"""Loops among things that each point at one other, at most."""

from collections.abc import Mapping


def find_loops(parents: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Return every loop, each member followed by the one it points at; costs one pass.

    Args:
        parents: What each thing points at; None, or something that is not among the keys, ends a path.
    """
    seen: set[str] = set()
    loops: list[tuple[str, ...]] = []
    for start in parents:
        path: dict[str, int] = {}
        key: str | None = start
        while key is not None and key in parents and key not in seen:
            seen.add(key)
            path[key] = len(path)
            key = parents[key]
        if key in path:
            loops.append(tuple(path)[path[key] :])
    return loops
