// SPDX-License-Identifier: Apache-2.0

// What is decided of companies that were rows: columns for bulk use, rows for reading.

internal import ProtobufCoding
internal import VigieProtos

/// What a table of the policy answered of a row.
public enum RuleAnswer: Sendable, Hashable {
    /// A rule matched, by its number from 1; of several the first.
    case rule(Int)
    /// No rule did.
    case none
    /// No rule did, and the table has a default.
    case standard
    /// More rules did than the hit policy lets.
    case violation
    /// An input had a value that it may not have, by its number from 1.
    case invalidInput(Int)
    /// The table was not asked.
    case notAsked

    init(_ number: Int32) {
        switch number {
        case 1...: self = .rule(Int(number))
        case 0: self = .none
        case -1: self = .standard
        case -2: self = .violation
        case .min: self = .notAsked
        default: self = .invalidInput(-2 - Int(number))
        }
    }
}

/// What is decided of one row. What was not asked for is `nil`, as is what there is not.
public struct DecidedRow: Sendable, Hashable {
    /// What becomes of it. Look at it first.
    public var outcome: DecisionOutcome?
    /// The class of risk, in the words of the policy.
    public var riskClass: String?
    /// The limit. Amounts are in the currency of the policy, each the double that is nearest.
    public var limit: Double?
    /// What of it is at our own risk.
    public var ownLimit: Double?
    /// What the company needs.
    public var need: Double?
    /// What the limit leaves beside what is owed.
    public var headroom: Double?
    /// What is to be expected to be lost in a year.
    public var expectedLoss: Double?
    /// What a year's business is to be expected to bring.
    public var opportunity: Double?
    /// The part that binds the limit: `"need"`, `"equity"` and so on.
    public var binding: String?
    /// Days from the invoice to the payment.
    public var termDays: Int?
    /// What is done at the stage that was asked about.
    public var action: String?
    /// The role that may grant the limit.
    public var grantingRole: String?
    /// Whether a second person has to agree.
    public var needsSecondPerson: Bool?
    /// The last day of the limit.
    public var validUntil: Day?
    /// What is missing: inputs, and decisions of the policy that say nothing.
    public var missing: [String]?
    /// What each table answered, by the name of its decision.
    public var rules: [String: RuleAnswer]?
}

/// The decisions on a table of companies, row by row.
///
/// Read it as a collection of ``DecidedRow``, or take whole columns such as ``limits``, which costs
/// nothing for a row. A column that was not asked for is empty.
public struct DecidedRows: Sendable, RandomAccessCollection {
    /// The policy that decided.
    public let policy: DecidingPolicy
    /// The scores of the rows: those that the policy takes, and those that were asked for.
    public let scores: ScoredTable
    /// Why each row is decided by itself, which takes a hundred times as long; `nil` if that is
    /// not so.
    public let slowReason: String?
    private let block: Vigie_V1_DecidedBlock
    private let labels: DecidedRowLabels

    /// The first row.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { Int(block.rowCount) }

    /// What becomes of each.
    public var outcomes: [DecisionOutcome] { block.outcomes.map { DecisionOutcome($0) } }
    /// The limits; NaN where there is none, as in all columns of amounts.
    public var limits: [Double] { block.limits }
    /// What of them is at our own risk.
    public var ownLimits: [Double] { block.ownLimits }
    /// What each needs.
    public var needs: [Double] { block.needs }
    /// What the limits leave beside what is owed.
    public var headrooms: [Double] { block.headrooms }
    /// What is to be expected to be lost in a year.
    public var expectedLosses: [Double] { block.expectedLosses }
    /// What a year's business is to be expected to bring.
    public var opportunities: [Double] { block.opportunities }
    /// Days from the invoice to the payment.
    public var termDays: [UInt32] { block.termDays }

    /// What is decided of a row.
    public subscript(row: Int) -> DecidedRow {
        func entry<Value>(_ column: [Value]) -> Value? { column.isEmpty ? nil : column[row] }
        func amount(_ column: [Double]) -> Double? {
            guard let amount = entry(column), !amount.isNaN else { return nil }
            return amount
        }
        // Numbers of names count from 1.
        func name(_ column: [UInt32], _ names: [String]) -> String? {
            guard let number = entry(column), number > 0 else { return nil }
            return names[Int(number) - 1]
        }
        var decided = DecidedRow()
        decided.outcome = entry(block.outcomes).map { DecisionOutcome($0) }
        decided.riskClass = name(block.riskClasses, block.classNames)
        decided.limit = amount(block.limits)
        decided.ownLimit = amount(block.ownLimits)
        decided.need = amount(block.needs)
        decided.headroom = amount(block.headrooms)
        decided.expectedLoss = amount(block.expectedLosses)
        decided.opportunity = amount(block.opportunities)
        decided.binding = name(block.bindings, labels.bindings)
        decided.termDays = entry(block.termDays).map { Int($0) }
        decided.action = name(block.actions, block.actionNames)
        decided.grantingRole = name(block.roles, labels.roles)
        decided.needsSecondPerson = entry(block.secondPersons)
        decided.validUntil = entry(block.validUntilDays).flatMap { Day(number: $0) }
        decided.missing = entry(block.missing).map(missing)
        if !block.rules.isEmpty { decided.rules = rules(row) }
        return decided
    }

    private func missing(_ bits: UInt64) -> [String] {
        var names: [String] = []
        for (bit, name) in block.missingNames.enumerated() where bits & (1 << UInt64(bit)) != 0 {
            names.append(name)
        }
        return names
    }

    private func rules(_ row: Int) -> [String: RuleAnswer] {
        var rules: [String: RuleAnswer] = [:]
        for (place, table) in labels.tables.enumerated() {
            rules[table] = RuleAnswer(block.rules[place * count + row])
        }
        return rules
    }

    /// Takes an answer.
    ///
    /// - Parameter columns: The columns of the model that were sent.
    /// - Throws: ``VigieError`` for one whose columns do not fit.
    init(
        _ block: Vigie_V1_DecidedBlock,
        _ labels: DecidedRowLabels,
        columns: TableColumns?,
        rowCount: Int
    ) throws {
        guard Int(block.rowCount) == rowCount else {
            throw VigieError.badResponse("\(rowCount) rows got \(block.rowCount) answers.")
        }
        let counts: [Int] = [
            block.outcomes.count, block.riskClasses.count, block.limits.count,
            block.ownLimits.count, block.needs.count, block.headrooms.count,
            block.expectedLosses.count, block.opportunities.count, block.bindings.count,
            block.termDays.count, block.actions.count, block.roles.count,
            block.secondPersons.count, block.validUntilDays.count, block.missing.count,
        ]
        let (ruleCount, overflow) = rowCount.multipliedReportingOverflow(by: labels.tables.count)
        guard counts.allSatisfy({ $0 == 0 || $0 == rowCount }), !overflow,
            block.rules.isEmpty || block.rules.count == ruleCount
        else { throw VigieError.badResponse("A column does not have \(rowCount) entries.") }
        let named: [([UInt32], [String])] = [
            (block.riskClasses, block.classNames), (block.actions, block.actionNames),
            (block.bindings, labels.bindings), (block.roles, labels.roles),
        ]
        guard named.allSatisfy({ numbers, names in (numbers.max() ?? 0) <= UInt32(names.count) })
        else { throw VigieError.badResponse("A row has a name that was not told.") }
        let scores = try ResponseDecoding.block(block.scores.serializedBytes())
        guard scores.rowCount == rowCount else {
            throw VigieError.badResponse("\(rowCount) rows got \(scores.rowCount) scores.")
        }
        self.scores = try ScoredTable(
            model: labels.model,
            features: [],
            columns: columns.map { $0.numbers + $0.texts } ?? [],
            block: scores,
            encoding: .float64
        )
        (self.block, self.labels) = (block, labels)
        (policy, slowReason) = (labels.policy, labels.slowReason)
    }
}

/// What is said once of rows that are decided on.
struct DecidedRowLabels {
    let policy: DecidingPolicy
    let model: ModelIdentity
    let roles: [String]
    let bindings: [String]
    let tables: [String]
    let slowReason: String?

    init(_ context: Vigie_V1_DecideRowsContext) {
        model = ModelIdentity(context.model)
        policy = DecidingPolicy(
            name: context.policy,
            version: context.policyVersion,
            contentHash: context.policyContentHash,
            currency: context.currency,
            asOf: Day(context.model.asOfDate)
        )
        (roles, bindings, tables) = (context.roles, context.bindings, context.tables)
        slowReason = context.slowReason.isEmpty ? nil : context.slowReason
    }
}
