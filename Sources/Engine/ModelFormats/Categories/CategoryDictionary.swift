// SPDX-License-Identifier: Apache-2.0

// The one rule by which the texts of a table are taken for categories of a model, whatever file
// the model came in and wherever the table is read.

internal import ExactTexts

/// The categories of a column: what each of its codes, from 0, stands for.
///
/// A text is the category with the same bytes; nothing is trimmed or normalised. If there is none,
/// it is the category that is the same number (2001.0 is 2001) or the same truth value (TRUE is
/// true). If there is none either, it is a missing value when it is empty or a word for one, and
/// else unknown.
package struct CategoryDictionary: Sendable {
    /// What the model does with a text that is no category.
    package enum Unknown: String, Sendable, CaseIterable {
        /// The value is missing, as to LightGBM.
        case missing
        /// The row has no score, as with XGBoost.
        case notScorable = "not_scorable"
        /// The value is -1, of which the model knows what to make, as in PMML.
        case other
    }

    /// What a text or a number is.
    package enum Match: Sendable, Equatable {
        /// The category of this code.
        case code(Int)
        /// A missing value.
        case missing
        /// No category.
        case unknown
    }

    /// The categories by code.
    package let values: [CategoryValue]
    /// What becomes of texts that are none of them.
    package let unknown: Unknown
    private var texts: [ExactText: Int] = [:]
    private var decimals: [ExactText: Int] = [:]
    private var numbers: [Double: Int] = [:]
    private var booleans: [Bool: Int] = [:]
    /// All numbers that a float64 can be, ascending, and their codes: a row with a number is
    /// matched without memory of its own.
    private var keys: [(number: Double, code: Int)] = []

    /// A dictionary. The first of equal categories counts.
    package init(_ values: [CategoryValue], unknown: Unknown) {
        self.values = values
        self.unknown = unknown
        for (code, value) in values.enumerated() {
            switch value {
            case .text(let text): texts[text] = texts[text] ?? code
            case .boolean(let bool): booleans[bool] = booleans[bool] ?? code
            case .float64(let number): numbers[number] = numbers[number] ?? code
            case .decimal(let text):
                guard let key = DecimalText(Array(text.text.utf8)[...])?.canonical else { continue }
                decimals[key] = decimals[key] ?? code
            }
        }
        keys = numbers.map { ($0, $1) } + booleans.map { ($0 ? 1 : 0, $1) }
        for (decimal, code) in decimals {
            // A whole number beyond 53 bits may be none.
            guard let number = Double(decimal.text), Self.canonical(number) == decimal else {
                continue
            }
            keys.append((number, code))
        }
        keys.sort { $0 < $1 }
    }

    /// A dictionary of texts.
    package init(texts: [String], unknown: Unknown) {
        self.init(texts.map { .text(ExactText($0)) }, unknown: unknown)
    }

    /// Whether a number can be a category.
    package var takesNumbers: Bool { !decimals.isEmpty || !numbers.isEmpty || !booleans.isEmpty }

    /// What a text is.
    package func match(_ bytes: some Collection<UInt8>) -> Match {
        // Bytes that are no UTF-8 are no category: repaired, they could look like one.
        if let text = String(validating: bytes, as: UTF8.self), let code = texts[text] {
            return .code(code)
        }
        return matchSpelling(Array(bytes)[...])
    }

    /// What a text is whose bytes are no category.
    private func matchSpelling(_ bytes: ArraySlice<UInt8>) -> Match {
        if takesNumbers, let code = matchNumber(bytes) ?? matchWord(bytes) { return .code(code) }
        return isMissingWord(bytes) ? .missing : .unknown
    }

    /// What a number is.
    package func match(_ number: Double) -> Match {
        if number.isNaN { return .missing }
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].number < number { low = middle + 1 } else { high = middle }
        }
        guard low < keys.count, keys[low].number == number else { return .unknown }
        return .code(keys[low].code)
    }

    /// What the model is given for a match; nil where the row has no score.
    package func value(of match: Match) -> Double? {
        switch (match, unknown) {
        case (.code(let code), _): Double(code)
        case (.missing, _), (.unknown, .missing): .nan
        case (.unknown, .other): -1
        case (.unknown, .notScorable): nil
        }
    }

    /// The exact value of a float64, which for whole numbers is that of its digits.
    private static func canonical(_ number: Double) -> ExactText? {
        let text = Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        return DecimalText(Array(text.utf8)[...])?.canonical
    }

    private func matchNumber(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let decimal = DecimalText(bytes) else { return nil }
        if let code = decimals[decimal.canonical] { return code }
        if numbers.isEmpty && booleans.isEmpty { return nil }
        guard let number = Double(decimal.canonical.text) else { return nil }
        if let code = numbers[number] { return code }
        return number == 0 || number == 1 ? booleans[number == 1] : nil
    }

    /// Truth values and infinities as words.
    private func matchWord(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let word = lowercasedWord(bytes) else { return nil }
        switch word {
        case "true", "t", "yes", "y": return booleans[true]
        case "false", "f", "no", "n": return booleans[false]
        case "inf", "+inf", "infinity", "+infinity": return numbers[.infinity]
        case "-inf", "-infinity": return numbers[-.infinity]
        default: return nil
        }
    }
}

/// Whether bytes are empty or a word for a missing value, as in columns of numbers.
private func isMissingWord(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.isEmpty { return true }
    guard let word = lowercasedWord(bytes) else { return false }
    return ["", "na", "nan", "n/a", "null", "none"].contains(word)
}

/// A word of a few ASCII letters without blanks around it, in small letters; nil for longer ones.
private func lowercasedWord(_ bytes: ArraySlice<UInt8>) -> String? {
    var word = bytes.drop(while: isBlank).prefix(32)
    guard word.count < 32, word.allSatisfy({ $0 < 0x80 }) else { return nil }
    word = word.prefix(while: { !isBlank($0) })
    guard bytes.drop(while: isBlank).dropFirst(word.count).allSatisfy(isBlank) else { return nil }
    return String(decoding: word, as: UTF8.self).lowercased()
}

extension CategoryDictionary: Equatable {
    /// Whether the categories are the same.
    package static func == (left: CategoryDictionary, right: CategoryDictionary) -> Bool {
        left.values == right.values && left.unknown == right.unknown
    }
}
