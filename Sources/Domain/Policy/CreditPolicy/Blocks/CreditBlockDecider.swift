// SPDX-License-Identifier: Apache-2.0

// Decides about companies in blocks of columns, on one thread: what CreditDecider decides of each,
// without a name, a word or a value of the language for a row. First the tables of class, terms,
// need and limit, then the formulas, then the tables that look at what was computed. Rows of which
// that cannot tell all are decided by CreditDecider, and counted.
//
// Cost, expected for the policies that come with Vigie: seven tables of 5 to 10 ns, ten columns
// into classes of 2, formulas and figures 250, columns that are written 20: 350 ns a company. One
// that is decided by CreditDecider takes some 50 us.

internal import CompiledTables
internal import DecimalNumbers
internal import Decisions
internal import FEEL
internal import Policies
internal import Quantities
internal import VigieLimits

/// Decides about blocks of companies.
package final class CreditBlockDecider {
    /// What it decides by.
    package let plan: CreditBlockPlan
    /// What is decided of the block at hand.
    package let block: CreditBlock
    /// How many companies of all blocks so far were decided one by one.
    package internal(set) var slowCount = 0
    /// The tables of which `block.answers` tells, by their places in the model.
    package let tables: [Int]
    let naive: CreditDecider
    let evaluation: BlockEvaluation
    let results: ResultColumns
    let formulasBase: (bits: MissingBits, step: DecimalNumber, decimals: Int)
    let rowSources: RowSources
    var values: [CreditValues] = []
    var needs = KnownAnswers<NeedAnswer>()
    var limits = KnownAnswers<LimitAnswer>()
    var termAnswers = KnownAnswers<TermsAnswer>()
    var places: [PolicyQuestion: KnownAnswers<Int32>] = [:]
    var knownTerms = KnownTerms()
    var knownClasses = KnownNames()
    var knownActions = KnownNames()
    var knownReasons = KnownNames()
    var knownGuarantees = KnownLists()
    var knownClauses = KnownLists()
    var missing = MissingNames()
    /// The rules that decided in rows that were decided one by one, by the place of the table.
    var slowRules: [(table: Int, rules: [Int])] = []
    /// What is told.
    let parts: CreditBlockParts
    /// The lists that are not told.
    var untold: Set<PolicyQuestion> = []
    /// Whether nothing but guarantees asks a table.
    let onlyGuarantees: [Bool]
    /// The nodes of `tables`, and those of them that are asked before and after the calculation.
    let tableNodes: [Int]
    let nodesBefore: [Int]
    let nodesAfter: [Int]
    /// Where each figure comes from: a column, or what is the same in all rows.
    let figureSources: [PolicyFigure: FigureSource]

    /// How often all names and lists were given up for new ones: what was noted of their places
    /// before means nothing then.
    package private(set) var generation = 0

    /// The classes of risk that were met.
    package var classes: [String] { knownClasses.names }
    /// The actions that were met.
    package var actions: [String] { knownActions.names }
    /// What ended limits: `review`, `cover`, or a guarantee.
    package var validityReasons: [String] { knownReasons.names }
    /// The terms that were met.
    package var terms: [CreditBlockTerms] { knownTerms.terms }
    /// The guarantees that would lift a limit, as places in the policy's catalogue.
    package var guaranteeLists: [[Int]] { knownGuarantees.lists }
    /// The clauses of contracts, as places in the policy's library.
    package var clauseLists: [[Int]] { knownClauses.lists }
    /// What can be missing, in the order of bits.
    package var missingNames: [String] { missing.names }

    /// Takes what is decided by.
    ///
    /// - Parameters:
    ///   - plan: The policy, bound to columns.
    ///   - parts: What is told; what is not told need not be found.
    package init(_ plan: CreditBlockPlan, telling parts: CreditBlockParts = .all) {
        (self.plan, self.parts) = (plan, parts)
        naive = CreditDecider(plan.policy)
        evaluation = BlockEvaluation(plan.compiled, now: PolicyValue.time(plan.day))
        results = ResultColumns(plan)
        rowSources = RowSources(plan)
        let model = plan.policy.model
        let reached = plan.reached(from: PolicyQuestion.allCases)
        let tables = reached.compactMap { node in model.table(of: node).map { (node, $0) } }
        self.tables = tables.map(\.1)
        let others = Set(plan.reached(from: PolicyQuestion.allCases.filter { $0 != .guarantees }))
        onlyGuarantees = tables.map { !others.contains($0.0) }
        tableNodes = tables.map(\.0)
        let before = Set(plan.reached(from: CreditBlockPlan.questions.first))
        nodesBefore = tableNodes.filter { before.contains($0) }
        nodesAfter = tableNodes.filter { !before.contains($0) }
        figureSources = plan.figureSources
        block = CreditBlock(tableCount: tables.count)
        let manifest = plan.policy.manifest
        let bits = MissingBits(plan.policy, &missing)
        formulasBase = (bits, manifest.step, manifest.currency.exponent)
        for input in manifest.inputs where input.isRequired {
            let bit = missing.bit(input.name)
            if let column = plan.columns.firstIndex(where: { $0.name == input.name }) {
                required.append((column, bit))
            } else if plan.fixed[input.name]?.isNull ?? true {
                alwaysMissing |= bit
            }
        }
        nameReasons()
        leaveOut()
    }

    /// The reasons whose places are known beforehand.
    private func nameReasons() {
        knownReasons = KnownNames()
        for name in ["review", "cover"] { _ = knownReasons.place(of: name) }
    }

    /// Gives up all names when there are too many: a policy may make a name of each text of a
    /// company.
    private func forgetIfFull() {
        let most =
            [
                knownTerms.terms.count, knownClasses.names.count, knownActions.names.count,
                knownGuarantees.lists.count, knownClauses.lists.count,
            ].max() ?? 0
        guard most > PolicyLimits.blockNames else { return }
        generation += 1
        (knownClasses, knownActions, knownTerms) = (KnownNames(), KnownNames(), KnownTerms())
        (knownGuarantees, knownClauses, places) = (KnownLists(), KnownLists(), [:])
        termAnswers = KnownAnswers()
        nameReasons()
    }

    /// What is required and has a column, with its bit.
    private(set) var required: [(column: Int, bit: UInt64)] = []
    /// The bits of what is required and not given.
    private(set) var alwaysMissing: UInt64 = 0

    /// Decides about a block of companies. Companies without a stage or subject, where there is a
    /// column of it, with guarantees that are held, or with results of more digits than a double
    /// has that a table looks at, are decided one by one.
    ///
    /// - Parameters:
    ///   - values: The columns of the plan, in its order, each with that many rows.
    ///   - rowCount: At most `CompiledTableLimits.blockRows`.
    /// - Returns: Whether the block is one: columns as the plan has them and not too many rows.
    package func decide(_ values: [CreditValues], rowCount: Int) -> Bool {
        guard rowCount >= 0, rowCount <= CompiledTableLimits.blockRows,
            values.count == plan.columns.count,
            zip(values, plan.columns).allSatisfy({ $0.fits($1, rowCount: rowCount) })
        else { return false }
        forgetIfFull()
        (self.values, block.rowCount) = (values, rowCount)
        slowRules.removeAll(keepingCapacity: true)
        if plan.interpretedReason != nil || !decideInColumns(rowCount) {
            block.facts.update(repeating: .isSlow, count: rowCount)
        }
        for row in 0..<rowCount where block.facts[row].contains(.isSlow) { decideAlone(row) }
        return true
    }

    /// - Returns: Whether the rows that are not marked as slow are decided.
    private func decideInColumns(_ rowCount: Int) -> Bool {
        guard evaluation.decide(results.given(values, plan), rowCount: rowCount),
            let first = takeFirst()
        else { return false }
        block.facts.update(repeating: [], count: rowCount)
        plan.checks.mark(values, rowCount, block.facts)
        markFaults(nodesBefore, rowCount)
        compute(first, rowCount)
        guard parts.contains(.calculation) else { return true }
        evaluation.decideLast()
        markFaults(nodesAfter, rowCount)
        guard takeLast(rowCount) else { return false }
        copyAnswers(rowCount)
        return true
    }

    /// Leaves rows of which something could not be computed to CreditDecider, which says what.
    /// Cost: a load for each table.
    private func markFaults(_ nodes: [Int], _ rowCount: Int) {
        for node in nodes {
            guard let answers = evaluation.answers(of: node) else { continue }
            for row in 0..<rowCount where answers[row] <= RowAnswer.violation {
                block.facts[row].insert(.isSlow)
            }
        }
        let faults = evaluation.faults
        for row in 0..<rowCount where faults[row] != 0 { block.facts[row].insert(.isSlow) }
    }

    /// What each table answered.
    private func copyAnswers(_ rowCount: Int) {
        for (place, node) in tableNodes.enumerated() {
            guard let found = evaluation.answers(of: node), let start = found.baseAddress else {
                continue
            }
            let answers = block.answers[place]
            answers.update(from: start, count: rowCount)
            guard onlyGuarantees[place] else { continue }
            // Without a limit nobody asks which guarantees would lift it.
            for row in 0..<rowCount where !block.facts[row].contains(.limit) {
                answers[row] = CreditBlock.notAsked
            }
        }
    }
}

extension CreditBlockPlan {
    /// The nodes that some questions need, each once.
    func reached(from questions: [PolicyQuestion]) -> [Int] {
        var (found, seen) = ([Int](), Set<Int>())
        var open = questions.compactMap { policy.place(of: $0) }
        while let next = open.popLast() {
            guard seen.insert(next).inserted else { continue }
            found.append(next)
            open += policy.model.nodes[next].requirements
        }
        return found.sorted()
    }
}
