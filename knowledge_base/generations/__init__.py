"""One index generation after another: written once, checked, published, taken back, and removed."""
