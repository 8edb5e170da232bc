"""A manuscript's text as elements of (X)HTML, for the formats that are made of it."""
