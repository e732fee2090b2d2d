"""The four coded squares at the corners of a page (ArUco, the dictionary of fifty with 4 by 4 cells), as drawings."""

CELLS = 6  # a black border of one cell round four by four

# One number for each marker: its sixteen cells by rows from the top left, the first the highest bit, 1 for white.
BITS = (
    0xB532, 0x0F9A, 0x332D, 0x9946, 0x549E, 0x79CD, 0x9E2E, 0xC4F2, 0xFEDA, 0xCF56, 0xF991, 0x11A7,
    0x0EB7, 0x2A0F, 0x24B1, 0x263E, 0x4665, 0x6600, 0x6C5E, 0x76AF, 0x868B, 0xB02B, 0xCCD5, 0xDD82,
    0xFE47, 0x9471, 0xACE4, 0xA554, 0x2123, 0x346F, 0x4415, 0x57B2, 0x9ECF, 0xF0CB, 0x08AE, 0x0929,
    0x1875, 0x04FF, 0x0DF6, 0x1C5A, 0x1718, 0x2A28, 0x328C, 0x38B2, 0x24E8, 0x2EEB, 0x2D3F, 0x4B64,
)  # fmt: skip


def cells(marker: int) -> tuple[tuple[bool, ...], ...]:
    """Say which cells of a marker are white, its black border included.

    Parameters
    ----------
    marker
        Its id, from 0 to 47.

    Returns
    -------
    tuple of rows
        Six rows of six cells, from the top left; True for white.

    Examples
    --------
    >>> for row in cells(0):
    ...     print("".join(".#"[not white] for white in row))
    ######
    #.#..#
    ##.#.#
    ###..#
    ###.##
    ######
    """
    inside = [bool(BITS[marker] >> (15 - place) & 1) for place in range(16)]
    border = (False,) * CELLS
    rows = (tuple(inside[4 * row : 4 * row + 4]) for row in range(4))
    return border, *((False, *row, False) for row in rows), border


def svg(dark: tuple[tuple[bool, ...], ...]) -> str:
    """Draw dark cells, each row's neighbours as one rectangle.

    Parameters
    ----------
    dark
        Rows of cells; True is drawn.

    Returns
    -------
    str
        An SVG whose unit is one cell.

    Examples
    --------
    >>> "M0 0h2v1h-2z" in svg(((True, True), (False, True)))
    True
    """
    path = ""
    for y, row in enumerate(dark):
        x = 0
        while x < len(row):
            run = next((n for n, cell in enumerate(row[x:]) if not cell), len(row) - x)
            path += f"M{x} {y}h{run}v1h-{run}z" if run else ""
            x += max(run, 1)
    wide, high = len(dark[0]), len(dark)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}"><path d="{path}"/></svg>'


def drawn(marker: int) -> str:
    """Draw a marker: black as it is printed, white left open.

    Parameters
    ----------
    marker
        Its id, from 0 to 47.

    Returns
    -------
    str
        An SVG, six by six units.

    Examples
    --------
    >>> drawn(0).startswith("<svg")
    True
    """
    return svg(tuple(tuple(not white for white in row) for row in cells(marker)))
