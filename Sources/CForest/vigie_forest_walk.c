// SPDX-License-Identifier: Apache-2.0

// The portable walk, once for float32 rows and once for float64 rows.

#include "CForest.h"

#include <math.h>
#include <stdbool.h>

/// Whether a double goes left at a split: the same rules as the reference scorer.
static bool goes_left(const vigie_forest_plan *plan, const vigie_forest_split *split,
                      double value) {
    if (split->kind & 1) {
        if (!(value > -1 && value < 2147483648.0)) return false;
        uint32_t category = (uint32_t)(int32_t)value;
        if (category / 32 >= split->category_count) return false;
        uint32_t word = plan->category_words[split->category_start + category / 32];
        return word >> (category % 32) & 1;
    }
    uint32_t missing = split->kind >> 2;
    bool is_nan = value != value;
    if (missing == 0 && is_nan) value = 0;
    if (missing == 1 && (is_nan || fabs(value) <= (double)1e-35f)) return split->kind >> 1 & 1;
    if (missing == 2 && is_nan) return split->kind >> 1 & 1;
    return value <= split->threshold;
}

#define VALUE float
#define NODE vigie_forest_node32
#define NODES nodes32
#define NAME(name) name##32
#include "vigie_forest_walk.inc"
#undef VALUE
#undef NODE
#undef NODES
#undef NAME

#define VALUE double
#define NODE vigie_forest_node64
#define NODES nodes64
#define NAME(name) name##64
#include "vigie_forest_walk.inc"
