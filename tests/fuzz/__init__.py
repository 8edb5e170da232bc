"""The live API against its own schema: `make api-fuzz`. A campaign, not a test: it takes minutes."""
