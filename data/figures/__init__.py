"""What a journal adds up to: momentum, trends, calibration, insights. It must not know how anything is drawn."""
