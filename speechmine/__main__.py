"""`python -m speechmine`."""

from speechmine.cli import main

if __name__ == "__main__":
    main()
