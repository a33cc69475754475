// SPDX-License-Identifier: Apache-2.0
// Tables of facts that people keep: what is data and not code. They are read when first asked for.
#ifndef VIGIE_CREDIT_DATA_H
#define VIGIE_CREDIT_DATA_H

#include <stddef.h>

/// A table, as delimited text with a header.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} vigie_table;

/// What each nature of a judgment means.
extern const vigie_table vigie_judgments;
/// Which line of a statement each account goes to, by the longest prefix.
extern const vigie_table vigie_account_lines;
/// How lines of a statement add up, in the order in which they are counted.
extern const vigie_table vigie_line_totals;
/// What stops a paper from being read, in English and French; {1} and so on stand for any text.
extern const vigie_table vigie_failures;
/// What findings say to people, and how grave they are.
extern const vigie_table vigie_findings;
/// What the words of an assessment mean, for each reader, in French and English.
extern const vigie_table vigie_glossary;
/// Which facts can be changed to see what follows, and what balances them.
extern const vigie_table vigie_what_if;
/// What bundles ask for, out of the lines of a statement.
extern const vigie_table vigie_model_inputs;
/// Thresholds of assessments: confidence, caps of classes, what payments add.
extern const vigie_table vigie_assessment;
/// Which marks of its content tell what a paper is.
extern const vigie_table vigie_paper_kinds;
/// Ratios and published models, in the language of bundles' expressions.
extern const vigie_table vigie_statement_formulas;
/// How exports of ledgers are read: which columns mean what, in JSON.
extern const vigie_table vigie_ledger_profiles;
/// Which names of US-GAAP and IFRS go to which line of a foreign statement.
extern const vigie_table vigie_foreign_lines;
/// What elements of XML papers say, by their paths of local names; alternatives have a bar between,
/// a plus marks an element that is a record.
extern const vigie_table vigie_xml_elements;
/// Types of invoices, and statuses of their life cycle.
extern const vigie_table vigie_document_codes;
/// Numbers that decide how payments are matched and judged.
extern const vigie_table vigie_payment_thresholds;
/// What must hold between the lines of a statement, in the same language.
extern const vigie_table vigie_identities;
/// Codes of the lines of balance sheets and income statements on the printed forms.
extern const vigie_table vigie_form_lines;
/// What each line is: which gross amount it is written off, whether it can be negative, whether
/// it tells home and abroad apart, which books do not.
extern const vigie_table vigie_line_rules;
/// What the values of published models mean.
extern const vigie_table vigie_model_zones;
/// Accounts whose amounts are kept beside the lines that they are part of.
extern const vigie_table vigie_account_details;
/// From when on accounts are old, and how far years may be apart.
extern const vigie_table vigie_statement_thresholds;
/// What states, events and severities are called.
extern const vigie_table vigie_words;
/// How collection is told, in French and English; names in braces are values.
extern const vigie_table vigie_collection_words;
/// How customers are reminded where a seller says nothing else, in JSON.
extern const vigie_table vigie_dunning_scenarios;

#endif
