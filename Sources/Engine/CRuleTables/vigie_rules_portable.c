// SPDX-License-Identifier: Apache-2.0

// Rules in plain C.

#include <string.h>

#include "vigie_rules.h"

#define WAY(name) name##_portable

typedef struct {
    uint64_t words[4];
} vector;

ALWAYS vector load_vector(const uint64_t *words) {
    return (vector){{words[0], words[1], words[2], words[3]}};
}

ALWAYS vector and_vectors(vector a, vector b) {
    for (int w = 0; w < 4; w++) a.words[w] &= b.words[w];
    return a;
}

ALWAYS vector or_vectors(vector a, vector b) {
    for (int w = 0; w < 4; w++) a.words[w] |= b.words[w];
    return a;
}

ALWAYS vector not_vector(vector a) {
    for (int w = 0; w < 4; w++) a.words[w] = ~a.words[w];
    return a;
}

/// What of a is not in b.
ALWAYS vector without_vector(vector a, vector b) { return and_vectors(a, not_vector(b)); }

ALWAYS void store_vector(uint64_t *words, vector a) {
    for (int w = 0; w < 4; w++) words[w] = a.words[w];
}

ALWAYS bool is_empty(vector a) {
    return !(a.words[0] | a.words[1] | a.words[2] | a.words[3]);
}

ALWAYS size_t first_bit(vector a) {
    size_t w = 0;
    while (!a.words[w]) w++;
    return w * 64 + (size_t)__builtin_ctzll(a.words[w]);
}

#include "vigie_rules.inc"

// Two at once, as any processor has them: of one alone a compiler makes a jump, which goes the
// wrong way half of the time.
typedef double two_doubles __attribute__((vector_size(16)));
typedef int64_t two_numbers __attribute__((vector_size(16)));

enum { values_at_once = 8 };

ALWAYS void classify_block(const vigie_rule_cuts *cuts, const double *values, uint16_t *classes) {
    two_doubles value[values_at_once / 2];
    two_numbers class[values_at_once / 2];
    memcpy(value, values, sizeof value);
    memset(class, 0, sizeof class);
    for (size_t step = (cuts->count + 1) / 2; step; step /= 2) {
        const double *middle = cuts->cuts + step - 1;
        two_numbers width = {(int64_t)step, (int64_t)step};
        for (int v = 0; v < values_at_once / 2; v++) {
            two_doubles cut = {middle[class[v][0]], middle[class[v][1]]};
            class[v] += (two_numbers)(cut <= value[v]) & width;
        }
    }
    two_numbers null = {cuts->null_class, cuts->null_class};
    for (int v = 0; v < values_at_once / 2; v++) {
        two_numbers is_there = (two_numbers)(value[v] == value[v]);
        two_numbers found = (class[v] & is_there) | (null & ~is_there);
        classes[2 * v] = (uint16_t)found[0];
        classes[2 * v + 1] = (uint16_t)found[1];
    }
}

void vigie_rules_classify_portable(const vigie_rule_cuts *cuts, const double *values, size_t count,
                                   uint16_t *classes) {
    size_t r = 0;
    for (; r + values_at_once <= count; r += values_at_once)
        classify_block(cuts, values + r, classes + r);
    if (r == count) return;
    double rest[values_at_once] = {0};
    uint16_t found[values_at_once];
    memcpy(rest, values + r, (count - r) * sizeof *rest);
    classify_block(cuts, rest, found);
    memcpy(classes + r, found, (count - r) * sizeof *found);
}
