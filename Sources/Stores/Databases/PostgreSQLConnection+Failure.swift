// SPDX-License-Identifier: Apache-2.0

// What PostgreSQL's codes mean for whoever asked. Its details and the parts of the statement that
// it repeats are left out: they hold values.

internal import CPostgreSQL

extension PostgreSQLConnection {
    /// What went wrong with a result, or with the connection when there is none.
    func failure(_ result: OpaquePointer?, in statement: String) -> DatabaseError {
        let state = field(result, 0x43)  // PG_DIAG_SQLSTATE
        let words = field(result, 0x4d)  // PG_DIAG_MESSAGE_PRIMARY
        let place = field(result, 0x6e)  // PG_DIAG_CONSTRAINT_NAME
        guard PQstatus(connection) == CONNECTION_OK, let state, let words else {
            return DatabaseError(
                .unavailable,
                "the connection to PostgreSQL is lost",
                code: state ?? "",
                in: statement
            )
        }
        let kind = Self.kind(state)
        // The main message of a wrong value repeats it.
        let shown =
            kind == .value
            ? "a value cannot be kept" : place.map { "\(words) (\($0))" } ?? words
        return DatabaseError(kind, shown, code: state, in: statement)
    }

    /// Why there is no connection.
    func connectFailure() -> DatabaseError {
        // Names host, port, user and database, never the password.
        let words = PQerrorMessage(connection).map { String(cString: $0) } ?? "no answer"
        let line = words.split(separator: "\n").map(String.init).joined(separator: "; ")
        let isDenied =
            PQconnectionNeedsPassword(connection) == 1 || PQconnectionUsedPassword(connection) == 1
        return DatabaseError(isDenied && line.contains("FATAL") ? .denied : .unavailable, line)
    }

    private func field(_ result: OpaquePointer?, _ code: Int32) -> String? {
        PQresultErrorField(result, code).map { String(cString: $0) }
    }

    private static func kind(_ state: String) -> DatabaseError.Kind {
        switch state {
        case "23505": return .duplicate
        case "40001", "40P01", "55P03": return .busy
        case "53100": return .noSpace
        case "57014": return .tooSlow
        case "25006": return .readOnly
        case "57P01", "57P02", "57P03", "25P03", "25P02": return .unavailable
        case "42501": return .denied
        default: break
        }
        switch state.prefix(2) {
        case "08", "53": return .unavailable
        case "23": return .constraint
        case "22": return .value
        case "28": return .denied
        case "58", "XX": return .damaged
        default: return .defect
        }
    }
}
