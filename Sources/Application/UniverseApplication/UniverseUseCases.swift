// SPDX-License-Identifier: Apache-2.0

// What one can do with universes beside loading: list them, have them scored, forget a company. Who
// may do what is said by the methods that a role may call.

internal import Databases
package import PortfolioApplication
internal import PortfolioStore
package import Quantities
internal import ScoreHistory
package import Scoring
package import ServiceErrors
internal import UniverseBlocks
package import UniverseStore
internal import VigieLimits

/// Universes of a store.
package struct UniverseUseCases: Sendable {
    let store: ServerStore
    let risks: RiskCache

    /// Takes the store.
    package init(_ store: ServerStore) { (self.store, risks) = (store, RiskCache()) }

    /// All universes, by name.
    package func list() throws(ServiceError) -> [UniverseRecord] {
        try store.read { connection throws(DatabaseError) in
            .success(try connection.universes())
        }
    }

    /// Has what a universe's last load brought scored.
    ///
    /// - Parameters:
    ///   - day: The day as of which; empty for today.
    ///   - identity: Who asks.
    package func startRun(
        over name: String,
        asOf day: String,
        by model: ScoringModel,
        requestedBy identity: String?
    ) throws(ServiceError) -> UniverseRun {
        let now = store.clock()
        let today = CalendarDate(secondsSince1970: Int64(now / 1_000_000))
        let day = try CalendarDate(universeDay: day, field: "as_of_date", since: today)
        let universe = try universe(named: name)
        try check(model, universe)
        let scale = model.scoreProbabilities()
        let scaleBytes = scale.flatMap { probability in
            withUnsafeBytes(of: probability.bitPattern.littleEndian) { Array($0) }
        }
        return try store.write {
            connection throws(DatabaseError) -> Result<UniverseRun, ServiceError> in
            guard let universe = try connection.universe(universe.number) else {
                return .failure(.unknownUniverse(name))
            }
            guard universe.load > 0, universe.slotCount > 0 else {
                return .failure(.emptyUniverse(name))
            }
            guard try connection.openRunCount(over: universe.number) < UniverseLimits.openRuns
            else { return .failure(.tooManyUniverseRuns) }
            let number = try connection.planUniverseRun(
                over: universe,
                asOf: day,
                by: RunModel(
                    name: model.manifest.name,
                    version: model.manifest.version,
                    hash: model.contentHash
                ),
                scale: scaleBytes,
                requestedBy: identity ?? "",
                nowMicroseconds: now
            )
            guard let run = try connection.universeRun(number) else {
                return .failure(.noRun("run", "\(day)"))
            }
            return .success(run)
        }
    }

    /// Refuses a model that does not fit the columns, before a run fails by it.
    private func check(
        _ model: ScoringModel,
        _ universe: UniverseRecord
    ) throws(ServiceError) {
        let columns = try store.read { connection throws(DatabaseError) in
            .success(try connection.columns(ofUniverse: universe.number))
        }
        guard !columns.isEmpty else { throw .emptyUniverse(universe.name) }
        do throws(UniverseProblem) { _ = try UniverseScorer(model, columns, texts: []) } catch {
            throw ServiceError(error)
        }
    }

    /// The last runs over a universe, the newest first.
    package func runs(over name: String, limit: Int) throws(ServiceError) -> [UniverseRun] {
        let universe = try universe(named: name)
        let count = limit > 0 ? min(limit, UniverseLimits.listedRuns) : 20
        return try store.read { connection throws(DatabaseError) in
            .success(try connection.universeRuns(over: universe.number, limit: count))
        }
    }

    /// Forgets which slot is a company's, so that nothing leads from it to the columns any more.
    package func forget(_ company: SIREN, in name: String) throws(ServiceError) {
        let universe = try universe(named: name)
        let erasure = UniverseErasure()
        try store.write { connection throws(DatabaseError) -> Result<Void, ServiceError> in
            guard try erasure.forget(company, in: universe, connection) != nil else {
                return .failure(.companyNotInUniverse(company.description))
            }
            return .success(())
        }
    }

    func universe(named name: String) throws(ServiceError) -> UniverseRecord {
        let found = try store.read { connection throws(DatabaseError) in
            .success(try connection.universe(named: name))
        }
        guard let found else { throw .unknownUniverse(name) }
        return found
    }
}

extension BlockChains {
    /// Where a company stands; nil for one that the universe does not have.
    func place(
        of company: SIREN,
        in universe: UniverseRecord,
        _ connection: any DatabaseConnection
    ) throws(DatabaseError) -> (block: Int, slot: Int)? {
        for block in try connection.blocks(of: universe, withKey: Int(company.number)) {
            guard let keys = try keys(connection, block) else { continue }
            let slot = keys.withColumns { columns in
                columns[0].assumingMemoryBound(to: UInt32.self).firstIndex(of: company.number)
            }
            if let slot { return (block, slot) }
        }
        return nil
    }
}

extension ServiceError {
    static var tooManyUniverseRuns: ServiceError {
        .overLimit(
            "universe",
            "openRuns",
            "Too many runs over the universe wait; wait for one to end.",
            value: UniverseLimits.openRuns + 1,
            maximum: UniverseLimits.openRuns,
            code: .resourceExhausted
        )
    }
}
