"""Drift: whether the model, or what customers ask and get, has changed without a release."""
