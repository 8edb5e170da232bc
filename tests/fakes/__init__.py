"""Stand-ins: an author, a book's rows, and a small folder of sources about a person who never lived."""
