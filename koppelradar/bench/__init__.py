"""What is measured, from the repository itself: the commands `koppelradar bench ...`."""
