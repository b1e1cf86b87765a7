"""What a run on somebody's own staging needs beyond a run on our mock sites: a file that describes
it, proof that it is a test instance, guards, people, codes, an account of what was left behind."""
