// SPDX-License-Identifier: Apache-2.0
// The system's SQLite. What is a macro with a cast or takes variable arguments stands below.
#include <sqlite3.h>

/// Binds a text that SQLite copies.
static inline int vigie_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes,
                                         sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds bytes that SQLite copies.
static inline int vigie_sqlite_bind_bytes(sqlite3_stmt *statement, int index, const void *bytes,
                                          sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// Refuses to write over what SQLite itself keeps in a file, whatever a statement says.
static inline int vigie_sqlite_defend(sqlite3 *database) {
    int result = sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    if (result != SQLITE_OK) return result;
    return sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
}
