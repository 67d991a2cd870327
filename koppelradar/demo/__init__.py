"""`koppelradar demo`: the whole chain with real parts, on one machine."""
