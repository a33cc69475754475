// SPDX-License-Identifier: Apache-2.0
// The files of the page that is looked at in a browser.
#ifndef VIGIE_DASHBOARD_PAGES_H
#define VIGIE_DASHBOARD_PAGES_H

#include <stddef.h>

/// A file.
typedef struct {
    /// Where a browser finds it.
    const char *path;
    /// What it is.
    const char *type;
    const unsigned char *bytes;
    size_t length;
} vigie_dashboard_file;

/// All files.
const vigie_dashboard_file *vigie_dashboard_files(size_t *count);

#endif
