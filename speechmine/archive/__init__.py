"""Runs over whole archives: what was done is written down, so that a run that is stopped goes on where it was.

`running.run` is the table of contents. A run lists its inputs in the ledger, feeds what is new or changed in batches to an
executor, writes down what comes back, and at last assembles the outputs in the order of the inputs.
"""
