// SPDX-License-Identifier: Apache-2.0

// A statement that PostgreSQL knows under a name, and the types it gave its values.

internal import CPostgreSQL

/// A prepared statement of a connection to PostgreSQL.
struct PreparedStatement {
    /// Types of values, by PostgreSQL's numbers.
    private enum ValueType: UInt32 {
        case bytes = 17
        case bigInteger = 20
        case integer = 23
        case text = 25
        case double = 701
        case variableText = 1043
    }

    /// Values as they travel: where each begins in the bytes, nil for null, and its length.
    struct Encoded {
        var bytes: [UInt8] = []
        var starts: [Int?] = []
        var counts: [Int32] = []
    }

    let text: String
    let name: String
    private let types: [ValueType]

    init(_ text: String, name: String, on connection: PostgreSQLConnection) throws(DatabaseError) {
        let handle = connection.connection
        let prepared = PQprepare(handle, name, text, 0, nil)
        defer { PQclear(prepared) }
        guard PQresultStatus(prepared) == PGRES_COMMAND_OK else {
            throw connection.failure(prepared, in: text)
        }
        let described = PQdescribePrepared(handle, name)
        defer { PQclear(described) }
        guard PQresultStatus(described) == PGRES_COMMAND_OK else {
            throw connection.failure(described, in: text)
        }
        var types: [ValueType] = []
        for place in 0..<PQnparams(described) {
            guard let type = ValueType(rawValue: PQparamtype(described, place)) else {
                throw DatabaseError(
                    .defect,
                    "value \(place + 1) has a type that is not used here",
                    in: text
                )
            }
            types.append(type)
        }
        (self.text, self.name, self.types) = (text, name, types)
    }

    /// The values in their binary form.
    func encode(_ values: [DatabaseValue]) throws(DatabaseError) -> Encoded {
        guard values.count == types.count else {
            throw DatabaseError(
                .defect,
                "\(values.count) values for \(types.count) placeholders",
                in: text
            )
        }
        var encoded = Encoded()
        // An empty text has an address, too: none means null.
        encoded.bytes.append(0)
        for (value, type) in zip(values, types) {
            try value.check(text)
            let start = encoded.bytes.count
            let isNull = try !append(value, type, to: &encoded.bytes)
            encoded.starts.append(isNull ? nil : start)
            encoded.counts.append(Int32(clamping: encoded.bytes.count - start))
        }
        encoded.bytes.append(0)
        return encoded
    }

    /// - Returns: False for null.
    private func append(
        _ value: DatabaseValue,
        _ type: ValueType,
        to bytes: inout [UInt8]
    ) throws(DatabaseError) -> Bool {
        switch (value, type) {
        case (.null, _): return false
        case (.integer(let value), .bigInteger):
            withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
        case (.integer(let value), .integer):
            guard let short = Int32(exactly: value) else {
                throw DatabaseError(.value, "a number is too large for its place", in: text)
            }
            withUnsafeBytes(of: short.bigEndian) { bytes.append(contentsOf: $0) }
        case (.real(let value), .double):
            withUnsafeBytes(of: (value + 0).bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
        case (.text(let value), .text), (.text(let value), .variableText):
            bytes.append(contentsOf: value.utf8)
        case (.bytes(let value), .bytes): bytes.append(contentsOf: value)
        default:
            throw DatabaseError(.defect, "a value does not fit the type of its place", in: text)
        }
        return true
    }
}
