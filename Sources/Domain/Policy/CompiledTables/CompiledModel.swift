// SPDX-License-Identifier: Apache-2.0

// The tables of a model as sets of rules, for blocks of rows. A table that needs what another one
// decides takes its classes from that one's numbers of values, so that nothing is compared between
// them. What cannot be compiled is left to the interpreter, row by row, with the same answer; it is
// told in `remarks`.

package import Decisions
internal import FEEL
internal import RuleTables

/// A model, compiled for blocks of rows. It serves any number of threads; what a block needs is in
/// a BlockEvaluation.
package final class CompiledModel: Sendable {
    /// The model.
    package let model: DecisionModel
    /// The decisions that are asked for, by their places in the model.
    package let decisions: [Int]
    /// The columns that have to be given, in order.
    package let columns: [GivenColumn]
    /// What is left to the interpreter.
    package let remarks: CompilationRemarks
    /// How many of the columns and tables the decisions need that come first.
    let first: (columns: Int, tables: Int)

    let sources: [ValueSource]
    let tables: [CompiledTable]
    /// The table of a decision, by its place in the model.
    let tablePlaces: [Int: Int]
    /// The source that a decision is, by its place in the model.
    let valuePlaces: [Int: Int]
    /// What each decision needs.
    let needs: [Int: Needs]
    /// The decisions in an order in which each comes after those that it needs.
    let nodes: [Int]

    /// Compiles what some decisions need.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - decisions: The decisions.
    ///   - last: More decisions, which need columns that are not known before the others are made:
    ///     `BlockEvaluation.decideLast`.
    package init(_ model: DecisionModel, deciding decisions: [Int], last: [Int] = []) {
        var compiler = ModelCompiler(model, decisions, last)
        compiler.compile()
        self.model = model
        self.decisions = decisions + last
        first = compiler.first
        columns = compiler.columns
        remarks = compiler.remarks
        sources = compiler.sources
        tables = compiler.tables
        tablePlaces = compiler.tablePlaces
        nodes = compiler.nodes
        var valuePlaces: [Int: Int] = [:]
        for (place, source) in compiler.sources.enumerated() {
            if case .decision(let node) = source.origin { valuePlaces[node] = place }
        }
        self.valuePlaces = valuePlaces
        var needs: [Int: Needs] = [:]
        for node in nodes { needs[node] = Needs(node, model, columns, needs) }
        self.needs = needs
    }

    /// The columns that the results of a decision depend on beside the rules that match; of one
    /// that is no compiled table, all that it depends on.
    func columns(ofResults node: Int) -> [Int] {
        guard let place = tablePlaces[node] else {
            return (needs[node]?.columns ?? []).flatMap { $0 }
        }
        let requirements = model.nodes[node].requirements
        let table = model.tables[tables[place].table]
        let programs = table.rules.flatMap(\.outputs) + table.outputs.compactMap(\.standard)
        let used = Set(programs.flatMap(\.usedInputs))
        let all = used.compactMap { needs[requirements[$0]] }.flatMap(\.columns).flatMap { $0 }
        return Set(all).sorted()
    }

    /// The columns that an input of a table depends on.
    func columns(ofInput input: Int, _ place: Int) -> [Int] {
        let table = tables[place]
        let requirements = model.nodes[table.node].requirements
        let used = model.tables[table.table].inputs[input].expression.usedInputs
        let all = used.compactMap { needs[requirements[$0]] }.flatMap(\.columns).flatMap { $0 }
        return Set(all).sorted()
    }

    /// What a node needs, through all that it needs.
    struct Needs: Sendable {
        /// The columns of inputs, together those of one.
        let columns: [Range<Int>]
        /// Decisions, each after those that it needs.
        let decisions: [Int]

        init(_ node: Int, _ model: DecisionModel, _ all: [GivenColumn], _ known: [Int: Needs]) {
            let told = model.nodes[node]
            let used = told.requirements.compactMap { known[$0] }
            var columns = Set(used.flatMap(\.columns))
            if told.kind == .input, let first = all.firstIndex(where: { $0.node == node }) {
                columns.insert(first..<all[first...].prefix { $0.node == node }.endIndex)
            }
            self.columns = columns.sorted { $0.lowerBound < $1.lowerBound }
            var decisions: [Int] = []
            for next in used.flatMap(\.decisions) where !decisions.contains(next) {
                decisions.append(next)
            }
            self.decisions = told.kind == .decision ? decisions + [node] : decisions
        }
    }

    /// Finds what the texts of a dictionary are to a column of texts.
    package func bound(_ texts: [String], to column: Int) -> BoundTexts {
        let scale = sources.lazy.compactMap { source -> ValueScale? in
            guard case .column(column) = source.origin, case .scale(let scale) = source.classes
            else { return nil }
            return scale
        }.first
        return BoundTexts(texts, texts.map { UInt16(scale?.textClass($0) ?? 0) })
    }
}
