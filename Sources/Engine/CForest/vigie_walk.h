// SPDX-License-Identifier: Apache-2.0

// The walk over trees, for blocks of rows.

#ifndef VIGIE_WALK_H
#define VIGIE_WALK_H

#include "CForestSlices.h"

/// Leaf values of `row_count` rows in binned tree `tree`, from the bytes that walked trees test,
/// `stride` rows of each.
void vigie_walk_binned_block(const vigie_walk_plan *plan, size_t tree, const uint8_t *bytes,
                             size_t stride, size_t row_count, double *values);

/// Leaf values of the rows in general tree `tree`.
void vigie_walk_general_block(const vigie_walk_plan *plan, size_t tree, vigie_rows rows,
                              double *values);

/// Finds the bytes of a row, where groups run.
void vigie_row_find_bytes(const vigie_slice_plan *plan, vigie_rows rows, size_t row,
                          uint8_t *bytes);

/// Adds the leaf values of a row with these bytes, and these bits of sets, in a run of groups to
/// the sum.
double vigie_row_add_groups(const vigie_walk_plan *plan, const vigie_run *run,
                            const uint8_t *bytes, const uint8_t *set_bits, double sum,
                            bool sum_is_float32);

/// The same where groups are of eight: the bins of a row, and what those of the columns are that
/// have zero missing.
void vigie_row_find_bins(const vigie_slice_plan *plan, vigie_rows rows, size_t row,
                         uint8_t *bins);

/// The same, out of these bins.
double vigie_row_add_eights(const vigie_slice_plan *plan, const vigie_run *run,
                            const uint8_t *bins, const uint8_t *set_bits, double sum);

#endif
