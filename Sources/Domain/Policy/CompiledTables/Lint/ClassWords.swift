// SPDX-License-Identifier: Apache-2.0

// A value that stands for a class, as plain as there is one.

internal import DecimalNumbers
internal import ExactTexts
internal import FEEL
internal import RuleTables

extension ValueSource {
    /// A value of a class that has any.
    func example(of number: Int) -> FEELValue {
        switch classes {
        case .values(let values): return number < values.count ? values[number] : .null
        case .scale(let scale):
            guard number < scale.nullClass else { return .null }
            switch scale.kind {
            case .text: return .string(scale.exampleText(number))
            case .day:
                // The first part of all days is shown by its end.
                let cuts = scale.numbers.cuts
                let isFirst = number == 1 && cuts.count > 2
                return FEELValue(isFirst ? cuts[1] - 1 : cuts[max(0, number - 1)], .day)
            default:
                guard let decimals = scale.decimals else {
                    return FEELValue(scale.exampleNumber(number), .number)
                }
                return .number(decimals.example(number))
            }
        }
    }

    /// The one of some classes that is shown: a text that is told rather than another one.
    func plainest(of numbers: [Int]) -> Int {
        guard case .scale(let scale) = classes, scale.kind == .text else { return numbers[0] }
        return numbers.first { $0 % 2 == 1 } ?? numbers[0]
    }

    /// A class in words, as one of some.
    func words(for number: Int, among numbers: [Int]) -> String {
        let value = example(of: number)
        guard !value.isNull else { return "missing" }
        if case .scale(let scale) = classes, scale.kind == .text, number % 2 == 0 {
            // Where others belong to them, too, it matters not which texts these are between.
            return numbers.count > 1 || scale.texts.isEmpty ? "another" : scale.place(of: number)
        }
        let text = FEELEvaluation(keepsMessages: false).text(of: value) ?? "?"
        return text.isEmpty ? "\"\"" : text
    }

    /// The class of a value; nil if it has none.
    func classNumber(of value: FEELValue) -> Int? {
        guard case .values(let values) = classes else {
            guard case .scale(let scale) = classes else { return nil }
            return scale.classNumber(of: value)
        }
        guard !value.isNull else { return nullClass }
        let evaluation = FEELEvaluation(keepsMessages: false)
        return values.firstIndex { evaluation.isEqual($0, value) == true }
    }
}

extension ValueScale {
    /// Between which texts a class is.
    fileprivate func place(of number: Int) -> String {
        let before = number == 0 ? nil : "after \"\(texts[number / 2 - 1].text)\""
        let behind = number / 2 < texts.count ? "before \"\(texts[number / 2].text)\"" : nil
        return [before, behind].compactMap { $0 }.joined(separator: " and ")
    }

    /// A text of a class: one that is told, or else one that follows it or precedes all.
    fileprivate func exampleText(_ number: Int) -> String {
        if number % 2 == 1 { return texts[number / 2].text }
        let next = number / 2 < texts.count ? texts[number / 2] : nil
        let before = number == 0 ? "" : texts[number / 2 - 1].text
        let plain = before + (before.isEmpty ? "another" : " or another")
        guard let next, !(ExactText(plain) < next) else { return plain }
        return number == 0 ? "" : before + "\u{0}"
    }

    /// A number of a class: a whole one if there is any, near to where it begins or ends.
    fileprivate func exampleNumber(_ number: Int) -> Double {
        let cuts = numbers.cuts
        guard number > 0, number < cuts.count else { return 0 }
        let (low, high) = (cuts[number - 1], cuts[number])
        var candidates = [low.rounded(.up), high.rounded(.down), high.rounded(.down) - 1, low]
        if low == -.greatestFiniteMagnitude { candidates = [high.rounded(.up) - 1, high.nextDown] }
        if low < 0, high > 0, high == .infinity { candidates.insert(0, at: 0) }
        for power in [10.0, 100, 1_000, 10_000] {
            candidates.insert((low * power).rounded(.up) / power, at: candidates.count - 1)
        }
        return candidates.first { $0 >= low && $0 < high && $0.magnitude < 1e15 } ?? low
    }
}

extension [DecimalCut] {
    /// A number of a class: one that it begins with, or one that is greater or less by one, or the
    /// middle.
    fileprivate func example(_ number: Int) -> DecimalNumber {
        guard number > 0 else { return first?.number.subtracting(1) ?? 0 }
        let low = self[Swift.min(number, count) - 1]
        guard low.isAfter else { return low.number }
        let next = low.number.adding(1) ?? low.number
        guard number < count, self[number].number <= next else { return next }
        let middle = low.number.adding(self[number].number)?.divided(by: 2)
        return middle ?? low.number
    }
}
