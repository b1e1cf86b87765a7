"""How throughput grows with buyers and with processes, and the law that says how it would go on."""
