"""The page of charts, and what each shows. It must not know how a chart is drawn."""
