// SPDX-License-Identifier: Apache-2.0

// The values of a column in their order, parted where a test of any table parts them.

internal import DecimalNumbers
internal import ExactTexts
internal import FEEL
internal import RuleTables
internal import VigieLimits

/// Collects where a column's values part.
struct ScaleCuts {
    let kind: GivenColumn.Kind
    /// Whether numbers are decimal ones, and no doubles that stand for such.
    let isDecimal: Bool
    private(set) var numbers: [Double] = []
    private(set) var decimals: [DecimalCut] = []
    private(set) var texts: Set<ExactText> = []

    init(_ kind: GivenColumn.Kind, isDecimal: Bool = false) {
        self.kind = kind
        self.isDecimal = isDecimal && kind == .number
        guard !self.isDecimal else { return }
        // What is beyond them is no value.
        switch kind {
        case .number: numbers = [-Double.greatestFiniteMagnitude, .infinity]
        case .day: numbers = [Self.dayMin, Self.dayMax + 1]
        default: break
        }
    }

    private static let dayMin = day(-999_999_999, 1, 1)
    private static let dayMax = day(999_999_999, 12, 31)

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Double {
        FEELDate(year: year, month: month, day: day).map { Double($0.dayNumber) } ?? 0
    }

    /// Parts the values where tests do. Those that are left to the interpreter add nothing.
    mutating func add(_ tests: FEELUnaryTests) {
        for test in tests.tests {
            switch TestShape(test, kind) {
            case .span(let start, let end):
                for cut in [start, end] { if let cut { add(cut) } }
            case .allBut(let value):
                add(.init(value: value, isAfter: false))
                add(.init(value: value, isAfter: true))
            case .all, .none?, .unknown, nil: break
            }
        }
    }

    private mutating func add(_ cut: TestShape.Cut) {
        switch cut.value {
        case .string(let text): texts.insert(ExactText(text))
        case .number(let number) where isDecimal:
            decimals.append(DecimalCut(number: number, isAfter: cut.isAfter))
        default: if let number = Self.number(cut) { numbers.append(number) }
        }
    }

    /// Where a cut is among doubles: from which one on values are at or above it.
    static func number(_ cut: TestShape.Cut) -> Double? {
        switch cut.value {
        case .number(let number):
            let test = DoubleTest(cut.isAfter ? .greater : .greaterOrEqual, number)
            return test.comparison == .greater ? test.bound.nextUp : test.bound
        case .date(let date): return Double(date.dayNumber + (cut.isAfter ? 1 : 0))
        default: return nil
        }
    }
}

/// Where decimal numbers part: at one, or right after it.
struct DecimalCut: Sendable, Comparable {
    let number: DecimalNumber
    let isAfter: Bool

    static func == (left: DecimalCut, right: DecimalCut) -> Bool {
        left.number == right.number && left.isAfter == right.isAfter
    }

    static func < (left: DecimalCut, right: DecimalCut) -> Bool {
        left.number == right.number ? !left.isAfter && right.isAfter : left.number < right.number
    }
}

/// The classes of a column's values.
struct ValueScale: Sendable {
    /// How they are given.
    let kind: GivenColumn.Kind
    /// Those of numbers and days.
    let numbers: ValueClasses
    /// The texts that part others, in order: class 2k + 1 is that of the k-th, 2k + 2 of what lies
    /// behind it.
    let texts: [ExactText]
    /// Where decimal numbers part, in order; nil where numbers are doubles.
    let decimals: [DecimalCut]?
    /// How many classes there are.
    let classCount: Int
    /// The class of what is no value.
    let nullClass: Int

    /// - Returns: nil when the classes are too many.
    init?(_ cuts: ScaleCuts) {
        guard let numbers = ValueClasses(cuts: cuts.numbers),
            2 * cuts.texts.count + 2 <= RuleTableLimits.classes,
            cuts.decimals.count + 2 <= RuleTableLimits.classes
        else { return nil }
        var decimals: [DecimalCut] = []
        for cut in cuts.decimals.sorted() where decimals.last != cut { decimals.append(cut) }
        self.decimals = cuts.isDecimal ? decimals : nil
        (kind, self.numbers, texts) = (cuts.kind, numbers, cuts.texts.sorted())
        let count = cuts.isDecimal ? decimals.count + 1 : Int(numbers.nullClass)
        nullClass = kind == .text ? 2 * texts.count + 1 : count
        classCount = nullClass + 1
    }

    /// The classes of numbers that are no values, beside that of NaN.
    var outside: [Range<Int>] {
        kind == .text || decimals != nil ? [] : [0..<1, nullClass - 1..<nullClass]
    }

    /// The first class whose values are all at or above a cut that was added.
    func first(atOrAbove cut: TestShape.Cut) -> Int {
        if case .string(let text) = cut.value {
            return 2 * place(ExactText(text)) + (cut.isAfter ? 2 : 1)
        }
        if let decimals, case .number(let number) = cut.value {
            return decimals.places(upTo: DecimalCut(number: number, isAfter: cut.isAfter))
        }
        return ScaleCuts.number(cut).map(numbers.first) ?? nullClass
    }

    /// The class of a value; nil for one of another kind.
    func classNumber(of value: FEELValue) -> Int? {
        switch (kind, value) {
        case (_, .null): return nullClass
        case (.text, .string(let text)): return textClass(text)
        case (.day, .date(let date)):
            return Int(numbers.naiveClass(of: Double(date.dayNumber)))
        case (.number, .number(let number)):
            guard let decimals else { return Int(numbers.naiveClass(of: number.doubleValue)) }
            // It is at the cuts before it, and at the one that begins with it.
            return decimals.places(upTo: DecimalCut(number: number, isAfter: false))
        default: return nil
        }
    }

    /// How many of the texts are before one.
    private func place(_ text: ExactText) -> Int {
        var (low, high) = (0, texts.count)
        while low < high {
            let middle = (low + high) / 2
            if texts[middle] < text { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The class of a text.
    func textClass(_ text: String) -> Int {
        let text = ExactText(text)
        let place = place(text)
        return place < texts.count && texts[place] == text ? 2 * place + 1 : 2 * place
    }

    /// What tests are true of, and what they are false of, of the values that there are.
    ///
    /// - Returns: nil where only the interpreter can tell.
    func verdict(_ tests: FEELUnaryTests) -> (yes: [Range<Int>], no: [Range<Int>])? {
        if tests.isAny { return ([0..<nullClass], []) }
        var (passed, isUnknown) = ([Range<Int>](), false)
        for test in tests.tests {
            guard let shape = TestShape(test, kind) else { return nil }
            switch shape {
            case .unknown: isUnknown = true
            case .none: break
            case .all: passed.append(0..<nullClass)
            case .span(let start, let end):
                let low = start.map(first) ?? 0
                passed.append(low..<max(low, end.map(first) ?? nullClass))
            case .allBut(let value):
                passed.append(0..<first(atOrAbove: .init(value: value, isAfter: false)))
                passed.append(first(atOrAbove: .init(value: value, isAfter: true))..<nullClass)
            }
        }
        let failed = isUnknown ? [] : passed.gaps(in: nullClass)
        return tests.isNegated ? (failed, passed) : (passed, failed)
    }
}

extension [DecimalCut] {
    /// How many are not behind one.
    func places(upTo cut: DecimalCut) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= cut { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [Range<Int>] {
    /// What they leave of the first numbers.
    func gaps(in count: Int) -> [Range<Int>] {
        var (gaps, start) = ([Range<Int>](), 0)
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if range.lowerBound > start { gaps.append(start..<range.lowerBound) }
            start = Swift.max(start, range.upperBound)
        }
        if start < count { gaps.append(start..<count) }
        return gaps
    }
}
