// SPDX-License-Identifier: Apache-2.0

// What the paths of the SHAP kernel share.

#ifndef VIGIE_SHAP_H
#define VIGIE_SHAP_H

#include "CForestShap.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "masks of rows are taken apart byte by byte, the lowest rows first"
#endif

/// A bit for each of 64 rows of a block.
typedef uint64_t vigie_row_mask;

enum { vigie_shap_masks = vigie_shap_rows / 64 };

/// A column of a block, the rows past the last filled up with 0.
typedef union {
    float values32[vigie_shap_rows];
    double values64[vigie_shap_rows];
} __attribute__((aligned(64))) vigie_shap_values;

/// Rows of a column that are NaN, and that are NaN or zero.
typedef struct {
    vigie_row_mask is_nan[vigie_shap_masks], is_zero[vigie_shap_masks];
} vigie_shap_missing;

/// A workspace, taken apart.
typedef struct {
    vigie_shap_values *columns;
    vigie_shap_missing *missing;
    /// Of the tree in work, for each condition: the rows for which it holds, and those that
    /// followed the splits before it on the same feature.
    vigie_row_mask (*holds)[vigie_shap_masks], (*follows)[vigie_shap_masks];
    /// P and U of the rows that take steps together: a slot has, for each point, all rows.
    double *slots;
    /// For each of those groups of rows, all sums, each for all rows.
    double *sums;
} vigie_shap_scratch;

/// Adds all trees to the sums of a block of rows whose columns are filled. Gives the number of rows
/// in a group.
typedef size_t vigie_shap_block(const vigie_shap_plan *plan, const vigie_shap_scratch *scratch,
                                size_t row_count, bool are_double);

/// Adds what the splits of a tree give for each way through it, for which as many rows stand.
typedef void vigie_shap_ways(const vigie_shap_plan *plan, const vigie_shap_tree *tree,
                             const vigie_shap_scratch *scratch, double *table);

vigie_shap_block vigie_shap_block_portable;
vigie_shap_ways vigie_shap_ways_portable;
#if defined(__x86_64__)
vigie_shap_block vigie_shap_block_avx2;
vigie_shap_ways vigie_shap_ways_avx2;
vigie_shap_block vigie_shap_block_avx512;
vigie_shap_ways vigie_shap_ways_avx512;
#endif

#endif
