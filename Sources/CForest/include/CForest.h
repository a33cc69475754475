// SPDX-License-Identifier: Apache-2.0

// The compiled form of a tree ensemble and the walks over it. Plain C, no allocation, no state:
// the plan is built once in Swift and read from any number of threads.

#ifndef VIGIE_CFOREST_H
#define VIGIE_CFOREST_H

#include "CForestSlices.h"

#include <stddef.h>
#include <stdint.h>

/// Rows that are walked as one block: columns of a block are this many values apart.
enum { vigie_forest_block_rows = 64 };

/// Most columns of a block, so that it fits the stack (128 KiB of float32).
enum { vigie_forest_columns_max = 512 };

/// A column of a block: one feature, made ready so that every split on it is the one comparison
/// `value <= threshold`, false for NaN.
typedef struct {
    uint32_t feature;
    /// Sum of vigie_column_* below.
    uint32_t variant;
} vigie_forest_column;

enum {
    /// The value with its sign changed, for splits that send NaN left.
    vigie_column_negated = 1,
    /// Values within 1e-35 of zero become NaN.
    vigie_column_zero_is_missing = 2,
};

/// A node of a fast tree. The walk steps to `child` if `value <= threshold`, else to `child + 1`.
/// A leaf has threshold infinity on the constant column 0 and is its own child.
typedef struct {
    float threshold;
    /// Start of the column in a block: column number times vigie_forest_block_rows.
    uint32_t column_start;
    uint32_t child;
} vigie_forest_node32;

typedef struct {
    double threshold;
    uint32_t column_start;
    uint32_t child;
} vigie_forest_node64;

/// A split of a general tree, decided as the reference scorer does.
typedef struct {
    double threshold;
    uint32_t feature;
    /// Index of a split, or ~index of a leaf value.
    int32_t left, right;
    uint32_t category_start, category_count;
    /// LightGBM's decision_type.
    uint32_t kind;
} vigie_forest_split;

/// A tree. Fast trees have their root among the nodes; general trees among the splits (or, with
/// no split, as ~index of a leaf value).
typedef struct {
    int32_t root;
    uint32_t is_general;
} vigie_forest_tree;

typedef struct {
    const vigie_forest_column *columns;
    size_t column_count;
    const vigie_forest_tree *trees;
    size_t tree_count;
    const vigie_forest_node32 *nodes32;
    const vigie_forest_node64 *nodes64;
    /// Leaf value of each node that is a leaf; unused for the others.
    const double *node_values;
    const vigie_forest_split *splits;
    const double *split_values;
    const uint32_t *category_words;
} vigie_forest_plan;

/// Raw scores of `row_count` rows, `row_stride` values apart, into `output`.
void vigie_forest_walk32(const vigie_forest_plan *plan, const float *rows, size_t row_count,
                         size_t row_stride, double *output);
void vigie_forest_walk64(const vigie_forest_plan *plan, const double *rows, size_t row_count,
                         size_t row_stride, double *output);

#endif
