"""Were the originals seen: receiving and verifying documents, receipts."""
