// SPDX-License-Identifier: Apache-2.0

// What the ways have in common.

#ifndef VIGIE_RULES_H
#define VIGIE_RULES_H

#include "CRuleTables.h"

// Vectors as arguments have no place in a function of their own where not all of a file is for
// AVX2.
#define ALWAYS static inline __attribute__((always_inline))

#define VIGIE_RULES_WAY(name)                                                                     \
    void vigie_rules_classify_##name(const vigie_rule_cuts *cuts, const double *values,           \
                                     size_t count, uint16_t *classes);                            \
    void vigie_rules_first_##name(const vigie_rule_table *table, const uint16_t *const *classes,  \
                                  size_t count, int32_t *first, int32_t *second);                 \
    void vigie_rules_sum_##name(const vigie_rule_table *table, const uint16_t *const *classes,    \
                                size_t count, const int64_t *numbers, int64_t *sums,              \
                                int32_t *counts);                                             \
    void vigie_rules_near_##name(const vigie_rule_table *table, const uint16_t *const *classes,   \
                                 size_t count, size_t rule_count, size_t slots, int32_t *rules);

VIGIE_RULES_WAY(portable)
VIGIE_RULES_WAY(avx2)

#endif
