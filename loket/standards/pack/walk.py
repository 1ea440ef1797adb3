"""Walks the procedure of one route and kind of applicant as a ticket would."""

from loket.standards.pack.procedure import Step
from loket.standards.pack.standard import StandardSpec


class Walk:
    """The graph of one variant: which steps follow which, and which of them are reached."""

    def __init__(self, standard: StandardSpec, route: str, applicant: str) -> None:
        self.standard = standard
        self.variant = (route, applicant)
        self.steps = {one.code: one for one in standard.steps_for(route, applicant)}
        self.follows = {code: self._following(one) for code, one in self.steps.items()}
        self.reached = self._from(next(iter(self.steps), None))

    def refusals(self) -> dict[str, str]:
        """Reached steps that cannot end, or that slip into the branch of a decision."""
        found = {}
        for code in self.reached:
            if not any(self.steps[one].ends for one in self._from(code)):
                found[code] = (
                    "tidak pernah sampai ke akhir; tulis ends: true di langkah akhir"
                )
            elif message := self._slips(self.steps[code]):
                found[code] = message
        return found

    def _following(self, step: Step) -> tuple[str, ...]:
        exits: tuple[str | None, ...] = tuple(step.exits) or (None,)
        steps = [
            self.standard.next_step(step.code, *self.variant, one) for one in exits
        ]
        return tuple(one.code for one in steps if one)

    def _from(self, start: str | None) -> set[str]:
        waiting, seen = [start] if start else [], set[str]()
        while waiting:
            code = waiting.pop()
            if code not in seen:
                seen.add(code)
                waiting += self.follows[code]
        return seen

    def _slips(self, step: Step) -> str:
        """Falling through into another step's exit would run a refused request into its approval."""
        if step.ends or step.exits or step.next:
            return ""
        (target,) = self.follows[step.code] or ("",)
        for other in self.steps.values():
            if target in other.exits.values():
                return (
                    f"jatuh ke '{target}', padahal itu tujuan keputusan '{other.code}';"
                    f" tulis ends: true, atau next: {target} bila memang lanjut ke sana"
                )
        return ""
