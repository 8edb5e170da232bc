"""A scripted OpenRouter: a real HTTP server that answers BookGen's prompts without a model, for trying and testing.

It knows nothing of BookGen but the prompts themselves. It keeps its own bill, and can misbehave as providers do.
"""
