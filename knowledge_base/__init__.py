"""What the help centre says, and how it is found."""
