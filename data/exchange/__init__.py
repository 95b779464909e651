"""In and out: one file a format, one small interface (`data.exchange.entry`), a registry (`data.exchange.formats`)."""
