"""The networks of repair, trained with torch (extra `train`); nothing here is needed at run time."""
