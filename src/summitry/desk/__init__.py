"""What a planning desk asks of a diary: how likely is it, and who has been right before?"""

from summitry.desk.chance import chance
from summitry.desk.record import track_records

__all__ = ["chance", "track_records"]
