"""Import and export: a file a format, one interface (`data.exchange.importing.entry`), one registry (`readers`)."""
