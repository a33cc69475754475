// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel for x86-64 with AVX2: a vector is two registers.

#include "vigie_slice.h"

#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

#include "vigie_slice_scalar.inc"

#include "vigie_slice.inc"

void vigie_slice_block_avx2(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                            const float *rows, size_t row_count, size_t row_stride,
                            double *output) {
    score_block(plan, workspace, rows, row_count, row_stride, output);
}

#pragma clang attribute pop

#endif
