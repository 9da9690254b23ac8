"""A Word template in, a program out; a program and a context in, the bytes of a document out."""
