// SPDX-License-Identifier: Apache-2.0

// Whether a database is sound, as far as it can tell itself.

extension DatabaseConnection {
    /// What is wrong with the database, a sentence each; none when it is sound. SQLite goes through
    /// its whole file; PostgreSQL has tools of its own for that (`pg_amcheck`), and has what is
    /// broken told when it is read.
    package func soundnessProblems() throws(DatabaseError) -> [String] {
        guard dialect == .sqlite else { return [] }
        let found = try all("pragma integrity_check(10)") { row throws(DatabaseError) in
            try row.text(0)
        }
        let orphans = try all("select count(*), \"table\" from pragma_foreign_key_check group by 2")
        {
            row throws(DatabaseError) in
            "\(try row.integer(0)) rows of \(try row.text(1)) belong to nothing"
        }
        return found.filter { $0 != "ok" } + orphans
    }
}
