// SPDX-License-Identifier: Apache-2.0

// Which values of columns cannot be: rows that have one are left to CreditDecider, which says what
// is wrong. Figures are held against their bounds, and what the model allows of an input against
// tests of doubles.

internal import DecimalNumbers
internal import Decisions
internal import FEEL
internal import Policies
internal import Quantities

/// Holds columns against what their values can be.
struct ColumnChecks: Sendable {
    /// What numbers of a column may be: in any of some ranges.
    private let numbers: [(column: Int, allowed: [DoubleRange])]
    /// Columns whose texts the model does not all allow.
    private let texts: [Int]
    private let policy: Policy
    private let columns: [CreditColumn]
    /// The first input of which a block cannot tell what is allowed.
    private let unknown: String?

    init(_ policy: Policy, _ columns: [CreditColumn]) {
        (self.policy, self.columns) = (policy, columns)
        var numbers: [(column: Int, allowed: [DoubleRange])] = []
        var (texts, unknown): ([Int], String?) = ([], nil)
        for (place, column) in columns.enumerated() {
            if column.kind == .number, let bounds = PolicyFigure(rawValue: column.name)?.bounds {
                numbers.append((place, DoubleRange.ranges(of: bounds)))
            }
            // The model may leave it open which outcomes there are.
            if column.kind == .text, column.name == PolicyOutcome.input { texts.append(place) }
            guard let node = policy.model.node(column.name),
                let rule = policy.model.nodes[node].type.rule
            else { continue }
            if column.kind == .text {
                if !texts.contains(place) { texts.append(place) }
            } else if column.kind == .number, let tests = rule.doubleTests {
                numbers.append((place, tests.flatMap { DoubleRange.ranges(of: $0) }))
            } else {
                unknown = column.name
            }
        }
        let computed = PolicyResult.allCases.map(\.rawValue)
        for name in computed
        where policy.model.node(name).map({
            policy.model.nodes[$0].type.rule != nil
        }) ?? false { unknown = name }
        (self.numbers, self.texts, self.unknown) = (numbers, texts, unknown)
    }

    /// Why every company is decided one by one; nil if that is not so.
    func reason(
        _ policy: Policy,
        _ day: CalendarDate,
        _ fixed: [String: FEELValue]
    ) -> String? {
        if let unknown { return "values of \(unknown) are not all allowed" }
        let checks = FactChecks(policy)
        for input in policy.manifest.inputs {
            guard let value = fixed[input.name],
                let fault = checks.fault(CreditFact(value), input, asOf: day)
            else { continue }
            return "\(input.name) \(fault)"
        }
        return nil
    }

    /// Which texts of a column the model does not allow, or are no outcomes; empty without any.
    func refused(_ texts: [String], _ column: Int) -> [Bool] {
        guard self.texts.contains(column), let node = policy.model.node(columns[column].name)
        else { return [] }
        let evaluation = DecisionEvaluation(policy.model, keepsMessages: false)
        return texts.map { text in
            evaluation.reset()
            return policy.refuses(outcome: text, of: columns[column].name)
                || !evaluation.allows(.string(text), at: node)
        }
    }

    /// Marks rows with a value that cannot be. Cost: two comparisons for each range of a figure, a
    /// nanosecond; a load a text.
    func mark(
        _ values: [CreditValues],
        _ rowCount: Int,
        _ facts: UnsafeMutablePointer<CreditBlock.Facts>
    ) {
        for (column, allowed) in numbers {
            guard case .numbers(let values) = values[column] else { continue }
            allowed.withUnsafeBufferPointer { ranges in
                for row in 0..<rowCount {
                    let value = values[row]
                    // Without branches: which values are not known cannot be foreseen.
                    var isBad = (value - value == 0) ? 1 : 0
                    for range in ranges { isBad &= range.contains(value) ? 0 : 1 }
                    if isBad != 0 { facts[row].insert(.isSlow) }
                }
            }
        }
        for column in texts {
            guard case .texts(let codes, let texts) = values[column] else { continue }
            for row in 0..<rowCount {
                let code = Int(UInt32(bitPattern: codes[row]))
                if code < texts.refused.count, texts.refused[code] { facts[row].insert(.isSlow) }
            }
        }
    }
}

/// Doubles from one to another, both of them among these.
private struct DoubleRange {
    var low = -Double.infinity
    var high = Double.infinity

    @inline(__always)
    func contains(_ value: Double) -> Bool {
        (value >= low ? 1 : 0) & (value <= high ? 1 : 0) != 0
    }

    /// The ranges of doubles that pass all of some tests.
    static func ranges(of tests: [DoubleTest]) -> [DoubleRange] {
        tests.reduce([DoubleRange()]) { ranges, test in
            ranges.flatMap { $0.passing(test) }.filter { $0.low <= $0.high }
        }
    }

    private func passing(_ test: DoubleTest) -> [DoubleRange] {
        func from(_ bound: Double) -> DoubleRange { DoubleRange(low: max(low, bound), high: high) }
        func upTo(_ bound: Double) -> DoubleRange { DoubleRange(low: low, high: min(high, bound)) }
        let bound = test.bound
        // Where no double is equal to the threshold, the bound is NaN.
        guard !bound.isNaN else { return test.comparison == .notEqual ? [self] : [] }
        return switch test.comparison {
        case .less: [upTo(bound.nextDown)]
        case .lessOrEqual: [upTo(bound)]
        case .equal: [DoubleRange(low: max(low, bound), high: min(high, bound))]
        case .notEqual: [upTo(bound.nextDown), from(bound.nextUp)]
        case .greaterOrEqual: [from(bound)]
        case .greater: [from(bound.nextUp)]
        }
    }
}

extension PolicyFigure {
    /// What its values have to pass, as `FactChecks` has it; nil if they may be anything.
    fileprivate var bounds: [DoubleTest]? {
        switch self {
        case .netWorth, .equity: nil
        case .marginRate: [DoubleTest(.lessOrEqual, 1)]
        case .probability: [DoubleTest(.greaterOrEqual, 0), DoubleTest(.lessOrEqual, 1)]
        case .forecastMonths: [DoubleTest(.greater, 0)]
        default: [DoubleTest(.greaterOrEqual, 0)]
        }
    }
}

extension ValueRule {
    /// The tests of numbers that it consists of, one list of which has to pass; nil if it is more.
    fileprivate var doubleTests: [[DoubleTest]]? {
        guard let allowed, whole == nil, components.isEmpty, !isCollection, !allowed.isNegated
        else { return nil }
        var all: [[DoubleTest]] = []
        for test in allowed.tests {
            switch test {
            case .equal(.number(let number)): all.append([DoubleTest(.equal, number)])
            case .comparison(let comparison, .number(let bound)):
                all.append([DoubleTest(comparison.ofDecimals, bound)])
            case .range(let range) where range.form == .interval:
                guard case .number(let start) = range.start, case .number(let end) = range.end
                else { return nil }
                all.append([
                    DoubleTest(range.isStartIncluded ? .greaterOrEqual : .greater, start),
                    DoubleTest(range.isEndIncluded ? .lessOrEqual : .less, end),
                ])
            default: return nil
            }
        }
        return all
    }
}

extension FEELComparison {
    /// The same of decimal numbers.
    fileprivate var ofDecimals: DecimalComparison {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        }
    }
}
