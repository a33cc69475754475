// SPDX-License-Identifier: Apache-2.0

#include "CDashboardPages.h"

// #embed is C23; clang has it in earlier modes too.
#pragma clang diagnostic ignored "-Wc23-extensions"

#define PAGE(name, file) static const unsigned char name[] = {
#define END };

PAGE(page_html, "page.html")
#embed "pages/page.html"
END
PAGE(style_css, "style.css")
#embed "pages/style.css"
END
PAGE(page_js, "page.js")
#embed "pages/page.js"
END
PAGE(api_js, "api.js")
#embed "pages/api.js"
END
PAGE(words_js, "words.js")
#embed "pages/words.js"
END
PAGE(draw_js, "draw.js")
#embed "pages/draw.js"
END
PAGE(overview_js, "overview.js")
#embed "pages/overview.js"
END
PAGE(companies_js, "companies.js")
#embed "pages/companies.js"
END
PAGE(alerts_js, "alerts.js")
#embed "pages/alerts.js"
END
PAGE(english_js, "english.js")
#embed "pages/english.js"
END
PAGE(french_js, "french.js")
#embed "pages/french.js"
END
PAGE(charts_js, "charts.js")
#embed "pages/charts.js"
END
PAGE(company_js, "company.js")
#embed "pages/company.js"
END
PAGE(decision_js, "decision.js")
#embed "pages/decision.js"
END
PAGE(collection_js, "collection.js")
#embed "pages/collection.js"
END
PAGE(recording_js, "recording.js")
#embed "pages/recording.js"
END
PAGE(opportunities_js, "opportunities.js")
#embed "pages/opportunities.js"
END
PAGE(sales_js, "sales.js")
#embed "pages/sales.js"
END
PAGE(icon_svg, "icon.svg")
#embed "pages/icon.svg"
END

PAGE(openapi_json, "openapi.json")
#embed "pages/openapi.json"
END

#define FILE_OF(path, type, name) {path, type, name, sizeof(name)}

static const vigie_dashboard_file files[] = {
    FILE_OF("/", "text/html; charset=utf-8", page_html),
    FILE_OF("/sign-in", "text/html; charset=utf-8", page_html),
    FILE_OF("/style.css", "text/css; charset=utf-8", style_css),
    FILE_OF("/page.js", "text/javascript; charset=utf-8", page_js),
    FILE_OF("/api.js", "text/javascript; charset=utf-8", api_js),
    FILE_OF("/words.js", "text/javascript; charset=utf-8", words_js),
    FILE_OF("/draw.js", "text/javascript; charset=utf-8", draw_js),
    FILE_OF("/overview.js", "text/javascript; charset=utf-8", overview_js),
    FILE_OF("/companies.js", "text/javascript; charset=utf-8", companies_js),
    FILE_OF("/alerts.js", "text/javascript; charset=utf-8", alerts_js),
    FILE_OF("/english.js", "text/javascript; charset=utf-8", english_js),
    FILE_OF("/french.js", "text/javascript; charset=utf-8", french_js),
    FILE_OF("/charts.js", "text/javascript; charset=utf-8", charts_js),
    FILE_OF("/company.js", "text/javascript; charset=utf-8", company_js),
    FILE_OF("/decision.js", "text/javascript; charset=utf-8", decision_js),
    FILE_OF("/collection.js", "text/javascript; charset=utf-8", collection_js),
    FILE_OF("/recording.js", "text/javascript; charset=utf-8", recording_js),
    FILE_OF("/opportunities.js", "text/javascript; charset=utf-8", opportunities_js),
    FILE_OF("/sales.js", "text/javascript; charset=utf-8", sales_js),
    FILE_OF("/favicon.ico", "image/svg+xml", icon_svg),
    FILE_OF("/icon.svg", "image/svg+xml", icon_svg),
    FILE_OF("/v1/openapi.json", "application/json", openapi_json),
};

const vigie_dashboard_file *vigie_dashboard_files(size_t *count) {
    *count = sizeof(files) / sizeof(files[0]);
    return files;
}
