// SPDX-License-Identifier: Apache-2.0
// Where the cells of a line end, 64 bytes at a time: a bit for each byte that is a delimiter or
// ends a line. SSE2 is what every x86-64 has; elsewhere the compiler makes vectors of plain loops.
#ifndef VIGIE_DELIMITED_LINE_H
#define VIGIE_DELIMITED_LINE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// What of 64 bytes counts: a bit for each.
typedef struct {
    /// Delimiters, LF and CR.
    uint64_t ends;
    /// Quotation marks.
    uint64_t quotes;
    /// LF.
    uint64_t feeds;
    /// CR.
    uint64_t returns;
} vigie_text_marks;

/// What was noted of a text.
typedef struct {
    /// How many ends of cells.
    size_t ends;
    /// How many ends of lines.
    size_t lines;
} vigie_text_index;

static inline vigie_text_marks vigie_marks(const uint8_t *bytes, uint8_t delimiter) {
    vigie_text_marks marks = {0, 0, 0, 0};
#if defined(__SSE2__)
    const __m128i delimiters = _mm_set1_epi8((char)delimiter), quotes = _mm_set1_epi8('"');
    const __m128i feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
    for (int place = 0; place < 64; place += 16) {
        const __m128i text = _mm_loadu_si128((const __m128i *)(bytes + place));
        const __m128i feed = _mm_cmpeq_epi8(text, feeds), back = _mm_cmpeq_epi8(text, returns);
        const __m128i ends =
            _mm_or_si128(_mm_cmpeq_epi8(text, delimiters), _mm_or_si128(feed, back));
        marks.ends |= (uint64_t)(uint32_t)_mm_movemask_epi8(ends) << place;
        marks.feeds |= (uint64_t)(uint32_t)_mm_movemask_epi8(feed) << place;
        marks.returns |= (uint64_t)(uint32_t)_mm_movemask_epi8(back) << place;
        marks.quotes |=
            (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, quotes)) << place;
    }
#else
    for (int place = 0; place < 64; place++) {
        const uint8_t byte = bytes[place];
        marks.ends |= (uint64_t)(byte == delimiter || byte == '\n' || byte == '\r') << place;
        marks.quotes |= (uint64_t)(byte == '"') << place;
        marks.feeds |= (uint64_t)(byte == '\n') << place;
        marks.returns |= (uint64_t)(byte == '\r') << place;
    }
#endif
    return marks;
}

/// Writes where the cells of the line at `bytes` end, the last of them at the LF or CR.
///
/// Returns how many there are; 0 when the line has a quotation mark, has more than `capacity`
/// cells, or does not end 64 bytes before `count`. Looks at no byte from `count` on.
static inline size_t vigie_line_cells(
    const uint8_t *bytes, size_t count, uint8_t delimiter, uint32_t *cells, size_t capacity) {
    size_t found = 0;
    uint64_t quotes = 0;
    for (size_t start = 0; start + 64 <= count; start += 64) {
        vigie_text_marks marks = vigie_marks(bytes + start, delimiter);
        while (marks.ends != 0) {
            if (found == capacity) return 0;
            const uint64_t place = (uint64_t)__builtin_ctzll(marks.ends);
            const size_t end = start + place;
            cells[found++] = (uint32_t)end;
            if (bytes[end] != delimiter) {
                // Marks behind the line's end are not its own.
                return (quotes | (marks.quotes & ((1ull << place) - 1))) == 0 ? found : 0;
            }
            marks.ends &= marks.ends - 1;
        }
        quotes |= marks.quotes;
        if (quotes != 0) return 0;
    }
    return 0;
}

/// Notes where the cells of whole blocks of 64 bytes end, and which of these ends are ends of
/// lines, up to the first quotation mark. A CRLF is one end, at its CR.
///
/// `ends` has room for `count` numbers and three more, `lines` for `count`.
vigie_text_index vigie_index_lines(
    const uint8_t *bytes, size_t count, uint8_t delimiter, uint32_t *ends, uint32_t *lines);

#endif
