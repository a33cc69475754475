// SPDX-License-Identifier: Apache-2.0

// Who is told of events: endpoints of webhooks, and people by mail.

package import Databases
internal import VigieLimits

/// Whoever is told of events.
package struct DeliveryTarget: Sendable, Equatable {
    /// How.
    package enum Kind: String, Sendable, CaseIterable {
        case webhook
        case mail
    }

    /// How soon.
    package enum Pace: String, Sendable, CaseIterable {
        case atOnce = "at_once"
        case hourly
        case daily
    }

    /// Its number; 0 before it is kept.
    package var id = 0
    /// How it is told.
    package var kind: Kind
    /// Of what it is told; nil for the whole store.
    package var portfolio: Int?
    /// An URL, or an address of mail.
    package var address: String
    /// Kinds of events; empty for all.
    package var kinds: [String]
    /// What it is for.
    package var note: String
    /// What messages are signed with, sealed.
    package var secret: [UInt8]?
    /// The language of mail, such as fr.
    package var language = ""
    /// How soon.
    package var pace = Pace.atOnce
    /// Where it stands.
    package var state = "active"
    /// The number of the last event that was seen to.
    package var seen: Int
    /// Nothing is sent before, in microseconds since 1970 in UTC.
    package var openAtMicroseconds = 0
    /// When it was made, in microseconds since 1970 in UTC.
    package var createdAtMicroseconds: Int
    /// Who made it.
    package var createdBy: String

    /// Describes one that is to be made.
    package init(
        _ kind: Kind,
        portfolio: Int?,
        address: String,
        kinds: [String],
        note: String,
        seen: Int,
        createdAtMicroseconds: Int,
        createdBy: String
    ) {
        (self.kind, self.portfolio, self.address) = (kind, portfolio, address)
        (self.kinds, self.note, self.seen) = (kinds, note, seen)
        (self.createdAtMicroseconds, self.createdBy) = (createdAtMicroseconds, createdBy)
    }

    /// Whether it wants to be told of an event: `alert.*` stands for all that begin so.
    package func wants(_ event: StoreEvent) -> Bool {
        guard portfolio == nil || portfolio == event.portfolio else { return false }
        return wants(kind: event.kind)
    }

    /// Whether it wants to be told of events of a kind.
    package func wants(kind: String) -> Bool {
        kinds.isEmpty
            || kinds.contains { wanted in
                wanted.hasSuffix(".*") ? kind.hasPrefix(wanted.dropLast()) : wanted == kind
            }
    }
}

extension DeliveryTarget {
    static let columns = """
        id, kind, portfolio, address, kinds, note, secret, language, pace, state, seen, open_at,
        created_at, created_by
        """

    init(_ row: DatabaseRow) throws(DatabaseError) {
        guard let kind = Kind(rawValue: try row.text(1)), let pace = Pace(rawValue: try row.text(8))
        else { throw DatabaseError(.damaged, "a target of messages is of no known kind") }
        self.init(
            kind,
            portfolio: try row.integerIfAny(2),
            address: try row.text(3),
            kinds: try row.text(4).split(separator: " ").map(String.init),
            note: try row.text(5),
            seen: try row.integer(10),
            createdAtMicroseconds: try row.integer(12),
            createdBy: try row.text(13)
        )
        (id, secret, self.pace) = (try row.integer(0), try row.bytesIfAny(6), pace)
        (language, state) = (try row.text(7), try row.text(9))
        openAtMicroseconds = try row.integer(11)
    }
}

extension DatabaseConnection {
    /// Keeps a target.
    ///
    /// - Parameter seal: Makes its secret, if it has one, once its number is known.
    /// - Returns: The target with its number.
    package func add(
        _ target: DeliveryTarget,
        seal: (Int) -> [UInt8]?
    ) throws(DatabaseError) -> DeliveryTarget {
        var target = target
        target.id = try takeNumbers(1, of: .deliveryTarget)
        target.secret = seal(target.id)
        _ = try execute(
            """
            insert into delivery_target (\(DeliveryTarget.columns))
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            [
                .integer(target.id), .text(target.kind.rawValue), .integer(target.portfolio),
                .text(target.address), .text(target.kinds.joined(separator: " ")),
                .text(target.note), target.secret.map { .bytes($0) } ?? .null,
                .text(target.language),
                .text(target.pace.rawValue), .text(target.state), .integer(target.seen),
                .integer(target.openAtMicroseconds), .integer(target.createdAtMicroseconds),
                .text(target.createdBy),
            ]
        )
        return target
    }

    /// Keeps what of a target can become another: address, kinds, note, secret, language, pace.
    package func change(_ target: DeliveryTarget) throws(DatabaseError) {
        _ = try execute(
            """
            update delivery_target set address = $2, kinds = $3, note = $4, secret = $5,
                language = $6, pace = $7
            where id = $1
            """,
            [
                .integer(target.id), .text(target.address),
                .text(target.kinds.joined(separator: " ")), .text(target.note),
                target.secret.map { .bytes($0) } ?? .null, .text(target.language),
                .text(target.pace.rawValue),
            ]
        )
    }

    /// A target, which others cannot change until the transaction is over; nil when there is none.
    package func holdTarget(_ id: Int) throws(DatabaseError) -> DeliveryTarget? {
        let lock = dialect == .postgresql ? " for update" : ""
        return try first(
            "select \(DeliveryTarget.columns) from delivery_target where id = $1\(lock)",
            [.integer(id)]
        ) { row throws(DatabaseError) in try DeliveryTarget(row) }
    }

    /// A target; nil when there is none.
    package func target(_ id: Int) throws(DatabaseError) -> DeliveryTarget? {
        try first(
            "select \(DeliveryTarget.columns) from delivery_target where id = $1",
            [.integer(id)]
        ) { row throws(DatabaseError) in try DeliveryTarget(row) }
    }

    /// Targets of a kind: of a portfolio, or with nil of the whole store; by their numbers.
    package func targets(
        _ kind: DeliveryTarget.Kind,
        of portfolio: Int?
    ) throws(DatabaseError) -> [DeliveryTarget] {
        try all(
            """
            select \(DeliveryTarget.columns) from delivery_target
            where kind = $1 and coalesce(portfolio, 0) = $2 order by id limit $3
            """,
            [
                .text(kind.rawValue), .integer(portfolio ?? 0),
                .integer(DeliveryLimits.targetsMax),
            ]
        ) { row throws(DatabaseError) in try DeliveryTarget(row) }
    }

    /// How many targets there are: in the store, and of a portfolio.
    package func targetCounts(
        of portfolio: Int?
    ) throws(DatabaseError) -> (all: Int, ofPortfolio: Int) {
        try first(
            """
            select count(*), count(case when portfolio = $1 then 1 end) from delivery_target
            """,
            [.integer(portfolio ?? 0)]
        ) { row throws(DatabaseError) in (try row.integer(0), try row.integer(1)) } ?? (0, 0)
    }

    /// Ends a target, and what was on its way to it.
    ///
    /// - Returns: Whether it was there.
    package func removeTarget(_ id: Int) throws(DatabaseError) -> Bool {
        try execute("delete from delivery_target where id = $1", [.integer(id)]) == 1
    }

    /// Says where a target stands.
    package func setState(_ state: String, ofTarget id: Int) throws(DatabaseError) {
        _ = try execute(
            "update delivery_target set state = $2, open_at = 0 where id = $1",
            [.integer(id), .text(state)]
        )
    }

    /// Leaves a target alone until a time.
    package func closeTarget(_ id: Int, untilMicroseconds end: Int) throws(DatabaseError) {
        _ = try execute(
            "update delivery_target set open_at = $2 where id = $1 and open_at < $2",
            [.integer(id), .integer(end)]
        )
    }

    /// The number of the last event.
    package func lastEventNumber() throws(DatabaseError) -> Int {
        try first("select value from counter where name = 'event'") { row throws(DatabaseError) in
            try row.integer(0)
        } ?? 0
    }
}
