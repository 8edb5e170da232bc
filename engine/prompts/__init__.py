"""The prompts: files in the folders of their phases, rendered strictly; see README.md."""

from engine.prompts.blocks import Block, Marks
from engine.prompts.render import Prompt, render

__all__ = ["Block", "Marks", "Prompt", "render"]
