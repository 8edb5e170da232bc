"""The six phases. Each module has PHASE, VITAL, units(ctx) and work(unit, ctx); the runner does the rest."""
