"""What the facts of `corv doctor` mean: each function takes one fact and gives its lines. Pure; `look` finds the facts."""
