"""What people use: the ``scan`` command, the findings store, review, takedown, reports, schedule."""
