class Procedure(Urn):
    """docs/procedures.md, "Complete randomization"."""

    def balls(self):
        return self.w
