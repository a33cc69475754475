// SPDX-License-Identifier: Apache-2.0

// What is decided of a block of rows, as contiguous columns that are copied into the answer.

internal import CreditPolicy
internal import DecimalNumbers
internal import VigieProtos

/// The columns that an answer can carry. Bit `n` is the `DecisionOutput` of number `n`.
struct DecisionOutputs: OptionSet, Sendable {
    let rawValue: UInt32

    static let outcome = DecisionOutputs(.outcome)
    static let riskClass = DecisionOutputs(.riskClass)
    static let limit = DecisionOutputs(.limit)
    static let ownLimit = DecisionOutputs(.ownLimit)
    static let need = DecisionOutputs(.need)
    static let headroom = DecisionOutputs(.headroom)
    static let expectedLoss = DecisionOutputs(.expectedLoss)
    static let opportunity = DecisionOutputs(.opportunity)
    static let binding = DecisionOutputs(.binding)
    static let termDays = DecisionOutputs(.termDays)
    static let action = DecisionOutputs(.action)
    static let role = DecisionOutputs(.role)
    static let validUntil = DecisionOutputs(.validUntil)
    static let missing = DecisionOutputs(.missing)
    static let rules = DecisionOutputs(.rules)
    /// What a header gets that asks for nothing in particular.
    static let standard: DecisionOutputs = [
        .outcome, .riskClass, .limit, .termDays, .action, .role,
    ]

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ output: Vigie_V1_DecisionOutput) { rawValue = 1 << UInt32(output.rawValue) }

    /// What has to be found for them.
    var parts: CreditBlockParts {
        var parts: CreditBlockParts = isSubset(of: [.riskClass, .termDays]) ? [] : .calculation
        if contains(.headroom) { parts.insert(.headroom) }
        if !isDisjoint(with: [.expectedLoss, .opportunity]) { parts.insert(.prospects) }
        if contains(.rules) { parts.insert(.answers) }
        return parts
    }

    /// Bytes of a row, with that many tables.
    func rowBytes(tableCount: Int) -> Int {
        let amounts: DecisionOutputs = [
            .limit, .ownLimit, .need, .headroom, .expectedLoss, .opportunity, .missing,
        ]
        // No other column takes more than 5 bytes a row.
        return 8 * intersection(amounts).rawValue.nonzeroBitCount
            + 5 * subtracting(amounts).rawValue.nonzeroBitCount
            + (contains(.rules) ? 4 * tableCount : 0)
    }
}

/// Decisions as columns. One that was not asked for stays empty.
final class DecidedTable {
    private(set) var rowCount = 0
    private(set) var outcomes: [UInt8] = []
    private(set) var classes: [UInt32] = []
    /// Limits, own limits, needs, headrooms, expected losses and opportunities.
    private(set) var amounts: [[Double]] = Array(repeating: [], count: 6)
    private(set) var bindings: [UInt32] = []
    private(set) var termDays: [UInt32] = []
    private(set) var actions: [UInt32] = []
    private(set) var roles: [UInt32] = []
    private(set) var secondPersons: [UInt8] = []
    private(set) var validUntil: [Int32] = []
    private(set) var missing: [UInt64] = []
    /// Of each table.
    private(set) var rules: [[Int32]] = []
    private(set) var classNames = BlockNames()
    private(set) var actionNames = BlockNames()
    private(set) var missingNames: [String] = []

    /// What is kept from block to block.
    private(set) var memoryBytes = 0

    /// Makes room for the rows of a block.
    func begin(_ rows: Int, _ outputs: DecisionOutputs, tableCount: Int) {
        removeAll()
        memoryBytes = max(memoryBytes, rows * outputs.rowBytes(tableCount: tableCount))
        func reserve<Value>(_ column: inout [Value], _ output: DecisionOutputs) {
            if outputs.contains(output) { column.reserveCapacity(rows) }
        }
        reserve(&outcomes, .outcome)
        reserve(&classes, .riskClass)
        for (place, amount) in Self.amountColumns.enumerated() {
            reserve(&amounts[place], amount.output)
        }
        reserve(&bindings, .binding)
        reserve(&termDays, .termDays)
        reserve(&actions, .action)
        reserve(&roles, .role)
        reserve(&secondPersons, .role)
        reserve(&validUntil, .validUntil)
        reserve(&missing, .missing)
        guard outputs.contains(.rules) else { return }
        if rules.count != tableCount { rules = Array(repeating: [], count: tableCount) }
        for table in rules.indices { rules[table].reserveCapacity(rows) }
    }

    /// Forgets all rows, and keeps the memory.
    func removeAll() {
        rowCount = 0
        outcomes.removeAll(keepingCapacity: true)
        classes.removeAll(keepingCapacity: true)
        for place in amounts.indices { amounts[place].removeAll(keepingCapacity: true) }
        bindings.removeAll(keepingCapacity: true)
        termDays.removeAll(keepingCapacity: true)
        actions.removeAll(keepingCapacity: true)
        roles.removeAll(keepingCapacity: true)
        secondPersons.removeAll(keepingCapacity: true)
        validUntil.removeAll(keepingCapacity: true)
        missing.removeAll(keepingCapacity: true)
        for place in rules.indices { rules[place].removeAll(keepingCapacity: true) }
        (classNames, actionNames, missingNames) = (BlockNames(), BlockNames(), [])
    }

    private typealias Amounts = UnsafeMutablePointer<DecimalNumber>

    /// Where the amounts come from, and what says that there is one.
    private static let amountColumns:
        [(
            output: DecisionOutputs, column: @Sendable (CreditBlock) -> Amounts,
            fact: CreditBlock.Facts
        )] = [
            (.limit, { $0.limits }, .limit), (.ownLimit, { $0.ownLimits }, .limit),
            (.need, { $0.needs }, .need), (.headroom, { $0.headrooms }, .headroom),
            (.expectedLoss, { $0.expectedLosses }, .expectedLoss),
            (.opportunity, { $0.opportunities }, .opportunity),
        ]

    /// Appends what was decided of the next rows. Cost: a copy of some 4 bytes a column, and some
    /// 5 ns for each amount, which becomes a double.
    func append(_ decider: CreditBlockDecider, _ outputs: DecisionOutputs) {
        let block = decider.block
        let rows = 0..<block.rowCount
        rowCount += block.rowCount
        func append<Value, Told>(
            _ column: UnsafeMutablePointer<Value>,
            _ output: DecisionOutputs,
            _ list: inout [Told],
            _ told: (Value) -> Told
        ) {
            guard outputs.contains(output) else { return }
            let values = UnsafeBufferPointer(start: column, count: rows.count)
            list.append(contentsOf: values.lazy.map(told))
        }
        // Places count from 0, and -1 is nothing; numbers count from 1, and 0 is nothing.
        func number(_ place: Int32) -> UInt32 { UInt32(bitPattern: place &+ 1) }
        append(block.outcomes, .outcome, &outcomes) { $0 + 1 }
        append(block.bindings, .binding, &bindings, number)
        append(block.termDays, .termDays, &termDays) { UInt32(bitPattern: $0) }
        append(block.roles, .role, &roles, number)
        append(block.facts, .role, &secondPersons) { $0.contains(.needsSecondPerson) ? 1 : 0 }
        append(block.validUntil, .validUntil, &validUntil) { $0 }
        append(block.missing, .missing, &missing) { $0 }
        for (place, amount) in Self.amountColumns.enumerated() where outputs.contains(amount.output)
        {
            let column = amount.column(block)
            let told = rows.lazy.map { row in
                block.facts[row].contains(amount.fact) ? column[row].doubleValue : .nan
            }
            amounts[place].append(contentsOf: told)
        }
        appendNames(decider, outputs)
        guard outputs.contains(.rules) else { return }
        for (table, answers) in block.answers.enumerated() {
            append(answers, .rules, &rules[table]) {
                $0 == CreditBlock.notAsked ? $0 : $0 &+ 1
            }
        }
    }

    private func appendNames(_ decider: CreditBlockDecider, _ outputs: DecisionOutputs) {
        let block = decider.block
        func append(
            _ places: UnsafeMutablePointer<Int32>,
            _ known: [String],
            _ names: inout BlockNames,
            _ list: inout [UInt32]
        ) {
            names.begin(known, decider.generation)
            for row in 0..<block.rowCount { list.append(names.number(places[row])) }
        }
        if outputs.contains(.riskClass) {
            append(block.classes, decider.classes, &classNames, &classes)
        }
        if outputs.contains(.action) {
            append(block.actions, decider.actions, &actionNames, &actions)
        }
        if outputs.contains(.missing) { missingNames = decider.missingNames }
    }
}

/// The names of one block, each once, in the order in which rows have them.
struct BlockNames {
    private(set) var names: [String] = []
    private var known: [String] = []
    /// By the place of a name among those that are known; 0 for one that no row had.
    private var numbers: [UInt32] = []
    private var generation = -1

    /// Takes the names that the places of the next rows are of.
    mutating func begin(_ known: [String], _ generation: Int) {
        // Names of another generation may be there twice, which harms nobody.
        if generation != self.generation { numbers.removeAll(keepingCapacity: true) }
        self.generation = generation
        self.known = known
        numbers.append(contentsOf: repeatElement(0, count: max(known.count - numbers.count, 0)))
    }

    /// The number of a name, from 1; 0 for none.
    @inline(__always)
    mutating func number(_ place: Int32) -> UInt32 {
        let place = Int(place)
        guard place >= 0, place < numbers.count else { return 0 }
        if numbers[place] == 0 {
            names.append(known[place])
            numbers[place] = UInt32(clamping: names.count)
        }
        return numbers[place]
    }
}
