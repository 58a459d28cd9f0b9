"""A forward diary of diplomacy that writes itself from the news."""
