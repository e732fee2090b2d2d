"""Invented names, of which no two need be alike."""

FIRST = (
    "Ada",
    "Amir",
    "Bea",
    "Dilys",
    "Farah",
    "Gwen",
    "Jo",
    "Kasia",
    "Owen",
    "Quinn",
    "Rowan",
    "Tomasz",
    "Una",
    "Wren",
)
STARTS = ("Ash", "Birch", "Brook", "Dun", "El", "Farn", "Gale", "Hart", "Ing", "Kel", "Marl", "Nor", "Oak", "Rad", "Up")
ENDS = ("by", "cote", "don", "field", "ham", "ley", "mere", "ridge", "shaw", "stead", "ton", "wood", "worth")
LAST = [f"{start}{end}" for start in STARTS for end in ENDS]
