"""What stands there: numbers, dates, mechanisms, owners, found in the clean text and not yet judged."""
