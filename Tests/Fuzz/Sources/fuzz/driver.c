// SPDX-License-Identifier: Apache-2.0

// Gives libFuzzer the reader that the first argument names: `fuzz manifest corpus -runs=100`.
// (libFuzzer brings a main of its own, which a Swift executable would be in the way of.)

#include "numbers.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int reader(const uint8_t *start, size_t count);

reader vigie_fuzz_answers, vigie_fuzz_client, vigie_fuzz_server;
reader vigie_fuzz_deframer, vigie_fuzz_delimited, vigie_fuzz_headers, vigie_fuzz_jsonlines,
    vigie_fuzz_messages, vigie_fuzz_rows;
reader vigie_fuzz_journal, vigie_fuzz_notices;
reader vigie_fuzz_assessedrows, vigie_fuzz_cases, vigie_fuzz_companies;
reader vigie_fuzz_bank, vigie_fuzz_invoices;
reader vigie_fuzz_lightgbm, vigie_fuzz_manifest, vigie_fuzz_onnx, vigie_fuzz_pmml,
    vigie_fuzz_statementtables, vigie_fuzz_xgboost;
reader vigie_fuzz_access, vigie_fuzz_claims, vigie_fuzz_passed, vigie_fuzz_proxy,
    vigie_fuzz_tensors, vigie_fuzz_traceparent;
reader vigie_fuzz_feel, vigie_fuzz_decisions, vigie_fuzz_decisioncases, vigie_fuzz_policies;
reader vigie_fuzz_decidedrows, vigie_fuzz_policyparts, vigie_fuzz_policyrecords;
reader vigie_fuzz_tables, vigie_fuzz_workbooks;
reader vigie_fuzz_backup, vigie_fuzz_erasures;
reader vigie_fuzz_filings, vigie_fuzz_history, vigie_fuzz_ledgers, vigie_fuzz_registers;
reader vigie_fuzz_messagejson, vigie_fuzz_portfoliofiles;
reader vigie_fuzz_alertrules, vigie_fuzz_dunning, vigie_fuzz_storedfacts;

static const struct {
    const char *name;
    reader *read;
    /// Whether it reads a text with numbers.
    bool reads_numbers;
    /// Whether it keeps things from input to input, in Swift's enumerations, which mark their
    /// pointers: they look lost then.
    bool keeps;
} readers[] = {
    {"delimited", vigie_fuzz_delimited, true},
    {"jsonlines", vigie_fuzz_jsonlines, true},
    {"filings", vigie_fuzz_filings, true, true},
    {"ledgers", vigie_fuzz_ledgers, true, true},
    {"registers", vigie_fuzz_registers, true, true},
    {"journal", vigie_fuzz_journal, true}, {"notices", vigie_fuzz_notices, true},
    {"deframer", vigie_fuzz_deframer, false}, {"headers", vigie_fuzz_headers, false},
    {"messages", vigie_fuzz_messages, false}, {"rows", vigie_fuzz_rows, false},
    {"access", vigie_fuzz_access, true},     {"claims", vigie_fuzz_claims, true, true},
    {"passed", vigie_fuzz_passed, true},     {"proxy", vigie_fuzz_proxy, false},
    {"tensors", vigie_fuzz_tensors, .keeps = true},
    {"traceparent", vigie_fuzz_traceparent, false},
    {"server", vigie_fuzz_server, .keeps = true},
    {"client", vigie_fuzz_client, false},    {"answers", vigie_fuzz_answers, false},
    {"companies", vigie_fuzz_companies, .keeps = true},
    {"assessedrows", vigie_fuzz_assessedrows, .keeps = true},
    {"cases", vigie_fuzz_cases, .keeps = true},
    {"decidedrows", vigie_fuzz_decidedrows, .keeps = true},
    {"bank", vigie_fuzz_bank, true},         {"invoices", vigie_fuzz_invoices, true},
    {"lightgbm", vigie_fuzz_lightgbm, true}, {"manifest", vigie_fuzz_manifest, true},
    {"onnx", vigie_fuzz_onnx, false},        {"pmml", vigie_fuzz_pmml, true},
    {"statementtables", vigie_fuzz_statementtables, true, true},
    {"xgboost", vigie_fuzz_xgboost, true},
    {"feel", vigie_fuzz_feel, true, true},
    {"decisions", vigie_fuzz_decisions, true, true},
    {"decisioncases", vigie_fuzz_decisioncases, true, true},
    {"policies", vigie_fuzz_policies, true, true},
    {"policyparts", vigie_fuzz_policyparts, true, true},
    {"policyrecords", vigie_fuzz_policyrecords, true, true},
    {"tables", vigie_fuzz_tables, true, true},
    {"workbooks", vigie_fuzz_workbooks, true, true},
    {"history", vigie_fuzz_history, false},
    {"messagejson", vigie_fuzz_messagejson, true, true},
    {"backup", vigie_fuzz_backup, .keeps = true}, {"erasures", vigie_fuzz_erasures, true},
    {"portfoliofiles", vigie_fuzz_portfoliofiles, true, true},
    {"alertrules", vigie_fuzz_alertrules, true, true},
    {"dunning", vigie_fuzz_dunning, true, true},
    {"storedfacts", vigie_fuzz_storedfacts, .keeps = true},
};
static const size_t reader_count = sizeof readers / sizeof readers[0];

static size_t chosen;

void __lsan_disable(void);

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

static void explain(void) {
    fprintf(stderr, "usage: fuzz READER [CORPUS ...] [-libFuzzer options]; the readers are:\n");
    for (size_t i = 0; i < reader_count; i++) fprintf(stderr, "%s\n", readers[i].name);
    exit(64);
}

int LLVMFuzzerInitialize(int *argument_count, char ***arguments) {
    if (*argument_count < 2) explain();
    for (chosen = 0; chosen < reader_count; chosen++) {
        if (strcmp((*arguments)[1], readers[chosen].name) == 0) break;
    }
    if (chosen == reader_count) explain();
    if (readers[chosen].keeps) __lsan_disable();
    // libFuzzer starts itself again in some modes and passes all that it was given; what it reads
    // itself no longer has the name.
    (*arguments)[1] = (*arguments)[0];
    (*arguments)++;
    (*argument_count)--;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *start, size_t count) {
    return readers[chosen].read(start, count);
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    if (!readers[chosen].reads_numbers) return LLVMFuzzerMutate(data, size, max_size);
    return vigie_mutate_numbers(data, size, max_size, seed);
}
