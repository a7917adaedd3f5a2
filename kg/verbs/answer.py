"""What a verb gives back: a value, and how it is written, for a face to show."""

from __future__ import annotations

import os
from itertools import chain, islice

from kg.model.errors import UsageError, parameter
from kg.text.formats import pieces, records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from kg.text.formats import Guard

    # (format, columns of the terminal, guard of cells) to text.
    Write = Callable[[str, int, Guard], str]
    Pieces = Callable[[str, int, Guard], Iterator[str]]


class Page:
    """A page: its text as `html`, what is in it, where it goes if nobody says. It shows itself."""

    def __init__(self, html: str, told: str, path: str) -> None:
        self.html, self.told, self.path = html, told, path

    def line(self) -> str:
        """Where it is, what is in it, how large it is."""
        from kg.text.untrusted import one_line

        size = len(self.html.encode("utf-8")) / 1000
        return one_line(f"{self.path}: {self.told}, {size:,.0f} kB")

    def __repr__(self) -> str:
        return f"<page: {self.told}>"

    def _repr_html_(self) -> str:
        from html import escape

        frame = "width:100%;height:720px;border:1px solid #ccc"
        return f'<iframe title="network" style="{frame}" srcdoc="{escape(self.html)}"></iframe>'

    def write(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write it to a file, in place of a page that is there; of anything else with `force`.

        Raises UsageError for a file of somebody else's, a folder, a device or a pipe.
        """
        from kg.text.files import write

        write(self.html, os.fspath(path), force=force)


class Export:
    """A graph in the form of another program: `files` makes its files anew each time that they are asked for.

    A form of one file has it under an empty name. In a notebook ``bytes(export)`` or
    ``str(export)`` is that file, and `write` writes what there is.
    """

    def __init__(
        self,
        form: str,
        files: Callable[[], Iterable[tuple[str, Iterable[str | bytes]]]],
        folder: bool,
    ) -> None:
        self.form, self.files, self.folder = form, files, folder

    def __repr__(self) -> str:
        kind = "a folder" if self.folder else "a file"
        return f"<export: {self.form}, {kind}; write(path) writes it>"

    def __bytes__(self) -> bytes:
        from kg.text.files import encoded

        if self.folder:
            raise UsageError(f"{self.form} is a folder of files; write(path) writes it")
        return b"".join(encoded(piece) for _, pieces in self.files() for piece in pieces)

    def __str__(self) -> str:
        return bytes(self).decode("utf-8")

    def write(self, path: str | os.PathLike[str], *, force: bool = False, case: str = ".") -> None:
        """Write it to a file, or a folder, that is not there yet; to one that is, with `force`.

        Raises UsageError for what is never written over, OutOfBounds if it cannot be written.
        """
        from kg.text import files

        if self.folder:
            files.write_folder(self.files(), os.fspath(path), force=force, case=case)
        else:
            for _, pieces in self.files():
                files.write_pieces(pieces, os.fspath(path), force=force, case=case)


class Service:
    """What is to be served from here on: a graph, at an address, within limits; a face does it.

    `where` is the folder of the case, `out` that of its graph, `origins` the web pages elsewhere
    that may ask. A query has `timeout` seconds, `memory` GiB and `limit` rows; so many
    `processes` answer at once. With `log` each request is told.
    """

    def __init__(
        self,
        where: str,
        out: str,
        *,
        host: str,
        port: int,
        origins: Sequence[str],
        timeout: float,
        memory: float,
        limit: int,
        processes: int,
        log: bool,
    ) -> None:
        self.where, self.out, self.host, self.port = where, out, host, port
        self.origins, self.processes, self.log = tuple(origins), processes, log
        self.timeout, self.memory, self.limit = timeout, memory, limit


class Answer:
    """`value` is for programs; `write` makes the text for stdout or a file.

    `notes` are for a person, beside the answer; `page` goes to a file; `code` is the exit code.
    `seen` says in words through which lens it was looked for; empty for the whole.
    Of a list, `names` are the fields of its rows. One that is `long` to read is shown on a terminal page by page. `pieces` makes the same text as
    `write` piece by piece, where that spares holding it.
    """

    def __init__(
        self,
        value: Any = None,
        write: Write | None = None,
        *,
        notes: Sequence[str] = (),
        page: Page | None = None,
        code: int = 0,
        long: bool = False,
        names: Sequence[str] = (),
    ) -> None:
        self.value, self.write, self.names = value, write, names
        self.notes, self.page, self.code, self.long = list(notes), page, code, long
        self.pieces: Pieces | None = None
        self.seen = ""


class Rows:
    """The rows of a list, made one after the other and anew each time that they are read.

    To ask whether there are any makes the first alone. `texts`, if it is given, makes the names of
    their fields and then the values of each as texts, quicker than the rows; there are some then.
    """

    def __init__(
        self,
        make: Callable[[], Iterator[Any]],
        texts: Callable[[], Iterator[list[str]]] | None = None,
    ) -> None:
        self._make, self.texts = make, texts
        self._begun: Iterator[Any] | None = None

    def __iter__(self) -> Iterator[Any]:
        begun, self._begun = self._begun, None
        return begun or self._make()

    def __bool__(self) -> bool:
        if self.texts:
            return True
        rows = iter(self)
        first = [*islice(rows, 1)]
        self._begun = chain(first, rows)
        return bool(first)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, some: Any) -> Any:
        return list(self)[some]


def listed(
    rows: Sequence[Any] | Rows,
    kind: type[Any],
    empty: str,
    *,
    columns: Sequence[str] = (),
    prose: Callable[[Sequence[Any], int], str] | None = None,
    code: int | None = None,
    limit: int = 0,
) -> Answer:
    """A list of records of a kind: `prose`, or a table of some columns, for people; the whole rows
    for programs.

    `empty` says that it is, and the exit code is 1 then, unless another is given. People see
    at most `limit` rows, if it is not 0, and how many more there are. Seen
    through a lens, the list says through which: in a first line, or in a field `lens` of
    each row.
    """

    from kg.model.claims import flat_names

    names = flat_names(kind)

    def made(form: str, width: int, guard: Guard) -> Iterator[str]:
        if form not in ("text", "table"):
            yield from pieces(rows, names, form, width, guard, answer.seen)
            return
        if not rows:
            return
        if answer.seen:
            from kg.text.phrases import seen_through
            from kg.text.terminal import wrap

            yield f"{wrap(seen_through(answer.seen), width)}\n\n"
        few = rows[:limit] if limit else rows
        if form == "text" and prose:
            for some in batched(few):
                yield prose(some, width)
        else:
            yield records(few, names, "table", width, guard, columns=columns)
        if limit and (more := len(rows) - len(few)) > 0:
            told = f"; {parameter('limit')} 0 shows all" if form == "text" else ""
            yield f"… and {more:,} more{told}\n"

    def batched(few: Sequence[Any] | Rows) -> Iterator[Sequence[Any]]:
        if not isinstance(few, Rows):
            yield few
            return
        rest = iter(few)
        while some := [*islice(rest, 1000)]:
            yield some

    notes = [] if rows or not empty else [empty]
    answer = Answer(
        rows,
        lambda *asked: "".join(made(*asked)),
        notes=notes,
        code=int(not rows) if code is None else code,
        names=names,
    )
    answer.pieces = made
    return answer
