// SPDX-License-Identifier: Apache-2.0

// What whole credit decisions cost in columns, and a simulation of one policy against another:
// companies by chance, such as a portfolio has. Some of them are decided by the interpreter, too.

import CreditPolicy
import DecimalNumbers
import FEEL
import Policies
import Quantities
import VigieLimits

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

struct CreditTimes {
    private let policy: Policy
    private let name: String
    private let day: CalendarDate
    private let portfolio: Portfolio

    init(_ directory: String, rowCount: Int) throws {
        policy = try Self.policy(directory)
        name = directory.split(separator: "/").last.map(String.init) ?? directory
        day = CalendarDate("2025-06-30") ?? policy.manifest.effectiveFrom
        portfolio = Portfolio(policy, rowCount: rowCount)
    }

    private static func policy(_ directory: String) throws -> Policy {
        var files: [PolicyFile] = []
        for folder in ["", "tables/", "tests/"] {
            guard let found = opendir("\(directory)/\(folder)") else { continue }
            defer { closedir(found) }
            while let entry = readdir(found) {
                let file = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard file.contains(".") && !file.hasPrefix(".") else { continue }
                files.append(
                    PolicyFile(
                        path: folder + file,
                        bytes: try bytes(of: "\(directory)/\(folder)\(file)")
                    )
                )
            }
        }
        return try Policy.read(files)
    }

    /// Decides about all companies in columns, and about some of them one by one.
    func run() throws {
        let plan = try CreditBlockPlan(policy, on: day, columns: portfolio.columns)
        let decider = CreditBlockDecider(plan)
        var values = try portfolio.values { try plan.texts($0, for: $1) }
        var best = Double.infinity
        for _ in 0..<5 {
            let began = threadNanoseconds()
            portfolio.blocks { start, count in
                guard decider.decide(portfolio.moved(values, by: start), rowCount: count) else {
                    fatalError("the block is none")
                }
            }
            best = min(best, (threadNanoseconds() - began) / Double(portfolio.rowCount))
        }
        values = []
        let slow = decider.slowCount / 5
        print(
            "\(name): \(text(best)) ns a company, \(text(1_000 / best)) million a second, "
                + "\(slow) of \(portfolio.rowCount) one by one\(reason(plan))"
        )
        let alone = min(500, CompiledTableLimits.blockRows)
        let began = threadNanoseconds()
        for row in 0..<alone { _ = decider.decision(row) }
        print(
            "\(name): one by one \(text((threadNanoseconds() - began) / Double(alone) / 1_000)) us"
        )
    }

    private func reason(_ plan: CreditBlockPlan) -> String {
        (plan.interpretedReason.map { ", since \($0)" } ?? "")
            + (plan.slowParts.isEmpty ? "" : "; \(plan.slowParts)")
    }

    /// Simulates the policy against itself with another limit.
    func simulate(against directory: String) throws {
        let other = try Self.policy(directory)
        var best = Double.infinity
        for _ in 0..<3 {
            let began = threadNanoseconds()
            let simulation = try PolicySimulation(
                policy,
                other,
                on: day,
                columns: portfolio.columns,
                greatest: 20
            )
            let values = try portfolio.simulated { try simulation.texts($0, for: $1) }
            portfolio.blocks { start, count in
                guard
                    simulation.add(
                        portfolio.moved(values, by: start),
                        rowCount: count,
                        name: { "\(start + $0)" }
                    )
                else { fatalError("the block is none") }
            }
            best = min(best, (threadNanoseconds() - began) / 1e9)
            guard simulation.changedCount >= 0 else { return }
        }
        print("\(name): simulation of \(portfolio.rowCount) companies \(text(best)) s")
    }

    private func text(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}

/// Companies by chance, as columns.
final class Portfolio {
    let rowCount: Int
    let columns: [CreditColumn]
    private var numbers: [Int: UnsafeMutablePointer<Double>] = [:]
    private var codes: [Int: UnsafeMutablePointer<Int32>] = [:]
    private var flags: [Int: UnsafeMutablePointer<UInt8>] = [:]
    private var texts: [Int: [String]] = [:]
    private var state: UInt64 = 1

    init(_ policy: Policy, rowCount: Int) {
        self.rowCount = rowCount
        let names = policy.manifest.inputs.filter { $0.kind != .list && $0.kind != .context }
        columns = (names.map(\.name) + ["stage", "role"]).compactMap {
            CreditColumn($0, of: policy)
        }
        for (place, column) in columns.enumerated() { fill(place, column, policy) }
    }

    deinit {
        for column in numbers.values { column.deallocate() }
        for column in codes.values { column.deallocate() }
        for column in flags.values { column.deallocate() }
    }

    private func fill(_ place: Int, _ column: CreditColumn, _ policy: Policy) {
        switch column.kind {
        case .number, .day:
            let memory = UnsafeMutablePointer<Double>.allocate(capacity: rowCount)
            for row in 0..<rowCount { memory[row] = number(column.name) }
            numbers[place] = memory
        case .text:
            let words = words(column.name, policy)
            let memory = UnsafeMutablePointer<Int32>.allocate(capacity: rowCount)
            for row in 0..<rowCount {
                memory[row] =
                    chance(20) == 0 && column.name == "sector"
                    ? -1 : Int32(chance(words.count))
            }
            (codes[place], texts[place]) = (memory, words)
        case .boolean:
            let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: rowCount)
            for row in 0..<rowCount { memory[row] = chance(30) == 0 ? 1 : 0 }
            flags[place] = memory
        case .value: break
        }
    }

    private func chance(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }

    /// One value in twelve is missing, but for those of the score.
    private func number(_ name: String) -> Double {
        switch name {
        case "risk_class": return Double(1 + chance(10))
        case "probability": return Double(1 + chance(1_000_000_007)) / 8e9
        case "own_turnover": return 10_000_000
        case _ where chance(12) == 0: return .nan
        case "years_known": return Double(chance(6))
        case "forecast_months": return Double(3 + chance(10))
        case "days_beyond_terms": return Double(chance(70)) - 5
        case "margin_rate": return Double(chance(40)) / 100
        case "cover_expires": return Double(20_269 + chance(400))
        case "equity", "net_worth": return Double(chance(900_000)) * 3 - 100_000
        case "past_due": return chance(3) == 0 ? Double(chance(2_000_000)) / 100 : 0
        default: return Double(chance(20_000_000)) / 100
        }
    }

    private func words(_ name: String, _ policy: Policy) -> [String] {
        switch name {
        case "stage": BusinessStage.allCases.map(\.rawValue)
        case "role": policy.manifest.authority.roles.map(\.name)
        case "outcome": ["scored", "scored", "scored", "scored", "in_proceedings", "closed"]
        case "country": ["FR", "FR", "FR", "DE", "BE", "IT", "XX"]
        case "sector": ["industry", "construction", "transport", "trade", "hospitality"]
        case "insurer_name": ["Alpha", "Beta"]
        case "cover_code": ["full", "reduced", "unnamed", "refused", "1", "2"]
        default: ["a", "b"]
        }
    }

    /// The columns from the first row on.
    func values(_ bound: ([String], Int) throws -> CreditTexts) throws -> [CreditValues] {
        try columns.indices.compactMap { place in
            if let column = numbers[place] { return .numbers(UnsafePointer(column)) }
            if let column = flags[place] { return .booleans(UnsafePointer(column)) }
            guard let column = codes[place] else { return nil }
            return .texts(UnsafePointer(column), try bound(texts[place] ?? [], place))
        }
    }

    /// The same for a simulation.
    func simulated(
        _ bound: ([String], Int) throws -> SimulatedTexts
    ) throws -> [PolicySimulation.Values] {
        try columns.indices.compactMap { place in
            if let column = numbers[place] { return .plain(.numbers(UnsafePointer(column))) }
            if let column = flags[place] { return .plain(.booleans(UnsafePointer(column))) }
            guard let column = codes[place] else { return nil }
            return .texts(UnsafePointer(column), try bound(texts[place] ?? [], place))
        }
    }

    /// Columns from a later row on.
    func moved(_ values: [CreditValues], by rows: Int) -> [CreditValues] {
        values.map { value in
            switch value {
            case .numbers(let start): .numbers(start + rows)
            case .texts(let start, let texts): .texts(start + rows, texts)
            case .booleans(let start): .booleans(start + rows)
            case .values: value
            }
        }
    }

    /// The same for a simulation.
    func moved(_ values: [PolicySimulation.Values], by rows: Int) -> [PolicySimulation.Values] {
        values.map { value in
            switch value {
            case .texts(let start, let texts): .texts(start + rows, texts)
            case .plain(let plain): .plain(moved([plain], by: rows)[0])
            // Of scores, which this does not measure.
            case .apart: value
            }
        }
    }

    /// Block after block.
    func blocks(_ body: (_ start: Int, _ count: Int) -> Void) {
        var row = 0
        while row < rowCount {
            let count = min(CompiledTableLimits.blockRows, rowCount - row)
            body(row, count)
            row += count
        }
    }
}
