// SPDX-License-Identifier: Apache-2.0

// A universe of random companies in a store of a test, and what is expected of it: each company
// scored by itself.

import Databases
import PortfolioApplication
import PortfolioStore
import Quantities
import Rescoring
import ScoreHistory
import Scoring
import ServiceErrors
import Synchronization
import TestDatabases
import TestModels
import TestRandomness
import Testing
import UniverseApplication
import UniverseStore

/// A company: its inputs, its mark, what it owes.
struct MadeUpCompany: Equatable {
    var inputs: [Float]
    var mark = "2025"
    var owed: Int64 = 0
}

/// A store with a universe.
final class MadeUpUniverse {
    let store: ServerStore
    let database: TemporaryDatabase
    let universes: UniverseUseCases
    let bundle: TreeBundle
    let models: [ScoringModel]
    var random = SeededGenerator(seed: 11)

    /// A store of its own.
    ///
    /// - Parameter fill: Puts something into it first.
    init(
        _ kind: TestDatabase,
        fill: (any DatabaseConnection) throws -> Void = { _ in }
    ) throws {
        database = kind.makeEmpty()
        try fill(try database.connect())
        let day = DayBox()
        store = ServerStore(
            database.address,
            clock: { day.microseconds.load(ordering: .relaxed) },
            backUp: { (_) throws(ServiceError) in }
        )
        box = day
        universes = UniverseUseCases(store)
        bundle = TreeBundle()
        var other = TreeBundle()
        (other.version, other.seed) = ("2.0.0", 2)
        models = [try bundle.load(), try other.load()]
    }

    private let box: DayBox

    /// Goes on to the next day.
    func nextDay() { box.microseconds.add(86_400_000_000, ordering: .relaxed) }
    func pass(microseconds: Int) { box.microseconds.add(microseconds, ordering: .relaxed) }

    /// Random companies.
    func companies(_ count: Int) -> [UInt32: MadeUpCompany] {
        var companies: [UInt32: MadeUpCompany] = [:]
        let rows = bundle.rows(count, seed: random.next())
        while companies.count < count {
            let number = UInt32.random(in: 100_000_000...999_999_999, using: &random)
            guard SIREN(checking: number) != nil else { continue }
            let first = companies.count * bundle.columnCount
            companies[number] = MadeUpCompany(
                inputs: Array(rows[first..<first + bundle.columnCount]),
                owed: Int64.random(in: 0..<1_000_000, using: &random)
            )
        }
        return companies
    }

    /// Begins a load.
    func begin(isWhole: Bool = true, _ change: (inout LoadHeader) -> Void = { _ in }) throws
        -> UniverseLoad
    {
        var header = LoadHeader()
        header.universe = "all"
        header.isWhole = isWhole
        header.numbers = bundle.columns
        header.marks = ["filed"]
        header.hasExposures = true
        change(&header)
        return try UniverseLoad(store, header, by: "somebody")
    }

    /// Loads companies in any order, some at a time.
    @discardableResult
    func load(_ companies: [UInt32: MadeUpCompany], isWhole: Bool = true) throws -> LoadCounts {
        let load = try begin(isWhole: isWhole)
        let order = companies.keys.sorted().shuffled(using: &random)
        for first in stride(from: 0, to: order.count, by: 1_000) {
            try add(Array(order[first..<min(first + 1_000, order.count)]), companies, to: load)
        }
        return try load.finish { true }.counts
    }

    func add(
        _ order: [UInt32],
        _ companies: [UInt32: MadeUpCompany],
        to load: UniverseLoad
    ) throws {
        let found = order.compactMap { companies[$0] }
        let numbers = (0..<bundle.columnCount).flatMap { column in found.map { $0.inputs[column] } }
        let marks = Array(Set(found.map(\.mark))).sorted()
        let codes = found.map { UInt32(marks.firstIndex(of: $0.mark)! + 1) }
        let texts = marks.map { Array($0.utf8) }
        let bytes = texts.flatMap { $0 }
        try bytes.withUnsafeBytes { bytes in
            var (place, dictionary) = (0, [UnsafeRawBufferPointer]())
            for text in texts {
                dictionary.append(
                    UnsafeRawBufferPointer(rebasing: bytes[place..<place + text.count])
                )
                place += text.count
            }
            try codes.withUnsafeBytes { codes in
                try numbers.withUnsafeBytes { numbers in
                    try found.map(\.owed).withUnsafeBytes { owed in
                        try order.withUnsafeBytes { keys in
                            var rows = LoadRows()
                            (rows.keys, rows.numbers, rows.exposures) = (keys, numbers, owed)
                            rows.texts = [LoadTexts(dictionary: dictionary, codes: codes)]
                            try load.add(rows)
                        }
                    }
                }
            }
        }
    }

    /// Has them scored.
    @discardableResult
    func score(by model: Int = 0) throws -> UniverseRun {
        let run = try universes.startRun(
            over: "all",
            asOf: "",
            by: models[model],
            requestedBy: nil
        )
        try work()
        return try #require(
            try universes.runs(over: "all", limit: 400).first { $0.number == run.number }
        )
    }

    func work() throws {
        let worker = BlockWorker(store, UniverseWork(store, models), owner: "test")
        while try worker.step(goesOn: { true }) != .idle {}
    }

    /// All scores as of a run.
    func scores(_ run: UniverseRun) throws -> [UInt32: SlotScore] {
        var scores: [UInt32: SlotScore] = [:]
        var next: Int? = 0
        while let block = next {
            let found = try universes.scores(
                of: "all",
                asOf: "",
                run: run.number,
                part: block
            )
            for (place, siren) in found.sirens.enumerated() {
                scores[siren] = SlotScore(
                    score: found.scores[place],
                    riskClass: found.classes[place],
                    outcome: found.outcomes[place]
                )
            }
            next = found.next
        }
        return scores
    }

    /// What is expected: each company alone.
    func expected(
        _ companies: [UInt32: MadeUpCompany],
        by model: Int = 0
    ) throws -> [UInt32: SlotScore] {
        let binding = try models[model].bind(columns: bundle.columns)
        let workspace = ScoringWorkspace()
        return try companies.mapValues { company in
            let result = Scoring.ScoreColumns()
            try company.inputs.withUnsafeBufferPointer { values in
                let block = try RowBlock(
                    rowCount: 1,
                    columnCount: values.count,
                    layout: .rowMajor,
                    values: .float32(values)
                )
                models[model].scoreRows(
                    block,
                    rows: 0..<1,
                    binding: binding,
                    request: ScoreRequest(),
                    workspace: workspace,
                    result: result
                )
            }
            return result.outcomes == [1]
                ? SlotScore(
                    score: UInt16(result.scores[0]),
                    riskClass: UInt8(result.riskClasses[0]),
                    outcome: 1
                )
                : SlotScore(score: SlotScore.noScore, riskClass: 0, outcome: 2)
        }
    }
}

/// The time of a test.
private final class DayBox: Sendable {
    let microseconds = Atomic(1_790_000_000_000_000)
}
