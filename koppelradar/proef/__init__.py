"""`koppelradar proef`: a sandbox for a supplier, with a party on the other side that answers."""
