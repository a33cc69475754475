// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel for any processor: the compiler splits a vector into what there is.

#include "vigie_slice.h"

#include <math.h>
#include <string.h>

#include "vigie_slice_scalar.inc"

#include "vigie_slice.inc"

void vigie_slice_block_portable(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                const float *rows, size_t row_count, size_t row_stride,
                                double *output) {
    score_block(plan, workspace, rows, row_count, row_stride, output);
}
