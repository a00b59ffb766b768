"""Makes test/rollout/judge/fixtures/reference.json: what SciPy and statsmodels say of samples that are written down with it.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 statsmodels==0.15.0
    venv/bin/python scripts/judge/reference.py > test/rollout/judge/fixtures/reference.json
"""

import itertools
import json

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

random = np.random.default_rng(20261121)


def rounded(values):
    return [round(float(value), 6) for value in values]


def hodges_lehmann(candidate, baseline, alpha=0.05):
    """By forming all pairs; the interval as in Hollander and Wolfe, with the normal quantile."""
    differences = np.sort(np.subtract.outer(candidate, baseline).ravel())
    n, m = len(candidate), len(baseline)
    rank = int(np.floor(n * m / 2 - stats.norm.isf(alpha / 2) * np.sqrt(n * m * (n + m + 1) / 12)))
    interval = [float(differences[rank - 1]), float(differences[n * m - rank])] if rank >= 1 else None
    return {"shift": float(np.median(differences)), "interval": interval}


def exact_with_ties(candidate, baseline):
    """All ways to deal the pooled values out."""
    pooled = np.concatenate([candidate, baseline])
    ranks = stats.rankdata(pooled)
    sums = np.array([ranks[list(chosen)].sum() for chosen in itertools.combinations(range(len(pooled)), len(candidate))])
    own = ranks[: len(candidate)].sum()
    return float(min(1.0, 2 * min(np.mean(sums <= own + 1e-9), np.mean(sums >= own - 1e-9))))


def rank_sum(name, candidate, baseline, method):
    candidate, baseline = rounded(candidate), rounded(baseline)
    test = stats.mannwhitneyu(candidate, baseline, alternative="two-sided", method="asymptotic" if method == "enumerated" else method)
    return {
        "name": name,
        "candidate": candidate,
        "baseline": baseline,
        "u": float(test.statistic),
        "pValue": exact_with_ties(candidate, baseline) if method == "enumerated" else float(test.pvalue),
        **hodges_lehmann(candidate, baseline),
    }


def proportion(candidate, baseline, limit):
    (x1, n1), (x0, n0) = candidate, baseline
    interval = confint_proportions_2indep(x1, n1, x0, n0, method="newcomb", compare="diff", alpha=0.05, correction=False)
    score = test_proportions_2indep(x1, n1, x0, n0, value=limit, method="score", compare="ratio", correction=False)
    return {
        "candidate": {"events": x1, "total": n1},
        "baseline": {"events": x0, "total": n0},
        "limit": limit,
        "fisher": float(stats.fisher_exact([[x1, n1 - x1], [x0, n0 - x0]])[1]),
        "score": float(score.statistic),
        "interval": [float(each) for each in interval],
        "binomial": float(stats.binom.sf(x1 - 1, x1 + x0, limit * n1 / (limit * n1 + n0))),
    }


normal, lognormal, integers = random.normal, random.lognormal, random.integers
rank_sums = [
    rank_sum("5 and 6, separated", [1, 2, 3, 4, 5], [11, 12, 13, 14, 15, 16], "exact"),
    rank_sum("8 and 8", normal(1, 1, 8), normal(0, 1, 8), "exact"),
    rank_sum("6 and 30", normal(0.5, 1, 6), normal(0, 1, 30), "exact"),
    rank_sum("20 and 20", normal(0.6, 1, 20), normal(0, 1, 20), "exact"),
    rank_sum("7 and 8, ties", integers(0, 4, 7), integers(0, 4, 8), "enumerated"),
    rank_sum("5 and 9, mostly zeros", [0, 0, 0, 2, 5], [0, 0, 0, 0, 0, 0, 1, 0, 0], "enumerated"),
    rank_sum("60 and 50", normal(0.3, 1, 60), normal(0, 1, 50), "asymptotic"),
    rank_sum("40 and 41, ties", integers(0, 6, 40), integers(1, 7, 41), "asymptotic"),
    rank_sum("100 and 300, mostly zeros", random.poisson(0.2, 100), random.poisson(0.1, 300), "asymptotic"),
    rank_sum("200 and 200, lognormal", lognormal(0.3, 1, 200), lognormal(0, 1, 200), "asymptotic"),
    rank_sum("30 and 30, far apart", normal(50, 1, 30), normal(0, 1, 30), "asymptotic"),
]
proportions = [
    proportion((7, 50), (2, 60), 1.1),
    proportion((0, 100), (3, 100), 1.1),
    proportion((3, 1000), (0, 1000), 1.1),
    proportion((40, 1000), (100, 9000), 1.5),
    proportion((5900, 10000), (6000, 10000), 1.05),
    proportion((730, 20000), (6000, 180000), 1.1),
]
p_values = [0.01, 0.04, 0.03, 0.005, 0.5, 0.9, 0.03]
distributions = {
    "normal": [[z, float(stats.norm.sf(z))] for z in [-3.0, 0.0, 0.5, 1.96, 4.0, 8.0, 20.0]],
    "normalQuantile": [[p, float(stats.norm.isf(p))] for p in [0.9, 0.5, 0.025, 1e-4, 1e-10, 1e-100]],
    "student": [[t, df, float(stats.t.sf(t, df))] for t in [0.0, 1.5, 4.0, 9.0] for df in [8, 46, 998]],
    "studentQuantile": [[p, df, float(stats.t.isf(p, df))] for p in [0.025, 1e-4, 1e-8] for df in [8, 46, 998]],
    "hypergeometric": [
        [count, marked, others, drawn, float(stats.hypergeom.sf(count - 1, marked + others, marked, drawn))]
        for count, marked, others, drawn in [(8, 60, 60, 10), (20, 200, 200, 20), (3, 30, 500, 26), (40, 500, 500, 50)]
    ],
}
json.dump(
    {
        "made": f"scripts/judge/reference.py, SciPy {scipy.__version__}, statsmodels {statsmodels.__version__}",
        "rankSums": rank_sums,
        "proportions": proportions,
        "holm": {"pValues": p_values, "adjusted": [float(each) for each in multipletests(p_values, method="holm")[1]]},
        "distributions": distributions,
    },
    __import__("sys").stdout,
)
print()
