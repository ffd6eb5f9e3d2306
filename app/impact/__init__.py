"""The blast radius of a policy change: who was told the old policy, and which cases ask for it."""
