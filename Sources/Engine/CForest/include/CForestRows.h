// SPDX-License-Identifier: Apache-2.0

// Rows as a caller has them.

#ifndef VIGIE_CFOREST_ROWS_H
#define VIGIE_CFOREST_ROWS_H

#include <stddef.h>
#include <stdint.h>

/// What rows are made of. A bin is a byte that says how many of a column's thresholds a value
/// exceeds, or vigie_slice_nan_bin.
typedef enum { vigie_float32, vigie_float64, vigie_bins } vigie_value;

/// Rows of values, which lie row by row, column by column, or in columns of their own.
typedef struct {
    /// The first value of the first row; null if each column is elsewhere.
    const void *start;
    /// The first value of each column; null if `start` is not.
    const void *const *columns;
    /// The first row that is meant, and how many.
    size_t first, count;
    /// Values from one row to the next, and from one column to the next (if not `columns`).
    size_t row_stride, column_stride;
    vigie_value value;
} vigie_rows;

#endif
