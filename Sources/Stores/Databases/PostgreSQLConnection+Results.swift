// SPDX-License-Identifier: Apache-2.0

// What comes back of a statement, result by result.

internal import CPostgreSQL

extension PostgreSQLConnection {
    /// Sends a prepared statement with its values, and takes what comes back, row by row.
    ///
    /// - Parameter take: Takes a result; false for no more.
    func results(
        of text: String,
        _ values: [DatabaseValue],
        _ take: (OpaquePointer) throws(DatabaseError) -> Bool
    ) throws(DatabaseError) {
        let prepared = try prepare(text)
        try send(prepared, values)
        PQsetSingleRowMode(connection)
        do throws(DatabaseError) {
            while let result = PQgetResult(connection) {
                defer { PQclear(result) }
                switch PQresultStatus(result) {
                case PGRES_SINGLE_TUPLE, PGRES_TUPLES_OK, PGRES_COMMAND_OK:
                    guard try take(result) else {
                        drain()
                        return
                    }
                default: throw failure(result, in: text)
                }
            }
        } catch {
            drain()
            throw error
        }
    }

    /// Takes what still comes and nobody wants any more. It is not cancelled: that would end the
    /// transaction around it, and may come so late that it ends the next statement.
    private func drain() {
        while let result = PQgetResult(connection) { PQclear(result) }
    }

    private func send(
        _ prepared: PreparedStatement,
        _ values: [DatabaseValue]
    ) throws(DatabaseError) {
        let encoded = try prepared.encode(values)
        let sent = encoded.bytes.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let starts = encoded.starts.map { start in start.flatMap { base?.advanced(by: $0) } }
            return PQsendQueryPrepared(
                connection,
                prepared.name,
                Int32(values.count),
                starts,
                encoded.counts,
                [Int32](repeating: 1, count: values.count),
                1
            )
        }
        guard sent == 1 else { throw failure(nil, in: prepared.text) }
    }
}
