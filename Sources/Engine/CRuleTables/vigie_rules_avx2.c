// SPDX-License-Identifier: Apache-2.0

// Rules with AVX2.

#include "vigie_rules.h"

#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)

#define WAY(name) name##_avx2

typedef __m256i vector;

ALWAYS vector load_vector(const uint64_t *words) {
    return _mm256_load_si256((const __m256i *)words);
}

ALWAYS vector and_vectors(vector a, vector b) { return _mm256_and_si256(a, b); }

ALWAYS vector or_vectors(vector a, vector b) { return _mm256_or_si256(a, b); }

ALWAYS vector not_vector(vector a) { return _mm256_xor_si256(a, _mm256_set1_epi64x(-1)); }

/// What of a is not in b.
ALWAYS vector without_vector(vector a, vector b) { return _mm256_andnot_si256(b, a); }

ALWAYS void store_vector(uint64_t *words, vector a) {
    _mm256_storeu_si256((__m256i *)words, a);
}

ALWAYS bool is_empty(vector a) { return _mm256_testz_si256(a, a); }

/// The number of the first bit of a vector that is not empty.
ALWAYS size_t first_bit(vector a) {
    __m256i is_zero = _mm256_cmpeq_epi64(a, _mm256_setzero_si256());
    unsigned empty = (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(is_zero));
    size_t w = (size_t)__builtin_ctz(~empty);
    uint64_t words[4];
    _mm256_storeu_si256((__m256i *)words, a);
    return w * 64 + (size_t)__builtin_ctzll(words[w]);
}

#include "vigie_rules.inc"

enum { values_at_once = 16 };

/// The places of four values among cuts, as 64-bit numbers.
typedef struct {
    __m256i places[values_at_once / 4];
} ranks;

/// 15 cuts at most: all of them are compared with.
ALWAYS ranks rank_by_counting(const vigie_rule_cuts *cuts, const __m256d *values) {
    ranks result = {{_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                     _mm256_setzero_si256()}};
    for (size_t c = 0; c < cuts->count; c++) {
        __m256d cut = _mm256_set1_pd(cuts->cuts[c]);
        for (int v = 0; v < values_at_once / 4; v++) {
            __m256d is_over = _mm256_cmp_pd(values[v], cut, _CMP_GE_OQ);
            result.places[v] =
                _mm256_sub_epi64(result.places[v], _mm256_castpd_si256(is_over));
        }
    }
    return result;
}

/// A search in halves, of sixteen values at once, so that one does not wait for another's loads.
ALWAYS ranks rank_by_halves(const vigie_rule_cuts *cuts, const __m256d *values) {
    ranks result = {{_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                     _mm256_setzero_si256()}};
    for (size_t step = (cuts->count + 1) / 2; step; step /= 2) {
        __m256i width = _mm256_set1_epi64x((int64_t)step);
        for (int v = 0; v < values_at_once / 4; v++) {
            __m256d cut = _mm256_i64gather_pd(cuts->cuts + step - 1, result.places[v], 8);
            __m256d is_over = _mm256_cmp_pd(values[v], cut, _CMP_GE_OQ);
            result.places[v] = _mm256_add_epi64(
                result.places[v], _mm256_and_si256(_mm256_castpd_si256(is_over), width));
        }
    }
    return result;
}

ALWAYS void classify_block(const vigie_rule_cuts *cuts, const double *values,
                                  uint16_t *classes) {
    __m256d four[values_at_once / 4];
    for (int v = 0; v < values_at_once / 4; v++) four[v] = _mm256_loadu_pd(values + 4 * v);
    ranks found =
        cuts->count < values_at_once ? rank_by_counting(cuts, four) : rank_by_halves(cuts, four);
    __m256i null = _mm256_set1_epi64x(cuts->null_class);
    for (int v = 0; v < values_at_once / 4; v++) {
        __m256i is_null = _mm256_castpd_si256(_mm256_cmp_pd(four[v], four[v], _CMP_UNORD_Q));
        __m256i places = _mm256_blendv_epi8(found.places[v], null, is_null);
        // The low two bytes of each of the four.
        __m256i shorts = _mm256_shuffle_epi8(
            places, _mm256_setr_epi8(0, 1, 8, 9, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0,
                                     1, 8, 9, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
        __m128i both = _mm_unpacklo_epi32(_mm256_castsi256_si128(shorts),
                                          _mm256_extracti128_si256(shorts, 1));
        _mm_storel_epi64((__m128i *)(classes + 4 * v), both);
    }
}

void vigie_rules_classify_avx2(const vigie_rule_cuts *cuts, const double *values, size_t count,
                               uint16_t *classes) {
    size_t r = 0;
    for (; r + values_at_once <= count; r += values_at_once)
        classify_block(cuts, values + r, classes + r);
    vigie_rules_classify_portable(cuts, values + r, count - r, classes + r);
}

#pragma clang attribute pop

#endif
