// SPDX-License-Identifier: Apache-2.0

// What a universe costs, end to end: inputs loaded, scored on two threads with their history
// written, loaded again with one company in fifty changed, scored again, by another model, figures,
// one company's years.
//
//     swift run -c release universe-bench [companies] [URI of PostgreSQL] [days]
//
// With days it makes so many of them instead, of which each changes one company in fifty, and reads
// what companies were on all of them: 65536 companies are a block, whose chain of frames is what
// that costs.

import Databases
import Foundation
import PortfolioApplication
import PortfolioStore
import Quantities
import Rescoring
import ScoreHistory
import Scoring
import ServiceErrors
import Synchronization
import UniverseApplication
import UniverseStore

/// A run of the bench.
struct UniverseBench {
    private let companies: Int
    private let store: ServerStore
    private let universes: UniverseUseCases
    private let models: [ScoringModel]
    private let numbers: [String]
    private let texts: [String]
    private let sirens: [UInt32]

    init(_ companies: Int, _ address: DatabaseAddress) throws {
        self.companies = companies
        store = ServerStore(
            address,
            clock: { Self.now.load(ordering: .relaxed) },
            backUp: { (_) throws(ServiceError) in }
        )
        universes = UniverseUseCases(store)
        models = try ScoringModel.bundledModels()
        numbers = models[0].inputColumns.filter { $0.categories == nil }.map(\.name)
        texts = models[0].inputColumns.filter { $0.categories != nil }.map(\.name)
        var sirens: [UInt32] = []
        var number: UInt32 = 100_000_000
        while sirens.count < companies {
            if SIREN(checking: number) != nil { sirens.append(number) }
            number += 7
        }
        self.sirens = sirens
    }

    private static let now = Atomic(1_790_000_000_000_000)

    func run() throws {
        print("\(companies) companies, \(numbers.count) numbers and \(texts.count) texts each")
        try time("first load") { try load(day: 0) }
        try time("first run") { try score() }
        for day in 1...3 {
            Self.now.add(86_400_000_000, ordering: .relaxed)
            try time("load of day \(day), 2 % changed") { try load(day: day) }
            try time("run of day \(day)") { try score() }
        }
        try sizes()
        try time("figures, today against yesterday") { try figures(before: "") }
        try time("the same with 1000 movers") { try figures(before: "", moverCount: 1_000) }
        try time("figures, today against the first day") { try figures(before: first) }
        try oneCompany()
        store.close()
    }

    /// Many days, each with a load that names those that changed.
    func run(days: Int) throws {
        print("\(companies) companies, \(numbers.count) numbers and \(texts.count) texts each")
        try time("first load and run") {
            try load(day: 0)
            try score()
        }
        try time("\(days) days, 2 % changed on each") {
            for day in 1...days {
                Self.now.add(86_400_000_000, ordering: .relaxed)
                try load(day: day, onlyChanged: true)
                try score(tells: day % 100 == 0)
            }
        }
        try sizes(each: false)
        try time("figures, today against yesterday") { try figures(before: "") }
        try time("figures, today against the first day") { try figures(before: first) }
        try oneCompany()
        store.close()
    }

    private var first: String { CalendarDate(secondsSince1970: 1_790_000_000).description }

    private func oneCompany() throws {
        var times: [Double] = []
        for place in stride(from: 0, to: companies, by: max(companies / 200, 1)) {
            let begin = Date()
            guard let siren = SIREN(checking: sirens[place]) else { continue }
            _ = try universes.history(of: siren, in: "all", since: first)
            times.append(Date().timeIntervalSince(begin) * 1e3)
        }
        times.sort()
        let (half, most) = (times[times.count / 2], times[times.count * 99 / 100])
        print("one company's days: p50 \(half) ms, p99 \(most) ms")
    }

    private func time(_ name: String, _ body: () throws -> Void) throws {
        let (begin, processor) = (Date(), clock())
        try body()
        let seconds = Date().timeIntervalSince(begin)
        let own = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
        let each = String(format: "%.2f", own * 1e6 / Double(companies))
        print(
            "\(name): \(String(format: "%.2f", seconds)) s, processor "
                + "\(String(format: "%.2f", own)) s, \(each) us a company"
        )
    }

    // MARK: Loads

    private func load(day: Int, onlyChanged: Bool = false) throws {
        var header = LoadHeader()
        (header.universe, header.isWhole) = ("all", !onlyChanged)
        (header.numbers, header.texts) = (numbers, texts)
        header.marks = ["filed"]
        header.hasExposures = true
        let load = try UniverseLoad(store, header, by: nil)
        let words = ["62.01Z", "41.20A", "47.11F", "FR", "5710", "SAS"].map { Array($0.utf8) }
        for first in stride(from: 0, to: companies, by: 8_192) {
            let rows = Array(first..<min(first + 8_192, companies))
            let named = onlyChanged ? rows.filter { changes($0, until: day, from: day - 1) } : rows
            if !named.isEmpty { try add(named, day, words, to: load) }
        }
        let (_, counts) = try load.finish { true }
        if !onlyChanged { print("  \(counts.changed) changed, \(counts.added) added") }
    }

    /// Whether a company changes on one of some days: one in fifty does on each.
    private func changes(_ row: Int, until day: Int, from first: Int) -> Bool {
        (first..<day).contains { (row + $0 * 17) % 50 == 0 }
    }

    private func add(
        _ rows: [Int],
        _ day: Int,
        _ words: [[UInt8]],
        to load: UniverseLoad
    ) throws {
        let count = rows.count
        var values = [Float](repeating: 0, count: count * numbers.count)
        var codes = [UInt32](repeating: 1, count: count)
        var marks = [UInt32](repeating: 1, count: count)
        var owed = [Int64](repeating: 0, count: count)
        for (place, row) in rows.enumerated() {
            // One in fifty changes each day; the mark of half of those.
            let changes = (0..<day).count { (row + $0 * 17) % 50 == 0 }
            var word = UInt64(row) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(changes) &* 0xBF58_476D_1CE4
            for column in numbers.indices {
                word ^= word >> 27
                word = word &* 0x94D0_49BB_1331_11EB
                let isMissing = word >> 60 == 0
                values[column * count + place] = isMissing ? .nan : Float(word >> 40 & 0xFFFF) / 16
            }
            codes[place] = UInt32(word >> 33 % 6) % 6 + 1
            marks[place] = changes > 0 && row % 2 == 0 ? 2 : 1
            owed[place] = Int64(word >> 44)
        }
        try words.withPointers { dictionary in
            try codes.withUnsafeBytes { codes in
                try marks.withUnsafeBytes { marks in
                    try values.withUnsafeBytes { values in
                        try owed.withUnsafeBytes { owed in
                            try rows.map { sirens[$0] }.withUnsafeBytes { keys in
                                var block = LoadRows()
                                (block.keys, block.numbers, block.exposures) = (keys, values, owed)
                                let column = LoadTexts(dictionary: dictionary, codes: codes)
                                block.texts = texts.map { _ in column }
                                block.texts.append(
                                    LoadTexts(dictionary: dictionary, codes: marks)
                                )
                                try load.add(block)
                            }
                        }
                    }
                }
            }
        }
    }

    // MARK: Runs

    private func score(tells: Bool = true) throws {
        _ = try universes.startRun(over: "all", asOf: "", by: models[0], requestedBy: nil)
        let failures = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 2) { thread in
            let work = UniverseWork(store, models)
            let worker = BlockWorker(store, work, owner: "bench-\(thread)") { print($0) }
            do {
                while try worker.step(goesOn: { true }) != .idle {}
            } catch {
                print("\(error)")
                failures.add(1, ordering: .relaxed)
            }
        }
        guard let run = try universes.runs(over: "all", limit: 1).first, run.state == .done else {
            throw ServiceError(.internalError, "NOT_DONE", "The run is not done.")
        }
        guard tells else { return }
        print("  \(run.scoredCount) scored, \(run.changedCount) changed, by data \(run.dataMoved)")
    }

    private func figures(before: String, moverCount: Int = 10) throws {
        let universes = UniverseUseCases(store)
        let risk = try universes.risk(of: "all", asOf: "", before: before, moverCount: moverCount)
        print("  expected loss \(risk.loss.expectedCents / 100), movers \(risk.risen.count)")
    }

    private func sizes(each: Bool = true) throws {
        let tables = [
            ("universe_frame", "run"), ("universe_total", "run"),
            ("universe_input", "load_number"), ("universe_key", "0"),
        ]
        for (table, group) in tables {
            let sums = try store.read { connection throws(DatabaseError) in
                .success(
                    try connection.all(
                        """
                        select \(group), cast(sum(length(content)) as bigint)
                        from \(table) group by 1 order by 1
                        """
                    ) { row throws(DatabaseError) in try row.integer(1) }
                )
            }
            let all = sums.map { Double($0) / Double(companies) }
            let told = each ? all : [all.reduce(0, +) / Double(max(all.count, 1))]
            let words = told.map { String(format: "%.4f", $0) }.joined(separator: ", ")
            print("bytes a company in \(table): \(words)")
        }
    }
}

extension [[UInt8]] {
    /// Runs a body with where the texts are.
    func withPointers<Result>(
        _ body: ([UnsafeRawBufferPointer]) throws -> Result
    ) rethrows -> Result {
        let bytes = flatMap { $0 }
        return try bytes.withUnsafeBytes { all in
            var (place, found) = (0, [UnsafeRawBufferPointer]())
            for text in self {
                found.append(UnsafeRawBufferPointer(rebasing: all[place..<place + text.count]))
                place += text.count
            }
            return try body(found)
        }
    }
}

let words = CommandLine.arguments
let companies = words.count > 1 ? Int(words[1]) ?? 12_000_000 : 12_000_000
let path = NSTemporaryDirectory() + "universe-bench-\(getpid()).sqlite"
let address: DatabaseAddress =
    words.count > 2 ? DatabaseAddress(words[2]) ?? .file(path: path) : .file(path: path)
let bench = try UniverseBench(companies, address)
if let days = words.count > 3 ? Int(words[3]) : nil {
    try bench.run(days: days)
} else {
    try bench.run()
}
for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
