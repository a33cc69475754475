// SPDX-License-Identifier: Apache-2.0

// A place in the stream of events. Beside the number it has the time of the event, so that a cursor
// of another store, or of one that went on otherwise after a backup was restored, is known for what
// it is.

internal import Databases
internal import Digests

/// A place in the stream of events.
package struct AlertCursor: Sendable, Equatable {
    /// The number of the last event that was seen; 0 before all.
    package let number: Int
    /// When that came into the store, in microseconds since 1970 in UTC; 0 where nobody knows.
    let createdAt: Int

    init(number: Int, createdAt: Int) { (self.number, self.createdAt) = (number, createdAt) }

    /// The cursor for others, who are not to look into it.
    package var text: String { Base64.addresses.text(Array("e\(number).\(createdAt)".utf8)) }

    /// Reads what `text` gave; nil for anything else.
    init?(_ text: String) {
        guard let bytes = Base64.addresses.bytes(text.utf8), bytes.first == UInt8(ascii: "e"),
            let plain = String(validating: bytes.dropFirst(), as: UTF8.self)
        else { return nil }
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[0]), let createdAt = Int(parts[1]),
            number >= 0
        else { return nil }
        self.init(number: number, createdAt: createdAt)
        guard self.text == text else { return nil }
    }
}

/// What becomes of a cursor that somebody comes back with.
enum CursorFate {
    /// All events behind it are there.
    case sound
    /// They are not: the oldest cursor that is sound.
    case gone(AlertCursor)
}

extension DatabaseConnection {
    /// Where the stream ends.
    func streamEnd() throws(DatabaseError) -> AlertCursor {
        let last = try first("select value from counter where name = 'event'") {
            row throws(DatabaseError) in try row.integer(0)
        }
        return try cursor(last ?? 0)
    }

    /// The cursor of an event.
    func cursor(_ number: Int) throws(DatabaseError) -> AlertCursor {
        AlertCursor(number: number, createdAt: try createdAt(number) ?? 0)
    }

    /// Whether one can go on from a cursor.
    func fate(of cursor: AlertCursor) throws(DatabaseError) -> CursorFate {
        let end = try streamEnd()
        var isSound = cursor.number <= end.number
        if isSound, cursor.createdAt != 0, let known = try createdAt(cursor.number) {
            isSound = known == cursor.createdAt
        }
        if isSound, cursor.number < end.number {
            // Events have numbers without a gap: where the next one is, all are.
            isSound = try createdAt(cursor.number + 1) != nil
        }
        if isSound { return .sound }
        let oldest = try first(
            """
            select max(e.number) from event e where not exists (
                select 1 from event p where p.number = e.number - 1)
            """
        ) { row throws(DatabaseError) in try row.integerIfAny(0) }
        guard let first = oldest ?? nil else { return .gone(end) }
        return .gone(AlertCursor(number: first - 1, createdAt: 0))
    }

    private func createdAt(_ number: Int) throws(DatabaseError) -> Int? {
        try first("select created_at from event where number = $1", [.integer(number)]) {
            row throws(DatabaseError) in try row.integer(0)
        }
    }
}
