"""What the matcher does: each module one act, composed of rules and storage, in one transaction."""
