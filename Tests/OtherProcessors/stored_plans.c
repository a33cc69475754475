// SPDX-License-Identifier: Apache-2.0

// Runs the kernel on plans that StoredPlanTests stored, on the processor that this is compiled for,
// and compares with what was stored. Scores are equal to the bit; contributions, whose sums a
// compiler may fuse, to 1e-12 of the largest.

#include "CForest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// A section of the file.
typedef struct {
    const void *start;
    size_t bytes;
} section;

/// What is left of a file.
static const char *place, *file_end;

static void refuse(const char *why) {
    fprintf(stderr, "stored_plans: %s\n", why);
    exit(2);
}

static void read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) refuse("cannot open the file");
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = aligned_alloc(64, (size + 63) / 64 * 64);
    if (bytes == NULL || fread(bytes, 1, size, file) != size) refuse("cannot read the file");
    fclose(file);
    place = bytes;
    file_end = bytes + size;
}

static section next_section(void) {
    if (file_end - place < 8) refuse("the file ends too soon");
    uint64_t bytes;
    memcpy(&bytes, place, sizeof bytes);
    if ((uint64_t)(file_end - place) - 8 < bytes) refuse("a section ends after the file");
    section next = {place + 8, bytes};
    place += 8 + (bytes + 7) / 8 * 8;
    return next;
}

/// Reads a plan of so many bytes and its parts, and puts the places of these into it.
static void read_plan(void *plan, size_t size) {
    section stored = next_section(), addresses = next_section();
    if (stored.bytes != size) refuse("a plan has another layout on this processor");
    memcpy(plan, stored.start, size);
    uint64_t *words = plan;
    size_t set = 0;
    for (size_t p = 0; p < addresses.bytes / 8; p++) {
        section part = next_section();
        char *copy = aligned_alloc(64, part.bytes / 64 * 64 + 64);
        if (copy == NULL) refuse("no memory");
        memcpy(copy, part.start, part.bytes);
        for (size_t w = 0; w < size / 8; w++) {
            if (((const uint64_t *)stored.start)[w] != ((const uint64_t *)addresses.start)[p]) {
                continue;
            }
            words[w] = (uint64_t)(uintptr_t)copy;
            set++;
        }
    }
    if (set < addresses.bytes / 8) refuse("a part that the plan does not read");
}

/// Compares scores.
static size_t differing(const char *what, const double *found, section expected) {
    size_t count = 0;
    for (size_t i = 0; i < expected.bytes / 8; i++) {
        double value = ((const double *)expected.start)[i];
        // Which NaN comes of an infinity less another is the processor's own.
        count += !(isnan(found[i]) && isnan(value)) && memcmp(&found[i], &value, sizeof value) != 0;
    }
    if (count > 0) printf("%s: %zu of %zu values differ\n", what, count, expected.bytes / 8);
    return count;
}

/// Scores rows in blocks and alone.
static size_t score(const vigie_slice_plan *plan, const char *what, vigie_rows rows,
                    section expected) {
    double *found = malloc(expected.bytes);
    if (found == NULL || !vigie_slice_score(plan, vigie_slice_portable, rows, found)) {
        refuse("no memory");
    }
    size_t count = differing(what, found, expected);
    memset(found, 0, expected.bytes);
    if (!vigie_walk_score(plan, rows, found)) refuse("no memory");
    count += differing(what, found, expected);
    free(found);
    return count;
}

static size_t check_scores(section values, vigie_rows rows) {
    vigie_slice_plan plan;
    read_plan(&plan, sizeof plan);
    section expected = next_section(), expected64 = next_section(), bins = next_section();
    size_t count = score(&plan, "float32", rows, expected);
    size_t value_count = values.bytes / sizeof(float);
    double *wide = malloc(value_count * sizeof(double));
    if (wide == NULL) refuse("no memory");
    for (size_t i = 0; i < value_count; i++) wide[i] = ((const float *)values.start)[i];
    vigie_rows rows64 = rows;
    rows64.start = wide;
    rows64.value = vigie_float64;
    count += score(&plan, "float64", rows64, expected64);
    free(wide);
    if (bins.bytes == 0) return count;
    uint8_t *found = malloc(bins.bytes);
    if (found == NULL || !vigie_slice_find_bins(&plan, vigie_slice_portable, rows, found)) {
        refuse("no memory");
    }
    size_t other = 0;
    for (size_t i = 0; i < bins.bytes; i++) other += found[i] != ((const uint8_t *)bins.start)[i];
    if (other > 0) printf("bins: %zu of %zu differ\n", other, bins.bytes);
    vigie_rows rows_of_bins = rows;
    rows_of_bins.start = found;
    rows_of_bins.row_stride = plan.feature_count;
    rows_of_bins.value = vigie_bins;
    count += other + score(&plan, "bins", rows_of_bins, expected);
    free(found);
    return count;
}

static size_t check_contributions(vigie_rows rows) {
    vigie_shap_plan plan;
    read_plan(&plan, sizeof plan);
    section expected = next_section();
    const double *values = expected.start;
    double *found = malloc(expected.bytes);
    size_t bytes = vigie_shap_workspace_bytes(&plan);
    void *workspace = aligned_alloc(64, bytes / 64 * 64 + 64);
    if (found == NULL || workspace == NULL) refuse("no memory");
    double largest = 1, worst = 0;
    for (size_t i = 0; i < expected.bytes / 8; i++) largest = fmax(largest, fabs(values[i]));
    // All at once, and as few as are looked up one by one.
    for (size_t size = rows.count; size > 0; size = size == 3 ? 0 : 3) {
        for (size_t r = 0; r < rows.count; r += size) {
            size_t count = rows.count - r < size ? rows.count - r : size;
            vigie_shap_explain32(&plan, vigie_slice_portable,
                                 (const float *)rows.start + r * rows.row_stride, count,
                                 rows.row_stride, found + r * plan.output_width, workspace);
        }
        for (size_t i = 0; i < expected.bytes / 8; i++) {
            double off = fabs(found[i] - values[i]);
            worst = off <= worst ? worst : off;
        }
    }
    free(found);
    free(workspace);
    if (worst <= 1e-12 * largest) return 0;
    printf("contributions differ by %g of %g\n", worst, largest);
    return 1;
}

int main(int count, char **paths) {
    size_t differences = 0, row_count = 0, explained = 0;
    for (int f = 1; f < count; f++) {
        read_file(paths[f]);
        section shape = next_section(), values = next_section();
        const uint64_t *numbers = shape.start;
        if (shape.bytes != 24) refuse("not a stored plan");
        vigie_rows rows = {.start = values.start, .count = numbers[0],
                           .row_stride = numbers[1], .column_stride = 1,
                           .value = vigie_float32};
        size_t found = check_scores(values, rows);
        if (place < file_end) {
            found += check_contributions(rows);
            explained += rows.count;
        }
        if (found > 0) printf("in %s\n", paths[f]);
        differences += found;
        row_count += rows.count;
    }
    printf("%d plans, %zu rows, %zu of them explained: %zu differ\n", count - 1, row_count,
           explained, differences);
    return differences > 0 || count < 2;
}
