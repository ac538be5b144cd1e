"""The parts of `necdata fetch`: network, polite (visits), feeds, platforms, ledger, command."""
