"""A line of the table."""

from dataclasses import dataclass


@dataclass
class Row:
    work: str
    theirs: str
    ours: str
    # How many times as quick Tessera is.
    times: float | None = None
    bar: str = ""
    # Whether the bar is reached; unset where there is none.
    reached: bool | None = None
    # What was found when the answers were compared.
    same: str = ""

    def as_line(self):
        times = "" if self.times is None else f"{self.times:.3g}" if self.times < 100 else f"{self.times:,.0f}"
        reached = {True: "yes", False: "**no**", None: ""}[self.reached]
        return as_line([self.work, self.theirs, self.ours, times, self.bar, reached, self.same])


def as_line(cells):
    return "| " + " | ".join(cells) + " |"


def check(holds, what):
    """What the answers have in common; a difference is told in the table, and loudly."""
    return what if holds else f"**NOT: {what}**"
