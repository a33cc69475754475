// SPDX-License-Identifier: Apache-2.0
// Tables of words about portfolios, in French and English. They are read when first asked for.
#ifndef VIGIE_PORTFOLIO_DATA_H
#define VIGIE_PORTFOLIO_DATA_H

#include <stddef.h>

/// A table, as delimited text with a header.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} vigie_portfolio_table;

/// What kinds of alerts, quantities and explanations are called; names in braces are values.
extern const vigie_portfolio_table vigie_alert_words;

#endif
