if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.exit(main())
    except Stop as stop:
        problem = str(stop)
    except (KeyboardInterrupt, EOFError):
        problem = "no seed was given."
    except Exception as error:
        problem = f"this program failed: {error!r}"
    print(f"No comparison was made: {problem}", file=sys.stderr)
    sys.exit(2)
