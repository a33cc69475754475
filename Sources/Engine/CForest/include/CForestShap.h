// SPDX-License-Identifier: Apache-2.0

// The form of an ensemble that explains scores: exact path-dependent SHAP values, some rows at a
// time.
//
// At a split on feature i, let z be the share of training rows that go to its first child, and
// m = 1 if the row goes there, else 0. With chance t, i is known and the row decides; else the
// training rows do. The row is then expected to take the first child with weight s = z + t (m - z)
// and the second with 1 - s. Let P be the product of these weights from the root down to the split,
// and U the expected value of each child, both polynomials of t. The split gives i
//
//     (m - z) * integral of P (U_first - U_second) dt over 0 to 1,
//
// because the integral of t^k (1-t)^(n-1-k) is the Shapley weight k! (n-1-k)! / n!. It is taken
// exactly, by Gauss-Legendre quadrature: P and U are kept as values at a few points t. P goes down
// the tree, U comes up.
//
// Where the path already has a split on i, let z' be the share of training rows that followed it in
// those splits. If the row did not follow, i has no say any more: s = z, and the split gives
// nothing. If it did, h = t + (1-t) z' is the weight of its splits so far, s = z + t/h (m - z), and
// P is counted z' / h^2 times. (That the leaves' values telescope to the definition is easily seen
// from the path polynomial: see TreeExplainer.)
//
// Where no tree has more than eight splits, what each split gives for each way through its tree is
// kept in tables, of 2^splits lines of eight values, for rows that come alone or a few at a time:
// they need neither P nor U. A tree costs a row its conditions, a line of a table, and an addition
// for each split. The values are those of the steps, added in the order of the steps, so that the
// sums have the same bits. Expected for one row and 900 trees of 8 leaves: 6300 conditions at
// 1.5 ns and 900 lines of 7 MiB from far away at 10 ns, 18 us instead of 100. Lines are asked for
// sixteen trees ahead, or a tree would wait for its own: half of the time (AMD EPYC, Zen 4).
//
// Rows of a large block are looked up, too: eight together, whose lines are turned round so that a
// sum of four rows is one addition. All of the tables go through the caches once a block, the next
// one asked for while the one before is read. Expected for 256 rows and 900 trees of 8 leaves, for
// a row and a tree: conditions 1 cycle, lines 3, sums out of the second-level cache 2, and 28 kB of
// tables a row at 20 GB/s; 900 times that at 3.7 GHz 2.9 us, where steps take 9. A block of
// a few dozen rows would read as much for fewer, and takes the steps.
//
// Expected cost, on 500 trees of 31 leaves with 5 points on average: a split with two inner
// children takes 7 operations on each point, one with a leaf 6, one with two leaves 2.5, about 1100
// a tree with what each split takes by itself, on 8 rows: at 2 a cycle and 4 GHz, 9 us a row.
// Measured 11.3 us (AVX2 20, plain C 49), LightGBM in turn on the same core 3150; and 2.4 us for
// 100 such trees, 60 for 1000 of 63 leaves, 300 for one row of the first alone.

#ifndef VIGIE_CFOREST_SHAP_H
#define VIGIE_CFOREST_SHAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    /// Rows that are explained together, a tree after another.
    vigie_shap_rows = 256,
    /// Most rows that take a step together.
    vigie_shap_lanes_max = 32,
    /// Most rows that are looked up one by one, or take steps as a narrow group.
    vigie_shap_few_rows = 8,
    /// Fewest rows of a block that are looked up together.
    vigie_shap_many_rows = 64,
    /// Most splits of a tree that has a table, and so values of a line: a row of a table for each
    /// of vigie_shap_rows ways.
    vigie_shap_table_splits = 8,
};

/// What a condition asks. The row goes to the split's first child if it holds.
enum {
    /// value <= threshold, false for NaN
    vigie_shap_at_most = 0,
    /// The value, truncated, is in the set; values of -1 and less, 2^31 and more, and NaN are not.
    vigie_shap_in_set = 1,
    /// The value, truncated, is in the set; negative values and those from 2^24 on are not.
    vigie_shap_index_in_set = 2,
    /// Nothing: no row does.
    vigie_shap_never = 3,
};

/// What becomes of missing values, whatever was asked.
enum {
    vigie_shap_missing_alike = 0,
    vigie_shap_nan_holds = 1,
    vigie_shap_zero_holds = 2,
    vigie_shap_zero_fails = 3,
};

/// Which rows go to the first child of a split.
typedef struct {
    double threshold64;
    /// The largest float32 not above the threshold.
    float threshold32;
    uint32_t column;
    uint32_t category_start, category_count;
    /// Of the last split above it on the same feature, the place among the tree's conditions.
    uint32_t prior;
    /// One of vigie_shap_at_most and so on; one of vigie_shap_missing_alike and so on.
    uint8_t question, missing;
    /// Whether the answer is turned round at the end, because the first child is the right one.
    uint8_t is_inverted;
    /// Whether there is a prior split; whether this is below its first child.
    uint8_t has_prior, is_below_first;
} vigie_shap_condition;

/// What a step does; one more for a split whose feature was met before on the path. A pair is a
/// split with two leaves, on a feature that was not met before: it takes no steps of its own, but
/// its record follows that of the split above it.
enum {
    /// Takes P to both children, or to the first as the second is a leaf or a pair.
    vigie_shap_down_two = 0,
    vigie_shap_down_one = 2,
    /// Makes U of a split from its children, and adds what the split, and pairs below it, give
    /// their features. The children are, in turn: two splits; a split and a pair, or a leaf; two
    /// pairs; a pair and a leaf; two leaves.
    vigie_shap_up_two = 4,
    vigie_shap_up_one_pair = 6,
    vigie_shap_up_one_leaf = 8,
    vigie_shap_up_pairs = 10,
    vigie_shap_up_pair_leaf = 12,
    vigie_shap_up_leaves = 14,
    vigie_shap_again = 1,
};

/// A step of the way through a tree.
typedef struct {
    /// Share of training rows that go to the first child: z above.
    double share;
    /// Value of the second child if that alone is a leaf. Of a split with two leaves, the expected
    /// value with share z.
    double value;
    /// What the first leaf of two has more than the second.
    double difference;
    uint32_t kind;
    /// The split's place among the tree's conditions.
    uint32_t condition;
    /// Where P of the split is, and of its children; numbers of slots.
    uint32_t p, p_first, p_second;
    /// Where U of the split goes, and where that of its children is.
    uint32_t u, u_first, u_second;
    /// What is added to: a number of a sum.
    uint32_t sum;
    /// Of a feature met before: where t/h at each point, then z'/h^2 at each point, begin.
    uint32_t factors;
} vigie_shap_step;

typedef struct {
    uint32_t condition_start, condition_count;
    uint32_t step_start, step_count;
    /// Points of the quadrature, and where they begin among the factors; their weights follow.
    uint32_t point_count, points;
    /// The first line of its table, if there are tables.
    uint32_t table;
} vigie_shap_tree;

/// A feature that is tested, in ascending order of feature.
typedef struct {
    uint32_t feature;
    /// Whether a condition on it asks for missing values.
    uint32_t needs_missing;
} vigie_shap_column;

typedef struct {
    const vigie_shap_column *columns;
    size_t column_count;
    const vigie_shap_tree *trees;
    size_t tree_count;
    const vigie_shap_condition *conditions;
    const vigie_shap_step *steps;
    const double *factors;
    const uint32_t *category_words;
    /// For each tree a table, or null if one of them has too many splits: a line of
    /// vigie_shap_table_splits values for each way, whose bit c tells whether condition c holds;
    /// a value for each step that adds to a sum, in their order. And which sums these are, as many
    /// for each tree.
    const double *tables;
    const uint32_t *table_sums;
    /// Where each sum goes in the output of a row.
    const uint32_t *targets;
    size_t sum_count;
    /// Values in the output of a row: outputs times features.
    size_t output_width;
    /// Most conditions of a tree, and most values that its slots take for one row.
    size_t conditions_max, slot_values_max;
} vigie_shap_plan;

/// Whether this processor can run the path, one of vigie_slice_portable and so on.
bool vigie_shap_runs(int path);

/// Bytes of a workspace for the plan.
size_t vigie_shap_workspace_bytes(const vigie_shap_plan *plan);

/// Makes the tables of a plan whose steps add to the sums 0, 1 and so on in each tree, of which
/// there are vigie_shap_table_splits, into `tables`. The path must run here.
void vigie_shap_tabulate(const vigie_shap_plan *plan, int path, double *tables, void *workspace);

/// What each feature of `row_count` rows, `row_stride` values apart, adds to each output, into
/// `output`: for each row `output_width` values. The path must run here; the workspace must have
/// the bytes the plan needs, on a boundary of 64, and serves one call at a time.
void vigie_shap_explain32(const vigie_shap_plan *plan, int path, const float *rows,
                          size_t row_count, size_t row_stride, double *output, void *workspace);
void vigie_shap_explain64(const vigie_shap_plan *plan, int path, const double *rows,
                          size_t row_count, size_t row_stride, double *output, void *workspace);

#endif
