// SPDX-License-Identifier: Apache-2.0

// What a load begins with: the universe, its columns, texts and slots, and the columns that the
// load adds. Nobody is waited for while the store is held.

internal import Databases
internal import PortfolioApplication
internal import PortfolioStore
internal import Quantities
internal import ServiceErrors
internal import UniverseBlocks
internal import UniverseStore
internal import VigieLimits

/// What a load begins with.
struct LoadBeginning {
    let number: Int
    let universe: UniverseRecord
    let day: CalendarDate
    /// Those of the store, then those that the load adds.
    let columns: [UniverseColumn]
    let storedColumns: Int
    let texts: [[[UInt8]]]
    let keys: UniverseKeys

    init(_ store: ServerStore, _ header: LoadHeader, by identity: String?) throws(ServiceError) {
        try Self.check(header)
        let now = store.clock()
        let today = CalendarDate(secondsSince1970: Int64(now / 1_000_000))
        day = try CalendarDate(universeDay: header.day, field: "header.as_of_date", since: today)
        let asOf = day
        (universe, number) = try store.write {
            connection throws(DatabaseError) -> Result<(UniverseRecord, Int), ServiceError> in
            if try connection.universe(named: header.universe) == nil {
                guard try connection.universes().count < UniverseLimits.universes else {
                    return .failure(.tooManyUniverses)
                }
                _ = try connection.addUniverse(
                    named: header.universe,
                    by: identity ?? "",
                    nowMicroseconds: now
                )
            }
            guard let universe = try connection.universe(named: header.universe) else {
                return .failure(.unknownUniverse(header.universe))
            }
            let load = try connection.beginLoad(
                of: universe,
                asOf: asOf,
                isWhole: header.isWhole,
                by: identity ?? "",
                nowMicroseconds: now
            )
            guard let load else { return .failure(.universeBusy(header.universe)) }
            return .success((universe, load))
        }
        let (universe, load) = (universe, number)
        do throws(ServiceError) {
            let known = try Self.known(store, universe)
            storedColumns = known.columns.count
            (texts, keys) = (known.texts, known.keys)
            columns = try Self.columns(known.columns, header)
        } catch {
            _ = try? store.write { connection throws(DatabaseError) in
                .success(try connection.failLoad(load))
            }
            throw error
        }
    }

    private typealias Known = (columns: [UniverseColumn], texts: [[[UInt8]]], keys: UniverseKeys)

    private static func known(
        _ store: ServerStore,
        _ universe: UniverseRecord
    ) throws(ServiceError) -> Known {
        let chains = BlockChains()
        return try store.read { connection throws(DatabaseError) -> Result<Known, ServiceError> in
            let columns = try connection.columns(ofUniverse: universe.number)
            let texts = try connection.texts(
                ofUniverse: universe.number,
                columnCount: columns.count
            )
            var keys = UniverseKeys(capacity: universe.slotCount)
            for place in 0..<min(universe.blockCount, UniverseLimits.blocks) {
                guard let block = try chains.keys(connection, universe.block(place)) else {
                    throw DatabaseError(.damaged, "block \(place) of a universe has no companies")
                }
                do throws(UniverseProblem) { try keys.add(block) } catch {
                    throw DatabaseError(.damaged, "block \(place): \(error.description)")
                }
            }
            guard keys.keys.count == universe.slotCount else {
                throw DatabaseError(.damaged, "a universe has other slots than its blocks")
            }
            return .success((columns, texts, keys))
        }
    }

    private static func columns(
        _ stored: [UniverseColumn],
        _ header: LoadHeader
    ) throws(ServiceError) -> [UniverseColumn] {
        var columns = stored
        let sent =
            header.numbers.map { UniverseColumn($0, .number) }
            + header.texts.map { UniverseColumn($0, .text) }
            + header.marks.map { UniverseColumn($0, .mark) }
        for column in sent {
            guard let known = columns.first(where: { $0.name == column.name }) else {
                columns.append(column)
                continue
            }
            guard known.kind == column.kind else {
                throw .invalid(
                    "header",
                    "WRONG_COLUMN_KIND",
                    "Column \"\(column.name.shownInMessages)\" of the universe is a "
                        + "\(known.kind.rawValue); the load sends it as a \(column.kind.rawValue)."
                )
            }
        }
        guard columns.count <= UniverseLimits.inputs else { throw .tooManyColumns(columns.count) }
        return columns
    }

    private static func check(_ header: LoadHeader) throws(ServiceError) {
        let name = header.universe
        guard name.utf8.count <= StoreLimits.portfolioNameBytes, PersonIdentity.isPlain(name) else {
            throw .invalid(
                "header.universe",
                "BAD_NAME",
                "\"\(name.shownInMessages)\" is no name: it has 1 to "
                    + "\(StoreLimits.portfolioNameBytes) bytes (portfolioNameBytes), "
                    + "\(PersonIdentity.plainForm)."
            )
        }
        let names = header.numbers + header.texts + header.marks
        guard !names.isEmpty else {
            throw .invalid("header.columns", "NO_COLUMNS", "The load has no column of inputs.")
        }
        guard names.count <= UniverseLimits.inputs else { throw .tooManyColumns(names.count) }
        var seen = Set<String>()
        for name in names {
            guard !name.isEmpty, name.utf8.count <= UniverseLimits.columnNameBytes,
                !name.utf8.contains(0)
            else {
                throw .invalid(
                    "header.columns",
                    "BAD_NAME",
                    "\"\(name.shownInMessages)\" is no name of a column: it has 1 to "
                        + "\(UniverseLimits.columnNameBytes) bytes (columnNameBytes)."
                )
            }
            guard seen.insert(name).inserted else {
                throw .invalid(
                    "header.columns",
                    "DUPLICATE_COLUMN",
                    "Column \"\(name.shownInMessages)\" is named twice."
                )
            }
        }
    }
}

extension CalendarDate {
    /// A day of a request; nil for an empty text.
    init?(universeDay text: String, field: String) throws(ServiceError) {
        guard !text.isEmpty else { return nil }
        guard let day = CalendarDate(text) else {
            throw .invalid(
                field,
                "INVALID_DATE",
                "\(field) \"\(text.shownInMessages)\" is no date; write YYYY-MM-DD, such as "
                    + "2026-03-31."
            )
        }
        self = day
    }

    /// The day of what is loaded or scored; today for an empty text.
    ///
    /// - Throws: INVALID_ARGUMENT for a day that has nowhere begun: what is kept of it would be
    ///   taken for the last there is until it comes.
    init(universeDay text: String, field: String, since today: CalendarDate) throws(ServiceError) {
        let day = try CalendarDate(universeDay: text, field: field) ?? today
        guard day <= today.adding(days: 1) ?? today else {
            throw .invalid(
                field,
                "FUTURE_DATE",
                "\(field) is \(day), which has not been; today is \(today) (UTC)."
            )
        }
        self = day
    }
}

extension ServiceError {
    static func tooManyColumns(_ count: Int) -> ServiceError {
        .overLimit(
            "header.columns",
            "inputs",
            "The universe would have too many columns.",
            value: count,
            maximum: UniverseLimits.inputs
        )
    }

    static var tooManyUniverses: ServiceError {
        .overLimit(
            "header.universe",
            "universes",
            "There are too many universes.",
            value: UniverseLimits.universes + 1,
            maximum: UniverseLimits.universes,
            code: .resourceExhausted
        )
    }
}
