"""`python -m corv`."""

from corv.cli import main

main()
