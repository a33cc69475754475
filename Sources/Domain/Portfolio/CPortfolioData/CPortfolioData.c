// SPDX-License-Identifier: Apache-2.0
// Embeds the files under tables/.
#include "CPortfolioData.h"

// #embed is C23; clang has it in earlier modes too.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char alert_words[] = {
#embed "tables/alert_words.csv"
};

const vigie_portfolio_table vigie_alert_words = {alert_words, sizeof alert_words};
