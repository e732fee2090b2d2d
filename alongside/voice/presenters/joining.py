"""How people find a workshop: its link, and the same as a pattern for a phone’s camera."""

from django.utils.safestring import SafeString, mark_safe

QUIET_EDGE = 4  # modules of white around it, which cameras need


def pattern(link: str) -> SafeString:
    """A QR code of the link as a picture in the page. It holds the link and nothing else."""
    import segno

    made = segno.make(link, error="m", micro=False)
    picture = made.svg_inline(border=QUIET_EDGE, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(picture.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308 - made of squares
