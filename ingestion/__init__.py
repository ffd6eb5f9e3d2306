"""Offline: help articles in, a published index generation out."""
