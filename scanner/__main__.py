"""``python -m scanner``. Worker processes may import this module again, so nothing runs without the guard."""

from scanner.cli import script

if __name__ == "__main__":
    script()
