"""What leaves the house: mails, and messages to other people's servers.

The only room that speaks to the network of its own accord.
"""

from summitry.send.mail import post_mail, to_maildir
from summitry.send.post import Outcome, Sender, newshub_signed, signed

__all__ = ["Outcome", "Sender", "newshub_signed", "post_mail", "signed", "to_maildir"]
