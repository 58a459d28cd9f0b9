"""IPTC's codes for what sort of news an engagement is."""

from collections.abc import Mapping

from summitry.model import Engagement, Kind

__all__ = ["codes", "iptc"]

_MEDTOP: Mapping[Kind, tuple[str, str]] = {
    Kind.SUMMIT: ("20000640", "11002001"),
    Kind.MULTILATERAL: ("20000638", "11002002"),
    Kind.CALL: ("20000638", "11002002"),
}
"""Media Topic and old subject code: summit meetings, international relations. The old ones stand
beside the new, since Superdesk's stock parser keeps no others."""
_DIPLOMACY = ("20000639", "11002000")


def codes(e: Engagement) -> tuple[str, ...]:
    """Media Topics of kind and agenda, then the old subject code: ``medtop:…``, ``subj:…``."""
    topic, subject = _MEDTOP.get(e.kind.value, _DIPLOMACY)
    said = (t.value.medtop for t in e.agenda if t.value.medtop)
    agenda = (code if code.startswith("medtop:") else f"medtop:{code}" for code in said)
    return (*dict.fromkeys([f"medtop:{topic}", *agenda]), f"subj:{subject}")


def iptc(qcode: str) -> str:
    """The address of a code: ``medtop:20000639`` becomes the concept's address."""
    scheme, code = qcode.split(":", 1)
    name = {"medtop": "mediatopic", "subj": "subjectcode", "eocstat": "eventoccurstatus"}[scheme]
    return f"http://cv.iptc.org/newscodes/{name}/{code}"
