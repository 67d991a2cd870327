"""What the sleutelhouder does: each module one act, composed of rules and storage."""
