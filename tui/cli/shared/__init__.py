"""What commands share: their context, options, output and exit codes. It must not know any command."""
