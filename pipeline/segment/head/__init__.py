"""The head of minutes: title, body, day, times and place of the meeting, who led it and who wrote."""
