"""The task ledger (台账) as a workbook: made anew, or one that people have filled in brought up to date."""
