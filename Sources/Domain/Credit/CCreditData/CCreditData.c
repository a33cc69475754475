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

const vigie_table vigie_judgments = {judgments, sizeof judgments};
const vigie_table vigie_account_lines = {account_lines, sizeof account_lines};
const vigie_table vigie_line_totals = {line_totals, sizeof line_totals};
const vigie_table vigie_assessment = {assessment, sizeof assessment};
const vigie_table vigie_findings = {findings, sizeof findings};
const vigie_table vigie_glossary = {glossary, sizeof glossary};
const vigie_table vigie_model_inputs = {model_inputs, sizeof model_inputs};
const vigie_table vigie_paper_kinds = {paper_kinds, sizeof paper_kinds};
const vigie_table vigie_statement_formulas = {statement_formulas, sizeof statement_formulas};
