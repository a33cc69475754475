// SPDX-License-Identifier: Apache-2.0

// The rules of a decision table as sets of bits: for each class that a value may have, the rules
// that let it through. A row's rules are what is left when the sets of its classes are joined.
// Plain C: a table is built once in Swift and read from any number of threads.

#ifndef VIGIE_CRULETABLES_H
#define VIGIE_CRULETABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The rules of a table.
typedef struct {
    /// For each input, a set for each class, one after another. A set begins with a vector of 256
    /// bits where it has more than one word.
    const uint64_t *const *sets;
    size_t input_count;
    /// Words of a set: one, or a multiple of four. Bits behind the last rule are 0.
    size_t word_count;
} vigie_rule_table;

/// Where values of an input part.
typedef struct {
    /// Ascending numbers, filled up with NaN to one less than a power of two.
    const double *cuts;
    /// Their number with what fills them up.
    size_t count;
    /// The class of NaN.
    uint16_t null_class;
} vigie_rule_cuts;

/// The ways to do it.
typedef enum { vigie_rules_portable, vigie_rules_avx2 } vigie_rules_way;

/// Whether this processor can go a way.
bool vigie_rules_run(vigie_rules_way way);

/// The class of each value: how many cuts are not above it.
void vigie_rules_classify(vigie_rules_way way, const vigie_rule_cuts *cuts, const double *values,
                          size_t count, uint16_t *classes);

/// The first rule of each row, and the one after it where `second` is not null; -1 where there is
/// none. `classes` are columns, one for each input, of classes that the table has.
void vigie_rules_first(vigie_rules_way way, const vigie_rule_table *table,
                       const uint16_t *const *classes, size_t count, int32_t *first,
                       int32_t *second);

/// The rules of a row.
void vigie_rules_all(const vigie_rule_table *table, const uint16_t *const *classes, size_t row,
                     uint64_t *rules);

/// The rules of each row that all inputs let through but one: the first `slots` of them, at `slots`
/// times the row, and -1 where there are no more. `rule_count` is that of the table.
void vigie_rules_near(vigie_rules_way way, const vigie_rule_table *table,
                      const uint16_t *const *classes, size_t count, size_t rule_count,
                      size_t slots, int32_t *rules);

/// For each row the sum of a number for each of its rules, and how many they are. No sum may
/// leave the range.
void vigie_rules_sum(vigie_rules_way way, const vigie_rule_table *table,
                     const uint16_t *const *classes, size_t count, const int64_t *numbers,
                     int64_t *sums, int32_t *counts);

#endif
