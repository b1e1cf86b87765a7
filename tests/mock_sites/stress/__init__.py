"""Many buyers and merchants at once on the served sites, with faults and kills in between."""
