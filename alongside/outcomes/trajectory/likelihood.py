"""The deviance of a mixed model, its slope and its curvature, at one guess of how much clients differ.

Scores of a client: X β + Z b + e, with b ~ N(0, s² D), e ~ N(0, s²). D is 2 × 2 (start and slope) or, for a
random start alone, its first entry. β and s² are profiled out. With A = [[n, Σt], [Σt, Σt²]], z = [Σy, Σty] and
F = I + D A: log|V| = N log s² + Σ log det F, and V⁻¹ enters through W = Z'V⁻¹Z = (A + det A · adj D) / det F and
w = Z'V⁻¹y = (z + J D [nΣty - ΣtΣy, ΣtΣty - Σt²Σy]) / det F alone, where J = [[0, -1], [1, 0]]. So D may be singular,
and all that a guess costs is one product of a small matrix with the clients' sums, and a division.

References: Laird and Ware (1982), doi:10.2307/2529876; Lindstrom and Bates (1988), doi:10.2307/2290128; Bates et al.
(2015), doi:10.18637/jss.v067.i01.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from alongside.outcomes.trajectory.design import Design
from alongside.outcomes.trajectory.sums import ClientSums, Floats, Integers

CHUNK = 8192  # clients at a time, so that what is worked on stays in the processor's cache
AT_ONCE = 8  # a logarithm is taken of so many determinants at a time
NOTHING = 1e-13
MANY = 256  # clients of one pattern that are worth a chunk of their own
W_AT = np.array([[0, 1], [1, 2]])  # where W11, W12 and W22 stand among the six
W_AND_SMALL = np.array([[0, 1, 3], [1, 2, 4]])  # W with w as a third column
ONE = 5  # where the 1 stands: a product with it is a sum
UNITS = np.array([[[1, 0], [0, 0]], [[0, 1], [1, 0]], [[0, 0], [0, 1]]])
"""How D moves with D11, with D12 and with D22."""

type Chunk = tuple[slice, Integers, Integers]


@dataclass(frozen=True)
class Point:
    """What one guess of D gives."""

    deviance: float
    beta: Floats
    inverse: Floats
    """(X'V⁻¹X)⁻¹ without s², of shape (effects, effects)."""
    rss: float
    variance: float
    """s², the residual variance."""
    w: Floats
    """ΣW, 2 × 2."""
    scores: Floats
    """Σ s s', 2 × 2, with s = Z'V⁻¹(y - Xβ) of a client."""
    reml: Floats
    """What restricting takes off the slope: Σ W K C K' W, 2 × 2; zeros without."""
    expected: Floats
    """Σ tr(W Ei W Ej) less its part for s², 3 × 3, for D11, D12 and D22: the curvature that is to be expected."""

    @property
    def slope(self) -> Floats:
        """The derivative of the deviance with respect to D, 2 × 2."""
        return self.w - self.scores / self.variance - self.reml


class Likelihood:
    """The deviance of one measure's scores as a function of D, with time counted in `unit` hundreds of days."""

    def __init__(self, sums: ClientSums, design: Design, *, reml: bool, unit: float) -> None:
        pattern = design.pattern
        if len(design.patterns) > 1:
            order = np.argsort(pattern, kind="stable")
            sums, pattern = sums.of(order), pattern[order]
        self.k, self.reml, self.unit = design.patterns, reml, unit
        self.chunks = _chunks(pattern, len(self.k))
        self.scores = float(sums.n.sum())
        self.df = self.scores - (self.k.shape[2] if reml else 0)
        self.score2 = float(sums.score2.sum())
        self.sums = sums.table[:8]
        self.units = np.array([1, unit, unit**2, unit**2, 1, unit, unit, unit**2])
        self.work = np.ones((7, -(-min(CHUNK, len(sums)) // AT_ONCE) * AT_ONCE))

    def at(self, d: Floats) -> Point:
        """Work everything out for one D, given as D11, D12, D22; ValueError if nothing is left over for chance."""
        log_det, w_z, products = 0.0, np.zeros((2, 2)), self._no_products()
        for part, found, starts, determinants, six in self._six(d):
            log_det += float(np.log(np.multiply.reduce(determinants.reshape(AT_ONCE, -1))).sum())
            w_z += six[3:5] @ self.sums[4:6, part].T
            _add_products(products, six, found, starts)
        effects = self.k.shape[2]
        w = products[W_AT, ONE].transpose(2, 0, 1)
        flat = self.k.reshape(-1, effects)
        x_v_x = flat.T @ (w @ self.k).reshape(-1, effects)
        x_v_y = flat.T @ products[3:5, ONE].T.reshape(-1)
        inverse = np.linalg.inv(x_v_x)
        beta = inverse @ x_v_y
        rss = max(self.score2 - float(d @ in_entries(w_z / self.units[4:6])) - float(beta @ x_v_y), 0.0)
        variance = rss / self.df
        if not variance > NOTHING * self.score2 / self.scores:
            raise ValueError("Every client’s scores lie exactly on a line, so there is nothing to measure doubt by.")
        deviance = log_det + self.df * (1 + math.log(2 * math.pi * variance))
        if self.reml:
            deviance += float(np.linalg.slogdet(x_v_x)[1])
        return Point(
            deviance=deviance,
            beta=beta,
            inverse=inverse,
            rss=rss,
            variance=variance,
            w=w.sum(axis=0),
            scores=self._client_scores(beta, products),
            reml=self._restriction(inverse, products),
            expected=self._expected(products.sum(axis=2)),
        )

    def curvature(self, d: Floats, point: Point) -> tuple[Floats, Floats]:
        """Return how the slope of the deviance moves with D11, D12 and D22 at a point while s stays, 3 × 3; and how
        (X'V⁻¹X)⁻¹ does, of shape (3, effects, effects).

        The slope is Σ W - B, with B = s s' / s² + W K C K' W. So it moves with Σ 2 tr(Ei W Ej B) - tr(W Ei W Ej), and
        with how X'V⁻¹X and X'V⁻¹(y - Xβ) move, each through X'V⁻¹X.
        """
        products, w_b = self._no_products(), np.zeros((3, 3))
        restricting = self._restricting(point.inverse)[:, [0, 0, 1], [0, 1, 1]]
        of_pattern = np.concatenate([(self.k @ point.beta).T, restricting.T])
        for _, found, starts, _, six in self._six(d):
            _add_products(products, six, found, starts)
            told = of_pattern[:, found]
            if len(found) > 1:
                told = np.repeat(told, np.diff(starts, append=six.shape[1]), axis=1)
            begins, rises, p11, p12, p22 = told
            w11, w12, w22, w1, w2 = six[:5]
            s1, s2 = w1 - w11 * begins - w12 * rises, w2 - w12 * begins - w22 * rises
            r11, r12 = w11 * p11 + w12 * p12, w11 * p12 + w12 * p22
            r21, r22 = w12 * p11 + w22 * p12, w12 * p12 + w22 * p22
            b = np.array([
                s1 * s1 / point.variance + r11 * w11 + r12 * w12,
                s1 * s2 / point.variance + r11 * w12 + r12 * w22,
                s2 * s2 / point.variance + r21 * w12 + r22 * w22,
            ])  # fmt: skip
            w_b += six[:3] @ b.T
        effects = self.k.shape[2]
        flat = self.k.reshape(-1, effects)
        moved = np.einsum("abcdg,ibc->igad", products[W_AT[:, :, None, None], W_AND_SMALL], UNITS)
        of_x_v_x = np.array([flat.T @ (one[:, :, :2] @ self.k).reshape(-1, effects) for one in moved])
        of_x_v_y = moved[..., 2].reshape(3, -1) @ flat
        of_scores = of_x_v_y - of_x_v_x @ point.beta
        of_inverse = point.inverse @ of_x_v_x
        curvature = (
            2 * np.einsum("icp,jqd,pqdc->ij", UNITS, UNITS, _spread_out(w_b))
            - _traces(products.sum(axis=2))
            - 2 * of_scores @ point.inverse @ of_scores.T / point.variance
        )
        if self.reml:
            curvature -= np.einsum("ief,jfe->ij", of_inverse, of_inverse)
        return curvature, of_inverse @ point.inverse

    def _no_products(self) -> Floats:
        return np.zeros((5, 6, len(self.k)))

    def _six(self, d: Floats) -> Iterator[tuple[slice, Integers, Integers, Floats, Floats]]:
        """Of each chunk: the slice, its patterns and where they begin, the determinants of F (and ones, up to the
        width of the work space), and W11, W12, W22, w1, w2 and 1 of each client, in a space that is used again."""
        d11, d12, d22 = map(float, d)
        det = d11 * d22 - d12 * d12
        wanted = np.array([
            [d11, 2 * d12, d22, det, 0, 0, 0, 0],  # det F - 1
            [1, 0, 0, d22, 0, 0, 0, 0],
            [0, 1, 0, -d12, 0, 0, 0, 0],
            [0, 0, 1, d11, 0, 0, 0, 0],
            [0, 0, 0, 0, 1, 0, -d12, -d22],
            [0, 0, 0, 0, 0, 1, d11, d12],
        ])  # fmt: skip
        for part, found, starts in self.chunks:
            width = part.stop - part.start
            np.matmul(wanted / self.units, self.sums[:, part], out=self.work[:6, :width])
            determinants = self.work[0]
            determinants[:width] += 1
            determinants[width:] = 1
            self.work[1:6, :width] /= determinants[:width]
            yield part, found, starts, determinants, self.work[1:7, :width]

    def _client_scores(self, beta: Floats, products: Floats) -> Floats:
        start, slope = (self.k @ beta).T
        none, one = np.zeros_like(start), np.ones_like(start)
        made = np.array([[-start, -slope, none, one, none], [none, -start, -slope, none, one]])
        return np.asarray(np.einsum("ikg,klg,jlg->ij", made, products[:, :ONE], made, optimize=True))

    def _restricting(self, inverse: Floats) -> Floats:
        """K C K' of each pattern, of shape (patterns, 2, 2); zeros if nothing is restricted."""
        return np.asarray(self.k @ (inverse * self.reml) @ self.k.transpose(0, 2, 1))

    def _restriction(self, inverse: Floats, products: Floats) -> Floats:
        return np.asarray(np.einsum("iabjg,gab->ij", _spread_out(products), self._restricting(inverse)))

    def _expected(self, products: Floats) -> Floats:
        traces = in_entries(products[W_AT, ONE])
        return _traces(products) - np.outer(traces, traces) / self.scores


def in_entries(matrix: Floats) -> Floats:
    """From how something moves with a 2 × 2 matrix to how it moves with its entries 11, 12 = 21, and 22."""
    return np.array([matrix[0, 0], matrix[0, 1] + matrix[1, 0], matrix[1, 1]])


def _spread_out(products: Floats) -> Floats:
    """From products of the entries 11, 12, 22 of two symmetric matrices to those of all their entries."""
    return np.asarray(products[W_AT[:, :, None, None], W_AT])


def _traces(products: Floats) -> Floats:
    """Σ tr(W Ei W Ej), 3 × 3."""
    return np.asarray(np.einsum("abcd,ibc,jda->ij", _spread_out(products), UNITS, UNITS))


def _add_products(products: Floats, six: Floats, found: Integers, starts: Integers) -> None:
    """Add the products of a chunk, by pattern; with 1 they are sums."""
    if len(found) == 1:
        products[:, :, found[0]] += six[:ONE] @ six.T
        return
    for left in range(ONE):
        for right in range(left, 6):
            products[left, right, found] += np.add.reduceat(six[left] * six[right], starts)
            if left < right < ONE:
                products[right, left, found] = products[left, right, found]


def _chunks(pattern: Integers, patterns: int) -> list[Chunk]:
    """Clients a few thousand at a time, of one pattern if there are many of each: the slice, the patterns in it, and
    where in the slice each begins."""
    counts = np.bincount(pattern)
    begins = (np.cumsum(counts) - counts)[counts > 0]
    edges = set(range(0, len(pattern), CHUNK)) | {len(pattern)}
    if len(pattern) > MANY * patterns:
        edges |= set(begins.tolist())
    chunks = []
    for first, end in pairwise(sorted(edges)):
        inside = np.append(first, begins[np.searchsorted(begins, first, "right") : np.searchsorted(begins, end)])
        chunks.append((slice(first, end), pattern[inside], inside - first))
    return chunks
