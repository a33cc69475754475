// SPDX-License-Identifier: Apache-2.0

// A mutator for texts with numbers in them. libFuzzer changes bytes, and puts in words of a
// dictionary anywhere; that a whole number becomes another whole number, which is what breaks
// arithmetic, hardly ever comes of it. Every second mutation here does just that.

#include "numbers.h"

#include <ctype.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

static const char *const edges[] = {
    "-1", "0", "1", "2", "127", "128", "255", "256", "32767", "32768", "65535", "65536",
    "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296",
    "9007199254740991", "9007199254740993", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
    "18446744073709551616", "1e308", "-1e308", "1e309", "5e-324", "-0", "0.1", "1e400", "null",
};

static bool is_part(uint8_t byte) {
    return isdigit(byte) || byte == '-' || byte == '+' || byte == '.' || byte == 'e';
}

/// The start of the number that begins at or behind `from`, and its length; 0 if there is none.
static size_t find_number(const uint8_t *data, size_t size, size_t from, size_t *length) {
    for (size_t start = from; start < size; start++) {
        bool begins = isdigit(data[start]) || (data[start] == '-' && start + 1 < size &&
                                               isdigit(data[start + 1]));
        if (!begins || (start > 0 && (is_part(data[start - 1]) || isalpha(data[start - 1])))) {
            continue;
        }
        size_t end = start + 1;
        while (end < size && is_part(data[end])) end++;
        *length = end - start;
        return start;
    }
    return *length = 0;
}

size_t vigie_mutate_numbers(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    if (seed % 2 == 0 || size == 0) return LLVMFuzzerMutate(data, size, max_size);
    const char *edge = edges[seed / 2 % (sizeof edges / sizeof edges[0])];
    size_t length, edge_length = strlen(edge);
    size_t start = find_number(data, size, seed / 128 % size, &length);
    if (length == 0) start = find_number(data, size, 0, &length);
    if (length == 0 || size - length + edge_length > max_size) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    memmove(data + start + edge_length, data + start + length, size - start - length);
    memcpy(data + start, edge, edge_length);
    return size - length + edge_length;
}
