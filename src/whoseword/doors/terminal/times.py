"""How long a thing took, in words for people in a hurry."""


def duration(seconds: int) -> str:
    """A time in words, to the second below an hour: "12 min", "1 min 5 s", "2 h 5 min"; "" of none."""
    hours, rest = divmod(seconds, 3_600)
    minutes, left = divmod(rest, 60)
    if hours >= 48:
        return f"{hours // 24} days"
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]
    parts.append(f"{left} s" if not hours and (left or not minutes) else "")
    return " ".join(part for part in parts if part)
