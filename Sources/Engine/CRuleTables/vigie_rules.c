// SPDX-License-Identifier: Apache-2.0

// Which way is gone, and what is done for one row at a time; see CRuleTables.h.

#include "vigie_rules.h"

bool vigie_rules_run(vigie_rules_way way) {
#if defined(__x86_64__)
    return way == vigie_rules_portable || __builtin_cpu_supports("avx2");
#else
    return way == vigie_rules_portable;
#endif
}

#if defined(__x86_64__)
#define GO(call, ...)                                                                             \
    (way == vigie_rules_avx2 ? call##_avx2(__VA_ARGS__) : call##_portable(__VA_ARGS__))
#else
#define GO(call, ...) call##_portable(__VA_ARGS__)
#endif

void vigie_rules_classify(vigie_rules_way way, const vigie_rule_cuts *cuts, const double *values,
                          size_t count, uint16_t *classes) {
    GO(vigie_rules_classify, cuts, values, count, classes);
}

void vigie_rules_first(vigie_rules_way way, const vigie_rule_table *table,
                       const uint16_t *const *classes, size_t count, int32_t *first,
                       int32_t *second) {
    GO(vigie_rules_first, table, classes, count, first, second);
}

void vigie_rules_sum(vigie_rules_way way, const vigie_rule_table *table,
                     const uint16_t *const *classes, size_t count, const int64_t *numbers,
                     int64_t *sums, int32_t *counts) {
    GO(vigie_rules_sum, table, classes, count, numbers, sums, counts);
}

static const uint64_t *set_of(const vigie_rule_table *table, size_t input, uint16_t class) {
    return table->sets[input] + class * table->word_count;
}

void vigie_rules_all(const vigie_rule_table *table, const uint16_t *const *classes, size_t row,
                     uint64_t *rules) {
    for (size_t w = 0; w < table->word_count; w++) {
        uint64_t bits = UINT64_MAX;
        for (size_t i = 0; i < table->input_count; i++)
            bits &= set_of(table, i, classes[i][row])[w];
        rules[w] = bits;
    }
}

void vigie_rules_near(vigie_rules_way way, const vigie_rule_table *table,
                      const uint16_t *const *classes, size_t count, size_t rule_count,
                      size_t slots, int32_t *rules) {
    GO(vigie_rules_near, table, classes, count, rule_count, slots, rules);
}
