"""Counts → probabilities, pruned to the n-grams that matter, with back-off weights."""
import numpy as np

from ngrams import look_up, merge

FLOOR = 2.0 ** -24
LEAST_DISCOUNT, MOST_DISCOUNT = 0.3, 0.9  # what is taken of a count, whatever the counts of one and two say
CASED = str.upper


def need(alphabet):
    """How much damage asks about each letter: by the bytes that charsets lose (see README.md)."""
    def of(c):
        best = 0.01
        for form in {c, c.upper()[:1]}:
            tail = form.encode("utf-8", "replace")
            if len(tail) > 1:
                best = max(best, 0.1)
            if any(0x80 <= b <= 0x9F for b in tail[1:]):
                best = max(best, 0.5)
            if any(b in b"\x81\x8d\x8f\x90\x9d" for b in tail[1:]):
                best = max(best, 1.0)
        return best
    return np.array([0.01] + [of(c) for c in alphabet.chars[1:]])


class Smoothed:
    """Probabilities of every n-gram seen (Witten-Bell): order n in .keys[n-1], .prob[n-1]; .count[n-1]."""

    def __init__(self, alphabet, counts, strength=1.0):
        bits = alphabet.bits
        self.bits, self.order = bits, len(counts)
        self.keys, self.prob, self.count, self.rest = [], [], [], {}
        keys, c = counts[0]
        self.total = c.sum()
        self.keys.append(keys)
        self.prob.append((c + 0.5) / (self.total + 0.5 * len(c)))
        self.count.append(c)
        for n in range(2, self.order + 1):
            keys, c = counts[n - 1]
            known = look_up(self.keys[n - 2], self.prob[n - 2], keys & ((1 << bits * (n - 1)) - 1)) > 0
            keys, c = keys[known], c[known]
            context = keys >> bits
            group, start, size = np.unique(context, return_index=True, return_counts=True)
            of = np.repeat(np.arange(len(group)), size)
            seen = np.add.reduceat(c, start) if len(c) else c
            lower = look_up(self.keys[n - 2], self.prob[n - 2], keys & ((1 << bits * (n - 1)) - 1))
            kinds = strength * size
            self.prob.append((c + kinds[of] * lower) / (seen[of] + kinds[of]))
            self.keys.append(keys)
            self.count.append(c)

    @staticmethod
    def discounted(alphabet, counts):
        """Kneser-Ney: better where there is little text. A letter behind a short context is as likely as there are
        letters that this follows: how often one of them does is what the longer n-grams say.
        """
        self = Smoothed.__new__(Smoothed)
        bits, order = alphabet.bits, len(counts)
        self.bits, self.order, self.keys, self.prob, self.left = bits, order, [], [], [None]
        self.count = [c for _, c in counts]
        self.total = counts[0][1].sum()
        for n in range(1, order + 1):
            keys, c = counts[n - 1]
            c = np.maximum(c, 0.0)
            if n < order:
                longer = counts[n][0]
                kinds = look_up(*merge(longer & ((1 << bits * n) - 1), np.ones(len(longer))), keys)
                starts = (keys >> bits * (n - 1) == 0) & (n > 1)  # before an edge stands but an edge
                c = np.where(starts, c, np.maximum(kinds, 1.0))
            if n == 1:
                self.prob.append((c + 0.5) / (c.sum() + 0.5 * len(c)))
                self.keys.append(keys)
                continue
            once, twice = (c <= 1).sum(), ((c > 1) & (c <= 2)).sum()
            discount = np.minimum(c, min(max(once / max(once + 2.0 * twice, 1), LEAST_DISCOUNT), MOST_DISCOUNT))
            group, start, size = np.unique(keys >> bits, return_index=True, return_counts=True)
            of = np.repeat(np.arange(len(group)), size)
            seen, left = np.add.reduceat(c, start), np.add.reduceat(discount, start)
            lower = look_up(self.keys[n - 2], self.prob[n - 2], keys & ((1 << bits * (n - 1)) - 1), FLOOR)
            self.prob.append((c - discount + left[of] * lower) / seen[of])
            self.keys.append(keys)
            self.left.append((group, left / seen))
        return self

    def mixed(self, other, share):
        """With this share of what another model, made of part of the text, says of each n-gram."""
        bits = self.bits
        for n in range(1, self.order + 1):
            keys = self.keys[n - 1]
            said = look_up(other.keys[n - 1], other.prob[n - 1], keys)
            if n == 1:
                said = np.where(said > 0, said, other.prob[0].min())
            else:
                shorter = below[np.searchsorted(self.keys[n - 2], keys & ((1 << bits * (n - 1)) - 1))]
                said = np.where(said > 0, said, look_up(*other.left[n - 1], keys >> bits, 1.0) * shorter)
            self.prob[n - 1] = (1 - share) * self.prob[n - 1] + share * said
            below = said
        return self

    def spelled(self, words, alphabet):
        """What each word costs letter by letter, in bits, its end included; of letters of the alphabet."""
        bits, order = self.bits, self.order
        lengths = np.array([len(word) for word in words])
        codes = np.zeros((len(words), order + lengths.max()), dtype=np.int64)  # an edge is 0
        for row, word in zip(codes, words):
            row[order - 1: order - 1 + len(word)] = [alphabet.number[c] for c in word]
        cost = np.zeros(len(words))
        for place in range(lengths.max() + 1):
            there = np.flatnonzero(lengths >= place)
            prob, share, open_ = np.zeros(len(there)), np.ones(len(there)), np.ones(len(there), dtype=bool)
            for n in range(min(order, place + 2), 0, -1):
                key = np.zeros(len(there), dtype=np.int64)
                for column in range(order + place - n, order + place):
                    key = key << bits | codes[there, column]
                found = look_up(self.keys[n - 1], self.prob[n - 1], key)
                prob = np.where(open_, share * found, prob)
                open_ &= found == 0
                if n > 1:
                    left = look_up(*self.left_over(n), key >> bits)
                    share = np.where(left > 0, share * left, share)
            cost[there] -= np.log2(np.maximum(prob, FLOOR))
        return cost

    def left_over(self, n):
        """The share of what follows each context that Witten and Bell leave to n-grams shorter than `n`."""
        if n not in self.rest:
            context, start, size = np.unique(self.keys[n - 1] >> self.bits, return_index=True, return_counts=True)
            self.rest[n] = context, size / (np.add.reduceat(self.count[n - 1], start) + size)
        return self.rest[n]

    def scores(self, needs, weight):
        """What each n-gram of order 2 and up is worth keeping; a suffix is worth at least its extensions."""
        bits, mask = self.bits, (1 << self.bits) - 1
        out = [None]
        for n in range(2, self.order + 1):
            keys = self.keys[n - 1]
            lower = look_up(self.keys[n - 2], self.prob[n - 2], keys & ((1 << bits * (n - 1)) - 1), FLOOR)
            asked = needs[keys & mask]
            for i in range(1, n):
                asked = np.maximum(asked, needs[keys >> bits * i & mask])
            gain = np.abs(np.log2(self.prob[n - 1]) - np.log2(lower))
            out.append(weight * asked * gain * self.count[n - 1] / self.total)
        for n in range(self.order, 2, -1):
            suffix = self.keys[n - 1] & ((1 << bits * (n - 1)) - 1)
            at = np.searchsorted(self.keys[n - 2], suffix)
            np.maximum.at(out[n - 2], at, out[n - 1])
        return out

    def pruned(self, scores, threshold):
        """[(keys, cost in bits)] of each order, and [(context keys, back-off in bits)] of each length."""
        bits = self.bits
        kept = [(self.keys[0], self.prob[0])]
        backoff = []
        for n in range(2, self.order + 1):
            good = scores[n - 1] >= threshold
            keys, prob = self.keys[n - 1][good], self.prob[n - 1][good]
            kept.append((keys, prob))
            lower = look_up(*kept[n - 2], keys & ((1 << bits * (n - 1)) - 1), FLOOR)
            contexts, mass = merge(keys >> bits, prob)
            _, lower_mass = merge(keys >> bits, lower)
            left = np.maximum(1 - mass, 1e-4) / np.maximum(1 - lower_mass, 1e-4)
            backoff.append((contexts, -np.log2(left)))
        return [(k, -np.log2(p)) for k, p in kept], backoff
