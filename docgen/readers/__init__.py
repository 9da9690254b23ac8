"""Files in, typed models out, with the place of every value; every problem of a file at once."""
