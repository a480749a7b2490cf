"""Findings to annotation tools and corrections back as gold; one file for each tool (docs/annotation.md)."""
