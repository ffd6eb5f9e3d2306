"""The page *Operations*: cost, speed, outcomes and drift, over time and by release."""
