// SPDX-License-Identifier: Apache-2.0

// The forms of an ensemble that are walked node by node: for few rows, and for trees that the
// bit-sliced kernel does not take.
//
// Numerical splits are decided by one byte for each column of bins and each way to treat missing
// values: 0 for what goes left always, 255 for what goes right, else the bin plus one. General
// trees are decided on the values, as the reference scorer does.

#ifndef VIGIE_CFOREST_WALK_H
#define VIGIE_CFOREST_WALK_H

#include "CForestRows.h"

#include <stdbool.h>

/// A node of a binned tree. The walk steps to node `child` of the tree if the byte is at most
/// `rank`, else to the one after it. A leaf tests byte 0, which is 0, and is its own child.
typedef struct {
    uint32_t byte;
    /// The child times 256, plus the rank.
    uint32_t child_and_rank;
} vigie_walk_node;

enum {
    /// Most nodes of a binned tree.
    vigie_walk_nodes_max = 1 << 24,
};

/// A byte that nodes test: a column of bins with one way to treat missing values.
typedef struct {
    uint32_t column;
    /// 0 or one of vigie_slice_nan_left and so on.
    uint32_t kind;
} vigie_walk_byte;

/// A split of a general tree.
typedef struct {
    double threshold;
    uint32_t feature;
    /// Index of a split, or ~index of a leaf.
    int32_t left, right;
    uint32_t category_start, category_count;
    /// The raw value of SplitKind.
    uint32_t kind;
} vigie_walk_split;

/// A leaf of a general tree: its value or, if it has terms and none of their values is NaN, the
/// constant and its terms, added in their order.
typedef struct {
    double value;
    double constant;
    uint32_t term_start, term_count;
    bool is_linear;
} vigie_walk_leaf;

typedef struct {
    double coefficient;
    uint32_t feature;
} vigie_walk_term;

/// The ways in which trees are run.
enum {
    vigie_run_sliced = 0,
    vigie_run_binned = 1,
    vigie_run_general = 2,
};

/// Trees that are run in the same way, one after another.
typedef struct {
    uint32_t kind;
    /// Among the trees of this kind.
    uint32_t first_tree, tree_count;
} vigie_run;

/// An output of the model: a sum over its runs.
typedef struct {
    double start;
    uint32_t run_start, run_count;
} vigie_output;

typedef struct {
    /// Byte 0 is always 0; the others are in order of column.
    const vigie_walk_byte *bytes;
    size_t byte_count;
    /// The root of each binned tree, among the nodes.
    const uint32_t *binned_roots;
    const vigie_walk_node *nodes;
    /// Leaf value of each node that is a leaf; unused for the others.
    const double *node_values;
    /// Of each general tree: the index of a split, or ~index of a leaf.
    const int32_t *general_roots;
    const vigie_walk_split *splits;
    const vigie_walk_leaf *leaves;
    const vigie_walk_term *terms;
    const uint32_t *category_words;
    /// How a row is scored alone, without slices.
    const vigie_output *outputs;
    const vigie_run *runs;
} vigie_walk_plan;

#endif
