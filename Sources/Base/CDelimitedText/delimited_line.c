// SPDX-License-Identifier: Apache-2.0
// The index of a text, once for every processor and once for those that look at 32 bytes at a time.
#include "delimited_line.h"

// What is asked for once a text of some kilobytes; the loop is the same, its instructions are not.
#define VIGIE_INDEX_LINES(name, marks_of)                                                         \
    static vigie_text_index name(                                                                  \
        const uint8_t *bytes, size_t count, uint8_t delimiter, uint32_t *ends, uint32_t *lines) {  \
        vigie_text_index index = {0, 0};                                                           \
        uint64_t was_return = 0;                                                                   \
        for (size_t start = 0; start + 64 <= count; start += 64) {                                 \
            const vigie_text_marks marks = marks_of(bytes + start, delimiter);                     \
            uint64_t cells = marks.ends;                                                           \
            uint64_t line_ends = marks.feeds | marks.returns;                                      \
            /* The LF of a CRLF ends nothing more. */                                              \
            const uint64_t seconds = marks.feeds & (marks.returns << 1 | was_return);              \
            was_return = marks.returns >> 63;                                                      \
            cells &= ~seconds;                                                                     \
            line_ends &= ~seconds;                                                                 \
            if (marks.quotes != 0) {                                                               \
                /* Up to the first mark: its line is another's. */                                 \
                const uint64_t before = (marks.quotes & (0 - marks.quotes)) - 1;                   \
                cells &= before;                                                                   \
                line_ends &= before;                                                               \
            }                                                                                      \
            for (; line_ends != 0; line_ends &= line_ends - 1) {                                   \
                const uint64_t before = (line_ends & (0 - line_ends)) - 1;                         \
                lines[index.lines++] =                                                             \
                    (uint32_t)(index.ends + (size_t)__builtin_popcountll(cells & before));         \
            }                                                                                      \
            uint32_t *next = ends + index.ends;                                                    \
            index.ends += (size_t)__builtin_popcountll(cells);                                     \
            /* Four at a time, of which up to three are written over. */                           \
            for (; cells != 0; next += 4) {                                                        \
                for (int turn = 0; turn < 4; turn++) {                                             \
                    next[turn] = (uint32_t)(start + (size_t)__builtin_ctzll(cells | 1ull << 63));  \
                    cells &= cells - 1;                                                            \
                }                                                                                  \
            }                                                                                      \
            if (marks.quotes != 0) break;                                                          \
        }                                                                                          \
        return index;                                                                              \
    }

VIGIE_INDEX_LINES(vigie_index_plain, vigie_marks)

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2,bmi,popcnt"))), apply_to = function)

static inline vigie_text_marks vigie_marks_wide(const uint8_t *bytes, uint8_t delimiter) {
    vigie_text_marks marks = {0, 0, 0, 0};
    const __m256i delimiters = _mm256_set1_epi8((char)delimiter), quotes = _mm256_set1_epi8('"');
    const __m256i feeds = _mm256_set1_epi8('\n'), returns = _mm256_set1_epi8('\r');
    for (int place = 0; place < 64; place += 32) {
        const __m256i text = _mm256_loadu_si256((const __m256i *)(bytes + place));
        const __m256i feed = _mm256_cmpeq_epi8(text, feeds);
        const __m256i back = _mm256_cmpeq_epi8(text, returns);
        const __m256i ends =
            _mm256_or_si256(_mm256_cmpeq_epi8(text, delimiters), _mm256_or_si256(feed, back));
        marks.ends |= (uint64_t)(uint32_t)_mm256_movemask_epi8(ends) << place;
        marks.feeds |= (uint64_t)(uint32_t)_mm256_movemask_epi8(feed) << place;
        marks.returns |= (uint64_t)(uint32_t)_mm256_movemask_epi8(back) << place;
        marks.quotes |=
            (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, quotes)) << place;
    }
    return marks;
}

VIGIE_INDEX_LINES(vigie_index_wide, vigie_marks_wide)
#pragma clang attribute pop
#endif

vigie_text_index vigie_index_lines(
    const uint8_t *bytes, size_t count, uint8_t delimiter, uint32_t *ends, uint32_t *lines) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("popcnt")) {
        return vigie_index_wide(bytes, count, delimiter, ends, lines);
    }
#endif
    return vigie_index_plain(bytes, count, delimiter, ends, lines);
}
