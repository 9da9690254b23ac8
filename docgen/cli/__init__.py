"""The command line: turns arguments into one call of a workflow and shows the result; decides nothing else."""
