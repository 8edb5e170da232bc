"""BookGen's site: settings and wiring of the four apps."""
