"""What an officer's message does to which tickets."""
