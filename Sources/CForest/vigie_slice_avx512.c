// SPDX-License-Identifier: Apache-2.0

// The bit-sliced kernel for x86-64 with AVX-512: a vector is one register, and tables of 32 values
// are looked up in registers.

#include "vigie_slice.h"
#include "vigie_walk.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))), \
                             apply_to = function)

/// Four values each of sixteen rows, as columns; rows past the last repeat it.
static inline void fill_four(const float *rows, size_t first, size_t row_count, size_t row_stride,
                             float *columns) {
    __m512 part[4];
    for (size_t i = 0; i < 4; i++) {
        __m128 lane[4];
        for (size_t l = 0; l < 4; l++) {
            size_t r = first + 4 * l + i;
            lane[l] = _mm_loadu_ps(rows + (r < row_count ? r : row_count - 1) * row_stride);
        }
        part[i] = _mm512_castps128_ps512(lane[0]);
        part[i] = _mm512_insertf32x4(part[i], lane[1], 1);
        part[i] = _mm512_insertf32x4(part[i], lane[2], 2);
        part[i] = _mm512_insertf32x4(part[i], lane[3], 3);
    }
    __m512d low01 = _mm512_castps_pd(_mm512_unpacklo_ps(part[0], part[1]));
    __m512d low23 = _mm512_castps_pd(_mm512_unpacklo_ps(part[2], part[3]));
    __m512d high01 = _mm512_castps_pd(_mm512_unpackhi_ps(part[0], part[1]));
    __m512d high23 = _mm512_castps_pd(_mm512_unpackhi_ps(part[2], part[3]));
    float *to = columns + first;
    _mm512_store_pd(to, _mm512_unpacklo_pd(low01, low23));
    _mm512_store_pd(to + vigie_slice_column_stride, _mm512_unpackhi_pd(low01, low23));
    _mm512_store_pd(to + 2 * vigie_slice_column_stride, _mm512_unpacklo_pd(high01, high23));
    _mm512_store_pd(to + 3 * vigie_slice_column_stride, _mm512_unpackhi_pd(high01, high23));
}

/// Copies `column_count` columns out of the rows.
static inline void fill_columns32(const float *rows, size_t row_count, size_t row_stride,
                                  size_t column_count, float *columns) {
    size_t fours = column_count / 4 * 4;
    for (size_t r = 0; r < row_count; r += 16) {
        for (size_t c = 0; c < fours; c += 4) {
            fill_four(rows + c, r, row_count, row_stride, columns + c * vigie_slice_column_stride);
        }
    }
    for (size_t c = fours; c < column_count; c++) {
        for (size_t r = 0; r < row_count; r++) {
            columns[c * vigie_slice_column_stride + r] = rows[r * row_stride + c];
        }
    }
}

/// The pivots that sixteen searches look at next, each at node `at` of level `level`.
static inline __attribute__((always_inline)) __m512 next_pivots(const float *pivots, __m512i at,
                                                                uint32_t level) {
#define PART(n) _mm512_loadu_ps(pivots + 16 * (n))
    if (level < 4) return _mm512_permutexvar_ps(at, PART(0));
    if (level == 4) return _mm512_permutexvar_ps(at, PART(1));
    if (level == 5) return _mm512_permutex2var_ps(PART(2), at, PART(3));
    __mmask16 odd = _mm512_test_epi32_mask(at, _mm512_set1_epi32(32));
    if (level == 6) {
        return _mm512_mask_blend_ps(odd, _mm512_permutex2var_ps(PART(4), at, PART(5)),
                                    _mm512_permutex2var_ps(PART(6), at, PART(7)));
    }
    __mmask16 upper = _mm512_test_epi32_mask(at, _mm512_set1_epi32(64));
    __m512 first = _mm512_mask_blend_ps(odd, _mm512_permutex2var_ps(PART(8), at, PART(9)),
                                        _mm512_permutex2var_ps(PART(10), at, PART(11)));
    __m512 second = _mm512_mask_blend_ps(odd, _mm512_permutex2var_ps(PART(12), at, PART(13)),
                                         _mm512_permutex2var_ps(PART(14), at, PART(15)));
    return _mm512_mask_blend_ps(upper, first, second);
#undef PART
}

/// search32 for one number of planes, 64 rows at a time.
static inline __attribute__((always_inline)) void search(const float *column, const float *pivots,
                                                         uint32_t plane_count, size_t row_count,
                                                         uint8_t *bins) {
    const __m512i one = _mm512_set1_epi32(1);
    for (size_t r = 0; r < row_count; r += 64) {
        __m512i at[4];
        for (int i = 0; i < 4; i++) at[i] = one;
        for (uint32_t level = 0; level < plane_count; level++) {
            for (int i = 0; i < 4; i++) {
                __m512 pivot = next_pivots(pivots, at[i], level);
                __mmask16 above = _mm512_cmp_ps_mask(_mm512_load_ps(column + r + 16 * i), pivot,
                                                     _CMP_NLE_UQ);
                at[i] = _mm512_add_epi32(at[i], at[i]);
                at[i] = _mm512_mask_add_epi32(at[i], above, at[i], one);
            }
        }
        for (int i = 0; i < 4; i++) {
            _mm_store_si128((__m128i *)(bins + r + 16 * i), _mm512_cvtepi32_epi8(at[i]));
        }
    }
}

/// Finds the bins of a column.
static inline void search32(const float *column, const float *pivots, uint32_t plane_count,
                            size_t row_count, uint8_t *bins) {
    switch (plane_count) {
    case 2: search(column, pivots, 2, row_count, bins); break;
    case 4: search(column, pivots, 4, row_count, bins); break;
    case 6: search(column, pivots, 6, row_count, bins); break;
    default: search(column, pivots, 8, row_count, bins);
    }
}

/// The low or high dwords of 32 values.
static inline void split_table(const double *leaves, __m512 *low, __m512 *high) {
    const __m512i even =
        _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i odd = _mm512_add_epi32(even, _mm512_set1_epi32(1));
    const float *words = (const float *)leaves;
    for (int i = 0; i < 2; i++) {
        __m512 first = _mm512_loadu_ps(words + 32 * i);
        __m512 second = _mm512_loadu_ps(words + 32 * i + 16);
        low[i] = _mm512_permutex2var_ps(first, even, second);
        high[i] = _mm512_permutex2var_ps(first, odd, second);
    }
}

/// Adds sixteen values, given as dwords, to their sums.
static inline void add_sixteen(__m512 low, __m512 high, double *sums) {
    __m512d first = _mm512_castps_pd(_mm512_unpacklo_ps(low, high));
    __m512d second = _mm512_castps_pd(_mm512_unpackhi_ps(low, high));
    _mm512_store_pd(sums, _mm512_add_pd(_mm512_load_pd(sums), first));
    _mm512_store_pd(sums + 8, _mm512_add_pd(_mm512_load_pd(sums + 8), second));
}

/// Adds each row's leaf value to its sum. Byte s of dword l of vector k is the leaf of row
/// 64 k + 4 l + s; a shift brings it down, and the look-up ignores the bytes above.
static inline void add_leaves(const double *leaves, uint32_t bit_count, const vigie_slice bytes[8],
                              size_t row_count, double *sums) {
    __m512 low[4], high[4];
    split_table(leaves, low, high);
    if (bit_count <= 5) {
        for (size_t k = 0; 64 * k < row_count; k++) {
            __m512i number = (__m512i)bytes[k];
            for (int s = 0; s < 4; s++, number = _mm512_srli_epi32(number, 8)) {
                add_sixteen(_mm512_permutex2var_ps(low[0], number, low[1]),
                            _mm512_permutex2var_ps(high[0], number, high[1]),
                            sums + 64 * k + 16 * s);
            }
        }
        return;
    }
    split_table(leaves + 32, low + 2, high + 2);
    for (size_t k = 0; 64 * k < row_count; k++) {
        __m512i number = (__m512i)bytes[k];
        for (int s = 0; s < 4; s++, number = _mm512_srli_epi32(number, 8)) {
            __mmask16 upper = _mm512_test_epi32_mask(number, _mm512_set1_epi32(32));
            add_sixteen(_mm512_mask_blend_ps(upper, _mm512_permutex2var_ps(low[0], number, low[1]),
                                             _mm512_permutex2var_ps(low[2], number, low[3])),
                        _mm512_mask_blend_ps(upper,
                                             _mm512_permutex2var_ps(high[0], number, high[1]),
                                             _mm512_permutex2var_ps(high[2], number, high[3])),
                        sums + 64 * k + 16 * s);
        }
    }
}

/// Adds each row's leaf value to its sum in float32, in the order of the dwords.
static inline void add_leaves32(const float *leaves, uint32_t bit_count, const vigie_slice bytes[8],
                                size_t row_count, float *sums) {
    __m512 part[4];
    for (int i = 0; i < 2; i++) part[i] = _mm512_loadu_ps(leaves + 16 * i);
    part[2] = bit_count > 5 ? _mm512_loadu_ps(leaves + 32) : part[0];
    part[3] = bit_count > 5 ? _mm512_loadu_ps(leaves + 48) : part[1];
    for (size_t k = 0; 64 * k < row_count; k++) {
        __m512i number = (__m512i)bytes[k];
        for (size_t s = 0; s < 4; s++, number = _mm512_srli_epi32(number, 8)) {
            __mmask16 upper = _mm512_test_epi32_mask(number, _mm512_set1_epi32(32));
            __m512 value = _mm512_mask_blend_ps(
                upper, _mm512_permutex2var_ps(part[0], number, part[1]),
                _mm512_permutex2var_ps(part[2], number, part[3]));
            float *place = sums + 64 * k + 16 * s;
            _mm512_store_ps(place, _mm512_add_ps(_mm512_load_ps(place), value));
        }
    }
}

/// Where the sum of a row is. add_sixteen leaves the sums in the order of its unpacking: sums 0 to 7
/// of sixteen are dwords 0, 1, 4, 5, 8, 9, 12, 13, the others 2, 3, 6, 7, 10, 11, 14, 15.
static inline size_t place_of_sum(size_t row) {
    size_t dword = row % 64 / 4;
    return row / 64 * 64 + row % 4 * 16 + (dword / 2 & 1) * 8 + dword / 4 * 2 + dword % 2;
}
static inline size_t place_of_sum32(size_t row) {
    return row / 64 * 64 + row % 4 * 16 + row % 64 / 4;
}

/// The bins of a column of float64. Tables of those do not fit the registers: each step gathers.
static inline void search64(const double *column, const double *pivots, uint32_t plane_count,
                            size_t row_count, uint8_t *bins) {
    const __m256i one = _mm256_set1_epi32(1);
    for (size_t r = 0; r < row_count; r += 32) {
        __m256i at[4] = {one, one, one, one};
        for (uint32_t level = 0; level < plane_count; level++) {
            for (int i = 0; i < 4; i++) {
                __m512d pivot = _mm512_i32gather_pd(at[i], pivots, 8);
                __mmask8 above = _mm512_cmp_pd_mask(_mm512_load_pd(column + r + 8 * i), pivot,
                                                    _CMP_NLE_UQ);
                at[i] = _mm256_add_epi32(at[i], at[i]);
                at[i] = _mm256_mask_add_epi32(at[i], above, at[i], one);
            }
        }
        for (int i = 0; i < 4; i++) {
            _mm_storel_epi64((__m128i *)(bins + r + 8 * i), _mm256_cvtepi32_epi8(at[i]));
        }
    }
}

#define OWN_SEARCH
#define OWN_FILL
#define VALUE float
#define NAME(name) name##32
#include "vigie_slice_search.inc"
#undef OWN_FILL
#undef VALUE
#undef NAME

#define VALUE double
#define NAME(name) name##64
#include "vigie_slice_search.inc"
#undef VALUE
#undef NAME

#include "vigie_slice.inc"

void vigie_slice_block_avx512(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                              vigie_rows rows, double *output) {
    score_block(plan, workspace, rows, output);
}

void vigie_slice_bin_block_avx512(const vigie_slice_plan *plan, vigie_slice_workspace *workspace,
                                  vigie_rows rows, uint8_t *output) {
    bin_block(plan, workspace, rows, output);
}

#pragma clang attribute pop

#endif
