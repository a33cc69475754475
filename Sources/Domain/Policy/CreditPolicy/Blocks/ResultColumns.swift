// SPDX-License-Identifier: Apache-2.0

// The columns of the compiled tables: those that are given, those that are the same in all rows,
// and those that are computed before the last tables are asked.

internal import CompiledTables
internal import DecimalNumbers
internal import Policies
internal import VigieLimits

/// Columns for compiled tables, with the memory of those that are our own.
final class ResultColumns {
    /// What was computed, where a table looks at it; NaN where there is nothing.
    private(set) var limit: UnsafeMutablePointer<Double>?
    private(set) var ownLimit: UnsafeMutablePointer<Double>?
    private(set) var need: UnsafeMutablePointer<Double>?
    private(set) var shortfall: UnsafeMutablePointer<Double>?
    private(set) var headroom: UnsafeMutablePointer<Double>?
    private(set) var termDays: UnsafeMutablePointer<Double>?
    private(set) var expectedLoss: UnsafeMutablePointer<Double>?
    private(set) var opportunity: UnsafeMutablePointer<Double>?
    /// The part that binds, as a place among `CreditBlock.bindingNames`.
    let binding: UnsafeMutablePointer<Int32>
    private var fixed: [Int: UnsafeMutablePointer<Double>] = [:]
    private let bindingTexts: BoundTexts?

    init(_ plan: CreditBlockPlan) {
        let rows = CompiledTableLimits.blockRows
        func column(_ value: Double) -> UnsafeMutablePointer<Double> {
            let memory = UnsafeMutablePointer<Double>.allocate(capacity: rows)
            memory.initialize(repeating: value, count: rows)
            return memory
        }
        binding = .allocate(capacity: rows)
        binding.initialize(repeating: CreditBlock.nothing, count: rows)
        var bindingPlace: Int?
        for (place, source) in plan.sources.enumerated() {
            switch source {
            case .number(let number): fixed[place] = column(number)
            case .result(.binding): bindingPlace = place
            case .result(.limit): limit = column(.nan)
            case .result(.ownLimit): ownLimit = column(.nan)
            case .result(.need): need = column(.nan)
            case .result(.shortfall): shortfall = column(.nan)
            case .result(.headroom): headroom = column(.nan)
            case .result(.termDays): termDays = column(.nan)
            case .result(.expectedLoss): expectedLoss = column(.nan)
            case .result(.opportunity): opportunity = column(.nan)
            case .column, .fixed: break
            }
        }
        bindingTexts = bindingPlace.map { plan.compiled.bound(CreditBlock.bindingNames, to: $0) }
    }

    deinit {
        for each in [
            limit, ownLimit, need, shortfall, headroom, termDays, expectedLoss, opportunity,
        ] { each?.deallocate() }
        for each in fixed.values { each.deallocate() }
        binding.deallocate()
    }

    /// The columns that the compiled tables want; fewer where one cannot be had.
    func given(_ values: [CreditValues], _ plan: CreditBlockPlan) -> [GivenValues] {
        plan.sources.enumerated().compactMap { place, source in
            switch source {
            case .column(let column):
                switch values[column] {
                case .numbers(let numbers): return .numbers(numbers)
                case .booleans(let booleans): return .booleans(booleans)
                case .values(let values): return .values(values)
                case .texts(let codes, let texts): return texts.bound.map { .texts(codes, $0) }
                }
            case .fixed(let value): return .fixed(value)
            case .number: return fixed[place].map { .numbers(UnsafePointer($0)) }
            case .result(let result):
                guard result != .binding else {
                    return bindingTexts.map { .texts(UnsafePointer(binding), $0) }
                }
                return column(result).map { .numbers(UnsafePointer($0)) }
            }
        }
    }

    private func column(_ result: PolicyResult) -> UnsafeMutablePointer<Double>? {
        switch result {
        case .limit: limit
        case .ownLimit: ownLimit
        case .need: need
        case .shortfall: shortfall
        case .headroom: headroom
        case .termDays: termDays
        case .expectedLoss: expectedLoss
        case .opportunity: opportunity
        case .binding: nil
        }
    }
}
