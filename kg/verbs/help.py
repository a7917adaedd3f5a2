"""kg help: the manual."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.formats import Guard
    from kg.verbs.place import Place


def names() -> Sequence[str]:
    """The topics."""
    from kg.text.manual import topics

    return [*topics()]


VERB = Verb(
    "help",
    "kg",
    "Read the manual: a topic, a verb, or what there is.",
    params=(Param("topic", "A topic or a verb; none: list them.", argument=True, choices=names),),
    more="Pages come with kg and need no network; on a terminal they are shown page by page.",
    examples=("help", "help tables", "help tutorial"),
    method="",
)


def answer(place: Place, *, topic: str) -> Answer:
    """A page of the manual, or the list of its pages. Raises NotFound for a topic that is none."""
    from kg import verbs
    from kg.model.errors import NotFound
    from kg.text import manual

    if not topic:
        return _listed(manual.topics())
    try:
        text = manual.read(topic)
    except NotFound:
        if verbs.named(topic) is None:
            raise
        text = manual.section("commands", f"kg {topic}").removeprefix("```text\n")
        text = text.removesuffix("```\n")
    return Answer(text, lambda *_: text, long=True)


def _listed(topics: dict[str, str]) -> Answer:
    from kg.text.terminal import wrap

    room = max(map(len, topics)) + 2

    def write(form: str, width: int, guard: Guard) -> str:
        lines = (wrap(title, width, f"{name:{room}}", " " * room) for name, title in topics.items())
        return "\n".join(
            [*lines, "", "kg help TOPIC shows one; kg VERB --help explains a verb.", ""]
        )

    return Answer(topics, write)
