"""The deviance of a mixed model, its slope and its curvature, at one guess of how much clients differ.

Scores of a client: X β + Z b + e, with b ~ N(0, s² D), e ~ N(0, s²). D is 2 × 2 (start and slope) or, for a
random start alone, its first entry. β and s² are profiled out. With A = [[n, Σt], [Σt, Σt²]] and F = I + D A:
log|V| = N log s² + Σ log det F, and V⁻¹ enters through W = A F⁻¹ alone, which for 2 × 2 matrices is
(A + det A · adj D) / det F. So D may be singular, and each client costs a few multiplications.

References: Laird and Ware (1982), doi:10.2307/2529876; Bates et al. (2015), doi:10.18637/jss.v067.i01.
"""

import math
from dataclasses import dataclass
from itertools import combinations_with_replacement, pairwise

import numpy as np

from alongside.outcomes.trajectory.design import Design
from alongside.outcomes.trajectory.sums import ClientSums, Floats, Integers

CHUNK = 8192  # clients at a time, so that what is worked on stays in the processor's cache
EIGHTS = np.arange(0, CHUNK, 8)  # a logarithm is taken of eight determinants at a time
NOTHING = 1e-13
MANY = 256  # clients of one pattern that are worth a chunk of their own
W_AT = np.array([[0, 1], [1, 2]])  # where W11, W12 and W22 stand among the five


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
    curvature: Floats
    """Σ tr(W Ei W Ej) less its part for s², 3 × 3, for D11, D12 and D22."""

    def slope(self, variance: float) -> Floats:
        """The derivative of the deviance with respect to D, 2 × 2, at this residual variance."""
        return self.w - self.scores / variance - self.reml


class Likelihood:
    """The deviance of one measure's scores as a function of D."""

    def __init__(self, sums: ClientSums, design: Design, *, reml: bool) -> None:
        order = np.argsort(design.pattern, kind="stable")
        self.sums = sums if len(design.patterns) == 1 else sums.of(order)
        self.k, self.reml = design.patterns, reml
        self.chunks = _chunks(design.pattern[order], len(self.k))
        self.scores = float(sums.n.sum())
        self.df = self.scores - (self.k.shape[2] if reml else 0)
        self.score2 = float(sums.score2.sum())

    def at(self, d11: float, d12: float, d22: float) -> Point:
        """Work everything out for one D; ValueError if nothing is left over for chance."""
        log_det, explained, five, products = self._totals(d11, d12, d22)
        effects = self.k.shape[2]
        w = five[W_AT].transpose(2, 0, 1)
        flat = self.k.reshape(-1, effects)
        x_v_x = flat.T @ (w @ self.k).reshape(-1, effects)
        x_v_y = flat.T @ five[3:].T.reshape(-1)
        inverse = np.linalg.inv(x_v_x)
        beta = inverse @ x_v_y
        rss = max(self.score2 - explained - float(beta @ x_v_y), 0.0)
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
            reml=self._restriction(inverse, products) if self.reml else np.zeros((2, 2)),
            curvature=self._curvature(five, products),
        )

    def _client_scores(self, beta: Floats, products: Floats) -> Floats:
        start, slope = (self.k @ beta).T
        none, one = np.zeros_like(start), np.ones_like(start)
        made = np.array([[-start, -slope, none, one, none], [none, -start, -slope, none, one]])
        return np.asarray(np.einsum("ikg,klg,jlg->ij", made, products, made, optimize=True))

    def _restriction(self, inverse: Floats, products: Floats) -> Floats:
        of_pattern = self.k @ inverse @ self.k.transpose(0, 2, 1)
        squares = products[W_AT[:, :, None, None], W_AT[None, None]]
        return np.asarray(np.einsum("iabjg,gab->ij", squares, of_pattern))

    def _curvature(self, five: Floats, products: Floats) -> Floats:
        s, (t0, t1, t2) = products.sum(axis=2), five[:3].sum(axis=1)
        mixed = 2 * (s[0, 2] + s[1, 1])
        full = np.array([
            [s[0, 0], 2 * s[0, 1], s[1, 1]],
            [2 * s[0, 1], mixed, 2 * s[1, 2]],
            [s[1, 1], 2 * s[1, 2], s[2, 2]],
        ])  # fmt: skip
        traces = np.array([t0, 2 * t1, t2])
        return full - np.outer(traces, traces) / self.scores

    def _totals(self, d11: float, d12: float, d22: float) -> tuple[float, float, Floats, Floats]:
        """Sums over clients, by pattern: of W11, W12, W22, w1, w2, and of their products."""
        sums, det = self.sums, d11 * d22 - d12 * d12
        totals, products = np.zeros((5, len(self.k))), np.zeros((5, 5, len(self.k)))
        log_det = explained = 0.0
        work = np.empty((5, CHUNK))
        for part, found, starts in self.chunks:
            n, t, tt, q = sums.n[part], sums.time[part], sums.time2[part], sums.spread[part]
            y, ty = sums.score[part], sums.time_score[part]
            five = work[:, : len(n)]
            f = d11 * n + (2 * d12) * t + d22 * tt + det * q
            f += 1
            log_det += float(np.log(np.multiply.reduceat(f, EIGHTS[: -(-len(f) // 8)])).sum())
            np.divide(n + d22 * q, f, out=five[0])
            np.divide(t - d12 * q, f, out=five[1])
            np.divide(tt + d11 * q, f, out=five[2])
            v1, v2 = d11 * y + d12 * ty, d12 * y + d22 * ty
            np.subtract(y, five[0] * v1 + five[1] * v2, out=five[3])
            np.subtract(ty, five[1] * v1 + five[2] * v2, out=five[4])
            explained += float(v1 @ five[3] + v2 @ five[4])
            totals[:, found] += np.add.reduceat(five, starts, axis=1)
            if len(found) == 1:
                products[:, :, found[0]] += five @ five.T
                continue
            for left, right in combinations_with_replacement(range(5), 2):
                of_pattern = np.add.reduceat(five[left] * five[right], starts)
                products[left, right, found] += of_pattern
                if left != right:
                    products[right, left, found] += of_pattern
        return log_det, explained, totals, products


def _chunks(pattern: Integers, patterns: int) -> list[tuple[slice, Integers, Integers]]:
    """Clients a few thousand at a time, of one pattern if there are many of each: the slice, the patterns in it, and
    where in the slice each begins."""
    edges = set(range(0, len(pattern), CHUNK)) | {len(pattern)}
    if len(pattern) > MANY * patterns:
        edges |= set(np.flatnonzero(np.diff(pattern)) + 1)
    parts = [slice(*map(int, ends)) for ends in pairwise(sorted(edges))]
    return [(part, *np.unique(pattern[part], return_index=True)) for part in parts]
