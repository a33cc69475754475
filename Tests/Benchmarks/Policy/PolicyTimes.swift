// SPDX-License-Identifier: Apache-2.0

// What a table costs: all rows, those that match late, and what of it is what.

import CompiledTables
import Decisions
import RuleTables
import VigieLimits

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

struct PolicyTimes {
    private let directory: String
    private let name: String
    private let companies: Companies
    private let evaluation: BlockEvaluation
    private let node: Int
    private let bound: [BoundTexts]
    private let compileMilliseconds: Double

    init(_ directory: String, _ name: String, _ companies: Companies, _ path: RulePath) throws {
        (self.directory, self.name, self.companies) = (directory, name, companies)
        let file = DecisionFile(name: name, bytes: try bytes(of: "\(directory)/\(name).dmn"))
        let model = try DecisionModel.read([file])
        node = model.nodes(.decision)[0]
        let began = threadNanoseconds()
        let compiled = CompiledModel(model, deciding: [node])
        compileMilliseconds = (threadNanoseconds() - began) / 1e6
        evaluation = BlockEvaluation(compiled, by: path)
        bound = [
            compiled.bound(Companies.texts[0], to: 3), compiled.bound(Companies.texts[1], to: 4),
        ]
    }

    /// Measures, and writes the answers for whoever checks them.
    func run() throws {
        let answers = answers(companies)
        let plain = best(companies)
        let count = evaluation.compiled.model.tables[0].rules.count
        let late = answers.indices.filter { answers[$0] >= count - max(1, count / 50) }
        let worst = late.isEmpty ? .nan : best(Companies(late, of: companies))
        var near = [Int32](repeating: 0, count: 3 * CompiledTableLimits.blockRows)
        let missed = best(companies) {
            _ = evaluation.findNear(of: node, slots: 3, into: &near)
        }
        let file = fopen("\(directory)/\(name).answers", "wb")
        answers.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        fclose(file)
        print(
            "\(name): compiled in \(text(compileMilliseconds)) ms, \(text(plain)) ns a row, "
                + "where one of the last rules matches \(text(worst)) ns, "
                + "with near misses \(text(missed)) ns"
        )
    }

    /// Measures a look at the rules: for overlaps, as if the hit policy were UNIQUE, for gaps and
    /// for dead rules.
    func lint() throws {
        let text = String(decoding: try bytes(of: "\(directory)/\(name).dmn"), as: UTF8.self)
        let parts = text.split(separator: "hitPolicy=\"FIRST\"", maxSplits: 1)
        for (policy, kind) in [
            ("UNIQUE", TableFinding.Kind.overlap), ("FIRST", .gap), ("FIRST", .missingValueGap),
            ("FIRST", .deadRule),
        ] {
            let changed = parts.joined(separator: "hitPolicy=\"\(policy)\"")
            let file = DecisionFile(name: name, bytes: Array(changed.utf8))
            let model = try DecisionModel.read([file])
            let compiled = CompiledModel(model, deciding: model.nodes(.decision))
            let began = threadNanoseconds()
            let reports = compiled.lint([kind])
            let time = (threadNanoseconds() - began) / 1e6
            let count = reports.reduce(0) { $0 + $1.findings.count }
            let more = reports.contains { !$0.truncated.isEmpty } ? " and more" : ""
            let words = reports.first?.findings.first.map { "; \($0)" } ?? ""
            print("\(name): \(kind.rawValue): \(self.text(time)) ms, \(count)\(more)\(words)")
        }
    }

    private func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private func answers(_ companies: Companies) -> [Int32] {
        var answers: [Int32] = []
        blocks(companies) { answers += evaluation.answers(of: node).map { Array($0) } ?? [] }
        return answers
    }

    /// The best time of a row.
    private func best(_ companies: Companies, _ body: () -> Void = {}) -> Double {
        (0..<30).map { _ in
            let began = threadNanoseconds()
            blocks(companies, body)
            return (threadNanoseconds() - began) / Double(companies.count)
        }.min() ?? .nan
    }

    private func blocks(_ companies: Companies, _ body: () -> Void) {
        var row = 0
        while row < companies.count {
            let count = min(CompiledTableLimits.blockRows, companies.count - row)
            guard evaluation.decide(companies.given(from: row, bound), rowCount: count) else {
                fatalError("the block is none")
            }
            body()
            row += count
        }
    }
}
