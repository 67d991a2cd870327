"""What an organisation embeds in its own system."""
