"""How the state's tables came to be as they are: one file a step in `versions`, run when the state is opened."""
