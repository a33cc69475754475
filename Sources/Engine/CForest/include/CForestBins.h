// SPDX-License-Identifier: Apache-2.0

// The check of rows of bins that come from elsewhere.

#ifndef VIGIE_CFOREST_BINS_H
#define VIGIE_CFOREST_BINS_H

#include <stddef.h>
#include <stdint.h>

/// The first of `row_count` rows of `row_bytes` bins, one after another, that has a bin above its
/// column's thresholds which is not that of NaN (255); `row_count` if there is none. Each limit is
/// one more than its column's number of thresholds, 1 to 255.
size_t vigie_bins_first_invalid_row(const uint8_t *rows, size_t row_count, size_t row_bytes,
                                    const uint8_t *limits);

#endif
