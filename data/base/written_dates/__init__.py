"""The one reader of dates that people and programs write; it knows no clock, no file and no format of a program."""
