"""How the parameters answer to the record: priors, simulated histories, rejection, a posterior, and how wrong it is."""
