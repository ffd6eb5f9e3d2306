"""Word and PDF files, converted by others' code, which a process of its own keeps in bounds."""
