"""People in the seats of the model: what they may order, what they would know, and what came of it. No web here."""
