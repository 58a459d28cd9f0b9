"""What a planning desk asks of a diary: how likely is it, and who has been right before?"""

from summitry.desk.chance import chance

__all__ = ["chance"]
