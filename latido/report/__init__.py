"""What people are shown: figures on a terminal, their course over the months, their state against a target."""
