"""kg help: the manual."""

from __future__ import annotations

from kg.verbs.answer import Answer
from kg.verbs.description import Param, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.text.formats import Guard
    from kg.verbs.place import Place


def topics() -> dict[str, str]:
    """The pages by topic, with their titles; what is called as a verb is that verb's help."""
    from kg import verbs
    from kg.text import manual

    # A page that is called like a verb is asked for as a file.
    return {
        f"{name}.md" if verbs.named(name) else name: title
        for name, title in manual.topics().items()
    }


def names() -> Sequence[str]:
    """All that there is help on."""
    from kg import verbs

    return [*topics(), *(verb.name for verb in verbs.every())]


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
    from kg.text import manual

    if not topic:
        return _listed(topics())
    if verbs.named(topic):
        text = manual.section("commands", f"kg {topic}")
        text = text.removeprefix("```text\n").removesuffix("```\n")
        if (page := f"{topic}.md") in (held := topics()):
            text += f"\nkg help {page} shows the page “{held[page]}”.\n"
    else:
        text = manual.read(topic.removesuffix(".md"))
    return Answer(text, lambda *_: text, long=True)


def _listed(topics: dict[str, str]) -> Answer:
    from kg.model.errors import parameter
    from kg.text.terminal import wrap

    room, asked = max(map(len, topics)) + 2, parameter("help")

    def write(form: str, width: int, guard: Guard) -> str:
        lines = (wrap(title, width, f"{name:{room}}", " " * room) for name, title in topics.items())
        last = f"kg help TOPIC shows one, kg help VERB explains a verb, kg {asked} lists the verbs."
        return "\n".join([*lines, "", last, ""])

    return Answer(topics, write)
