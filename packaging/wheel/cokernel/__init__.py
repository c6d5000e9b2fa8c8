"""The Python side of cokernel: it starts Node with the npm package that lies beside it, and nothing else."""
