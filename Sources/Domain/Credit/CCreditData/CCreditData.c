// SPDX-License-Identifier: Apache-2.0
// Embeds the files under tables/.
#include "CCreditData.h"

// #embed is C23; clang has it in earlier modes too.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char judgments[] = {
#embed "tables/judgments.csv"
};
static const unsigned char account_lines[] = {
#embed "tables/account_lines.csv"
};
static const unsigned char line_totals[] = {
#embed "tables/line_totals.csv"
};
static const unsigned char assessment[] = {
#embed "tables/assessment.csv"
};
static const unsigned char failures[] = {
#embed "tables/failures.csv"
};
static const unsigned char findings[] = {
#embed "tables/findings.csv"
};
static const unsigned char glossary[] = {
#embed "tables/glossary.csv"
};
static const unsigned char model_inputs[] = {
#embed "tables/model_inputs.csv"
};
static const unsigned char paper_kinds[] = {
#embed "tables/paper_kinds.csv"
};
static const unsigned char statement_formulas[] = {
#embed "tables/statement_formulas.csv"
};
static const unsigned char ledger_profiles[] = {
#embed "tables/ledger_profiles.json"
};
static const unsigned char foreign_lines[] = {
#embed "tables/foreign_lines.csv"
};
static const unsigned char xml_elements[] = {
#embed "tables/xml_elements.csv"
};
static const unsigned char document_codes[] = {
#embed "tables/document_codes.csv"
};
static const unsigned char payment_thresholds[] = {
#embed "tables/payment_thresholds.csv"
};
static const unsigned char identities[] = {
#embed "tables/identities.csv"
};
static const unsigned char form_lines[] = {
#embed "tables/form_lines.csv"
};
static const unsigned char line_rules[] = {
#embed "tables/line_rules.csv"
};
static const unsigned char model_zones[] = {
#embed "tables/model_zones.csv"
};
static const unsigned char account_details[] = {
#embed "tables/account_details.csv"
};
static const unsigned char statement_thresholds[] = {
#embed "tables/statement_thresholds.csv"
};
static const unsigned char what_if[] = {
#embed "tables/what_if.csv"
};
static const unsigned char words[] = {
#embed "tables/words.csv"
};
static const unsigned char collection_words[] = {
#embed "tables/collection_words.csv"
};
static const unsigned char dunning_scenarios[] = {
#embed "tables/dunning_scenarios.json"
};

const vigie_table vigie_judgments = {judgments, sizeof judgments};
const vigie_table vigie_account_lines = {account_lines, sizeof account_lines};
const vigie_table vigie_line_totals = {line_totals, sizeof line_totals};
const vigie_table vigie_assessment = {assessment, sizeof assessment};
const vigie_table vigie_failures = {failures, sizeof failures};
const vigie_table vigie_findings = {findings, sizeof findings};
const vigie_table vigie_glossary = {glossary, sizeof glossary};
const vigie_table vigie_model_inputs = {model_inputs, sizeof model_inputs};
const vigie_table vigie_paper_kinds = {paper_kinds, sizeof paper_kinds};
const vigie_table vigie_statement_formulas = {statement_formulas, sizeof statement_formulas};
const vigie_table vigie_ledger_profiles = {ledger_profiles, sizeof ledger_profiles};
const vigie_table vigie_foreign_lines = {foreign_lines, sizeof foreign_lines};
const vigie_table vigie_xml_elements = {xml_elements, sizeof xml_elements};
const vigie_table vigie_document_codes = {document_codes, sizeof document_codes};
const vigie_table vigie_payment_thresholds = {payment_thresholds, sizeof payment_thresholds};
const vigie_table vigie_identities = {identities, sizeof identities};
const vigie_table vigie_form_lines = {form_lines, sizeof form_lines};
const vigie_table vigie_line_rules = {line_rules, sizeof line_rules};
const vigie_table vigie_model_zones = {model_zones, sizeof model_zones};
const vigie_table vigie_account_details = {account_details, sizeof account_details};
const vigie_table vigie_statement_thresholds = {statement_thresholds, sizeof statement_thresholds};
const vigie_table vigie_what_if = {what_if, sizeof what_if};
const vigie_table vigie_words = {words, sizeof words};
const vigie_table vigie_collection_words = {collection_words, sizeof collection_words};
const vigie_table vigie_dunning_scenarios = {dunning_scenarios, sizeof dunning_scenarios};
