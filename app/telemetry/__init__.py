"""What a turn cost and where its time went."""
