"""Small controls that several panels share. They know the desk and the data, never a panel."""
