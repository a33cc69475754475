// SPDX-License-Identifier: Apache-2.0

// Rules in plain C.

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

ALWAYS bool is_empty(vector a) {
    return !(a.words[0] | a.words[1] | a.words[2] | a.words[3]);
}

ALWAYS size_t first_bit(vector a) {
    size_t w = 0;
    while (!a.words[w]) w++;
    return w * 64 + (size_t)__builtin_ctzll(a.words[w]);
}

#include "vigie_rules.inc"

void vigie_rules_classify_portable(const vigie_rule_cuts *cuts, const double *values, size_t count,
                                   uint16_t *classes) {
    for (size_t r = 0; r < count; r++) {
        double value = values[r];
        size_t class = 0;
        for (size_t step = (cuts->count + 1) / 2; step; step /= 2)
            class += cuts->cuts[class + step - 1] <= value ? step : 0;
        classes[r] = value == value ? (uint16_t)class : cuts->null_class;
    }
}
