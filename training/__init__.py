"""How the shipped weights are made. Needs PyTorch, which reading never does."""
