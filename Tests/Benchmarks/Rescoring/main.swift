// SPDX-License-Identifier: Apache-2.0

// What runs over portfolios cost, end to end on one thread: companies with three kinds of facts in
// a store, read, assessed, kept with their history; and what of it reading and assessing take.
//
//     swift run -c release rescoring-bench [companies] [URI of PostgreSQL]

import AssessmentMessages
import Databases
import Foundation
import MadeUpCompanies
import PortfolioApplication
import PortfolioStore
import Quantities
import Rescoring
import ServiceErrors
import StoredAssessments
import Synchronization
import VigieApplication
import VigieLimits

/// A run of the bench.
struct RescoringBench {
    private static let today = CalendarDate("2025-06-30") ?? .first
    private let companies: Int
    private let store: ServerStore
    private let assessor: StoredFactsAssessor

    init(_ companies: Int, _ address: DatabaseAddress) throws {
        self.companies = companies
        store = ServerStore(
            address,
            clock: { Self.now.load(ordering: .relaxed) },
            backUp: { (_) throws(ServiceError) in }
        )
        let registry = try ModelRegistry.load(directory: nil, defaultName: nil)
        let queries = AssessmentQueries(registry: registry) { 4_000_000_000 }
        assessor = try StoredFactsAssessor(queries, named: "", ServiceLimits())
    }

    /// The time of the store, in microseconds.
    private static let now = Atomic(Int(today.dayNumber) * 86_400_000_000 + 43_200_000_000)

    func run() throws {
        try time("facts brought in") { try fill() }
        try parts()
        try time("first run") { try work() }
        Self.now.add(86_400_000_000, ordering: .relaxed)
        try time("run a day later") { try work() }
        // One company in fifty gets another book.
        Self.now.add(86_400_000_000, ordering: .relaxed)
        try know(stride(from: 1, through: companies, by: 50).map { $0 }, seed: 2)
        try time("run with papers of 2 %") { try work() }
        store.close()
    }

    private func time(_ name: String, _ body: () throws -> Void) throws {
        let (begin, processor) = (Date(), clock())
        try body()
        let seconds = Date().timeIntervalSince(begin)
        let own = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
        let rate = Int(Double(companies) / seconds)
        let each = String(format: "%.1f", own * 1e6 / Double(companies))
        print(
            "\(name): \(String(format: "%.2f", seconds)) s, \(rate) companies/s, "
                + "\(each) us of this process each"
        )
    }

    // MARK: A store

    private func fill() throws {
        try write { connection throws(DatabaseError) in
            _ = try connection.addPortfolio(name: "p", note: "", by: "", nowMicroseconds: 1)
            for (table, columns) in [
                ("company", "slot, kind, identity, name, added_at"),
                ("portfolio_company", "portfolio, slot, reference, added_at"),
            ] {
                _ = try connection.load(
                    into: table,
                    columns: columns.split(separator: ", ").map(String.init)
                ) { writer throws(DatabaseError) in
                    for slot in 1...companies {
                        if table == "company" {
                            try writer.write(slot)
                            try writer.write("own")
                            try writer.write("c\(slot)")
                        } else {
                            try writer.write(1)
                            try writer.write(slot)
                        }
                        try writer.write("")
                        try writer.write(0)
                        try writer.endRow()
                    }
                }
            }
        }
        for first in stride(from: 1, through: companies, by: 10_000) {
            try know(Array(first..<min(first + 10_000, companies + 1)), seed: 1)
        }
        guard case .postgresql = Self.address else { return }
        _ = try write { connection throws(DatabaseError) in try connection.execute("analyze") }
    }

    private func know(_ slots: [Int], seed: UInt64) throws {
        var facts: [CompanyFact] = []
        for slot in slots {
            var maker = MadeUpCompany(seed: UInt64(slot) &* seed)
            var writer = FactWriter()
            let message = writer.message(try maker.facts(invoices: 20))
            let reader = try FactReader(lineNames: writer.lineNames, limits: ServiceLimits())
            for stored in try FactSplitter(reader).facts(message)
            where seed == 1 || stored.kind == .ledger {
                guard let kind = FactKind(rawValue: stored.kind.rawValue) else { continue }
                facts.append(
                    CompanyFact(
                        slot,
                        kind,
                        day: stored.day,
                        source: "bench",
                        content: stored.content
                    )
                )
            }
        }
        var rest = facts[...]
        try write { connection throws(DatabaseError) in
            _ = try FactImport(.replace, nowMicroseconds: store.clock()).run(connection) {
                () throws(DatabaseError) in rest.popFirst()
            }
        }
    }

    static let address: DatabaseAddress = {
        let words = CommandLine.arguments
        if words.count > 2, let address = DatabaseAddress(words[2]) { return address }
        let path = NSTemporaryDirectory() + "rescoring-bench-\(getpid()).sqlite"
        return .file(path: path)
    }()

    private func write<Success>(
        _ body: (any DatabaseConnection) throws(DatabaseError) -> Success
    ) throws -> Success {
        try store.write { connection throws(DatabaseError) in .success(try body(connection)) }
    }

    // MARK: Runs

    private func work() throws {
        let now = store.clock()
        let number = try store.planDailyRun(
            asOf: CalendarDate(secondsSince1970: Int64(now / 1_000_000)),
            by: assessor.model
        )
        let worker = RescoringWorker(store, assessor, owner: "bench") { print($0) }
        while try worker.step(goesOn: { true }) != .idle {}
        let run = try write { connection throws(DatabaseError) in
            try connection.run(number ?? 0)
        }
        print("    \(run?.scoredCount ?? 0) scored, \(run?.changedCount ?? 0) changed")
    }

    /// What reading takes, and assessing.
    private func parts() throws {
        var batches: [[[KnownFact]]] = [[]]
        try time("facts read") {
            for first in stride(from: 0, through: companies, by: 4_096) {
                try store.read { connection throws(DatabaseError) -> Result<Void, ServiceError> in
                    try connection.forEachFact(inSlots: first..<first + 4_096) {
                        fact throws(DatabaseError) in
                        let last = batches.count - 1
                        if batches[last].last?.first?.fact.slot == fact.fact.slot {
                            batches[last][batches[last].count - 1].append(fact)
                        } else if batches[last].count == 512 {
                            batches.append([[fact]])
                        } else {
                            batches[last].append([fact])
                        }
                    }
                    return .success(())
                }
            }
        }
        let scorer = assessor.makeScorer()
        try time("companies assessed") {
            for batch in batches { _ = try scorer.assess(batch, asOf: Self.today) }
        }
    }
}

let companies = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
try RescoringBench(companies, RescoringBench.address).run()
if case .file(let path) = RescoringBench.address {
    for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
}
