"""One file per form in which records leave the program."""
