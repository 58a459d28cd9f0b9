"""Does a city's name stand for the body that sits there: "talks with Brussels"?"""

from dataclasses import replace

from summitry.extract._values import Actor, Cast, Role, Scene, Sort
from summitry.gazetteer import seat

__all__ = ["seated"]

_GROUND = {Role.PLACE, Role.HOST}


def seated(whole: Cast, scene: Scene) -> Cast:
    """The cast with bodies in place of the cities that stand for them.

    A city that somebody goes to or that something is held in is the city. Where the sentence
    names the state itself or its people too, its capital speaks for the state.
    """
    lands = {a.state for a in scene.actors if a.sort is not Sort.CAPITAL}
    sides = tuple(
        (a if role in _GROUND or a.state in lands else _body(a), role) for a, role in whole.sides
    )
    if sides == whole.sides:
        return whole
    named = {a.start for a, role in sides if role not in _GROUND}
    place = whole.place
    return replace(whole, sides=sides, place=None if place and place.start in named else place)


def _body(actor: Actor) -> Actor:
    """The body that sits in a city; any other actor as it is."""
    if actor.sort is not Sort.CAPITAL or not actor.name or not actor.state:
        return actor
    body = seat(actor.name, actor.state)
    if body is None:
        return actor
    return replace(actor, sort=Sort.ORGANISATION, state=body.state, name=body.name)
