"""The application: screens and the command line, composed from widgets and data."""
