// SPDX-License-Identifier: Apache-2.0

// The forms of an ensemble that are walked node by node: for few rows, and for trees that the
// bit-sliced kernel does not take.
//
// Numerical splits are decided by one byte for each column of bins and each way to treat missing
// values: 0 for what goes left always, 255 for what goes right, else the bin plus one. Categorical
// splits are by one byte for each set of categories: 0 in the set, 255 elsewhere. General trees are
// decided on the values, as the reference scorer does.

#ifndef VIGIE_CFOREST_WALK_H
#define VIGIE_CFOREST_WALK_H

#include "CForestRows.h"

#include <stdbool.h>

/// A node of a binned tree. If the byte is at most the rank, the walk goes to the child, else to
/// the node after that. A leaf tests byte 0, which is 0, and is its own child.
typedef struct {
    uint32_t byte;
    /// How many nodes further the child is, times 256, plus the rank.
    uint32_t way_and_rank;
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

enum {
    /// Trees of a group, with AVX-512 and with AVX2.
    vigie_row_sixteen = 16,
    vigie_row_eight = 8,
    /// Most bytes that a group of sixteen tests.
    vigie_row_bytes_max = 128,
    /// Most bins that there may be for groups of eight.
    vigie_row_bins_max = 256,
    /// Values of a column in ranks32 and ranks64.
    vigie_row_ranks = 16 + 256,
};

/// A feature with sets of categories. Its columns' bins add up to a value's class; NaN, which the
/// first column tells, has the last line.
typedef struct {
    /// Its columns, which follow each other.
    uint32_t first_column, column_count;
    /// The number of its first set, and how many bytes of eight sets it has.
    uint32_t first_set, set_bytes;
    /// The bytes from one line of its table to the next, a multiple of 16; the last line; and where
    /// the table begins. A line has a bit for each set, from the lowest of the first byte on.
    uint32_t line_bytes, last_line, table_start;
    /// Where its lines begin among those of all features, for rows alone.
    uint32_t first_line;
} vigie_set_feature;

enum {
    /// Most sets of a plan.
    vigie_sets_max = 1 << 15,
};

/// Binned trees of up to 64 leaves in the form in which one row goes through several at once.
typedef struct {
    /// Where its code begins, in units of 32 bytes. A step is four splits of each tree. Of sixteen
    /// trees: 64 places of bytes, 64 ranks, those of each split together. Of eight: 32 places of
    /// bins, 32 numbers to add to these, 32 ranks, those of each tree together. Then for each split
    /// a word of the mask of each tree.
    uint32_t code_start;
    /// Steps for the first 32 leaves, then those for the others: few splits have leaves of both on
    /// their left.
    uint32_t step_count, upper_step_count;
    /// Words of a mask of leaves: 1 or 2.
    uint32_t word_count;
    uint32_t tree_count;
    /// Leaf values of its first tree; the next has its own 32 * word_count values further.
    uint32_t leaf_start;
    /// Where its list of bytes begins, if the plan has more than a group of sixteen can test. If
    /// not, byte 1 has place 0.
    uint32_t byte_start;
    /// Whether it has splits by sets, and where the bits of its steps then begin in a row's, in
    /// words of 32: as many for each step as it has splits, in their order.
    uint32_t has_sets, set_start;
} vigie_row_group;

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
    /// Binned trees in groups, which take the place of trees in the run.
    vigie_run_grouped = 3,
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
    /// Byte 0 is always 0; the others are in order of column. Those of sets come after them.
    const vigie_walk_byte *bytes;
    size_t byte_count;
    const vigie_set_feature *set_features;
    size_t set_feature_count;
    const uint8_t *set_tables;
    size_t set_count;
    /// Whether some run of a row is of binned trees, which then need the bytes; and those of sets.
    bool has_binned_runs, has_binned_sets;
    /// Of each column, 16 + 256 values to find one row's bin with: every sixteenth of the
    /// thresholds and all of them, in ascending order, with infinities in place of missing ones.
    const float *ranks32;
    const double *ranks64;
    /// Trees of the groups that a row alone goes through; 0 if there are none.
    uint32_t group_trees;
    /// Columns that have the bounds of zero: for groups of eight, their bins with zero missing come
    /// after those of all columns.
    const uint32_t *zero_columns;
    size_t zero_column_count;
    const vigie_row_group *row_groups;
    const uint8_t *row_code;
    const double *row_leaves;
    const uint32_t *row_bytes;
    /// For rows alone, a line of bits for each class of each feature with sets, and how many bytes,
    /// a multiple of 64, or 0. The lines of a row's classes together have a bit for each split of
    /// the groups. Splits by sets are decided by it alone: those of sixteen go right where it is
    /// set, those of eight left. It is not set for others.
    const uint8_t *row_sets;
    size_t row_set_bytes;
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

/// Whether this processor can run groups of sixteen.
bool vigie_row_groups_run(void);

/// Whether it can run groups of eight.
bool vigie_row_eights_run(void);

#endif
