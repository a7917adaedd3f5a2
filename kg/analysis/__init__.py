"""What the ledger says: one question a module. Touches an open graph."""
