"""Finds the line of a TOML file where something stands, so that a sentence can say where to look."""

import re
from collections.abc import Mapping

type Path = tuple[str | int, ...]

TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>#[^\n]*)|(?P<line>\n)|(?P<mark>\[\[|\]\]|[\[\]{},=.])|(?P<bare>[^\s\[\]{},=.#\"']+)",
    re.DOTALL,
)


def places(text: str) -> dict[Path, int]:
    """Say on which line each key of a TOML file stands.

    Parameters
    ----------
    text
        The file's text, which is valid TOML.

    Returns
    -------
    dict
        The line, from 1, by the path of keys and of positions in lists, from 0.

    Examples
    --------
    >>> found = places('name = "Two"\\n[[items]]\\nkey = "a"\\n[[items]]\\nkey = "b"')
    >>> found["items", 1, "key"], found["name",]
    (5, 1)
    """
    return _Reader(text).read()


def line_of(path: Path, found: Mapping[Path, int]) -> int | None:
    """Give the line of a place, or of the nearest part around it that the file has.

    Parameters
    ----------
    path
        Keys, and positions in lists from 0.
    found
        What `places` found.

    Returns
    -------
    int or None
        None where the file has no part of it.

    Examples
    --------
    >>> line_of(("items", 0, "low"), {("items",): 3, ("items", 0): 4})
    4
    """
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return None


class _Reader:
    """Reads only as much of TOML as tells where things stand; `tomllib` has said before that it is valid."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        line = 1
        for match in TOKEN.finditer(text):
            kind = match.lastgroup or ""
            if kind != "comment":
                self.tokens.append((kind, match[0], line))
            line += match[0].count("\n")
        self.at = 0
        self.found: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.tables: dict[Path, Path] = {}

    def read(self) -> dict[Path, int]:
        above: Path = ()
        while self.at < len(self.tokens):
            kind, said, line = self.tokens[self.at]
            if kind == "line":
                self.at += 1
            elif said in ("[", "[["):
                self.at += 1
                above = self._table(self._key(), line, repeated=said == "[[")
                self._skip_line()
            else:
                self._pair(above)
        return self.found

    def _table(self, keys: list[str], line: int, *, repeated: bool) -> Path:
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            self.found.setdefault(path, line)
            if repeated and place == len(keys) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
                self.found.setdefault(path, line)
        return path

    def _key(self) -> list[str]:
        keys: list[str] = []
        while self.at < len(self.tokens):
            kind, said, _ = self.tokens[self.at]
            if kind in ("text", "bare"):
                keys.append(said.strip("\"'"))
            elif said != ".":
                break
            self.at += 1
        return keys

    def _pair(self, above: Path) -> None:
        line = self.tokens[self.at][2]
        keys = self._key()
        path = above
        for key in keys:
            path = (*path, key)
            self.found.setdefault(path, line)
        self.at += 1  # the equals sign, or whatever else ends the key
        if keys:
            self._value(path)

    def _value(self, path: Path) -> None:
        if self.at >= len(self.tokens):
            return
        said = self.tokens[self.at][1]
        if said in ("[", "[["):
            self._list(path)
        elif said == "{":
            self._inline(path)
        else:
            while self.at < len(self.tokens) and self.tokens[self.at][1] not in (",", "]", "]]", "}", "\n"):
                self.at += 1

    def _list(self, path: Path) -> None:
        if self.tokens[self.at][1] == "[[":  # a list in a list, which no definition has
            self._skip_line()
            return
        self.at += 1
        place = 0
        while self.at < len(self.tokens):
            kind, said, line = self.tokens[self.at]
            if said == "]":
                self.at += 1
                return
            if said == ",":
                place += 1
            if said == "," or kind == "line":
                self.at += 1
                continue
            self.found[*path, place] = line
            self._value((*path, place))

    def _inline(self, path: Path) -> None:
        self.at += 1
        while self.at < len(self.tokens):
            kind, said, _ = self.tokens[self.at]
            if said == "}":
                self.at += 1
                return
            if said == "," or kind == "line":
                self.at += 1
            else:
                self._pair(path)

    def _skip_line(self) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at][0] != "line":
            self.at += 1
