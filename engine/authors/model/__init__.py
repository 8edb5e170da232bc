"""The parts of the language-model author: its questions, and what is made of the answers."""
