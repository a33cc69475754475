// SPDX-License-Identifier: Apache-2.0

// What a universe costs, end to end: inputs loaded, scored on two threads with their history
// written, loaded again with one company in fifty changed, scored again, by another model, figures,
// one company's years.
//
//     swift run -c release universe-bench [companies] [URI of PostgreSQL]

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
        let first = CalendarDate(secondsSince1970: 1_790_000_000).description
        try time("figures, today against the first day") { try figures(before: first) }
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
        store.close()
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

    private func load(day: Int) throws {
        var header = LoadHeader()
        header.universe = "all"
        (header.numbers, header.texts) = (numbers, texts)
        header.marks = ["filed"]
        header.hasExposures = true
        let load = try UniverseLoad(store, header, by: nil)
        let words = ["62.01Z", "41.20A", "47.11F", "FR", "5710", "SAS"].map { Array($0.utf8) }
        for first in stride(from: 0, to: companies, by: 8_192) {
            let rows = first..<min(first + 8_192, companies)
            try add(rows, day, words, to: load)
        }
        let (_, counts) = try load.finish { true }
        print("  \(counts.changed) changed, \(counts.added) added")
    }

    private func add(
        _ rows: Range<Int>,
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
                            try sirens[rows].withUnsafeBytes { keys in
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

    private func score() throws {
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
        print("  \(run.scoredCount) scored, \(run.changedCount) changed, by data \(run.dataMoved)")
    }

    private func figures(before: String) throws {
        let risk = try universes.risk(of: "all", asOf: "", before: before, moverCount: 100)
        print("  expected loss \(risk.loss.expectedCents / 100), movers \(risk.risen.count)")
    }

    private func sizes() throws {
        for table in ["universe_frame", "universe_input", "universe_key"] {
            let sums = try store.read { connection throws(DatabaseError) in
                .success(
                    try connection.all(
                        """
                        select \(table == "universe_frame" ? "run" : table == "universe_key" ? "0"
                            : "load_number"), cast(sum(length(content)) as bigint)
                        from \(table) group by 1 order by 1
                        """
                    ) { row throws(DatabaseError) in try row.integer(1) }
                )
            }
            let each = sums.map { String(format: "%.3f", Double($0) / Double(companies)) }
            print("bytes a company in \(table): \(each.joined(separator: ", "))")
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
try UniverseBench(companies, address).run()
for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
