"""The checks that a claim passes before the support model is asked, one file a check."""
