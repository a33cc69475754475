// SPDX-License-Identifier: Apache-2.0

// The JSON files of a policy, as values that all of them have.

internal import DecimalNumbers
internal import Documents
internal import Quantities
internal import VigieLimits

/// Reads a JSON file of a policy.
struct PolicyDocument {
    let reader: DocumentReader
    let problems: ProblemList

    /// Reads a file; nil, with a problem, if it cannot be.
    init?(_ file: PolicyFile, _ outer: PolicyProblems) {
        guard file.bytes.count <= PolicyLimits.partBytes else {
            outer.add(file.path, "", "has more than \(PolicyLimits.partBytes) bytes.")
            return nil
        }
        problems = ProblemList(file: file.path)
        do {
            let value = try DocumentValue(json: file.bytes, depthLimit: PolicyLimits.jsonDepth)
            reader = DocumentReader(value, problems)
        } catch {
            outer.add(file.path, error.place, "is not valid JSON: \(error.message).")
            return nil
        }
    }
}

extension DocumentReader {
    /// A number in its own digits, also one that is written as a text.
    func decimal() -> DecimalNumber {
        let digits: ArraySlice<UInt8>
        switch value {
        case .number(let number): digits = number.bytes
        case .text(let text): digits = Array(text.utf8)[...]
        default:
            problems.addUnreadable(path, "must be a number, not \(value.kind).")
            return 0
        }
        guard let number = DecimalNumber(parsing: digits) else {
            problems.addUnreadable(path, "must be a number of at most 34 digits, such as 0.15.")
            return 0
        }
        return number
    }

    /// A number that is not below 0.
    func amount() -> DecimalNumber {
        let number = decimal()
        if number.isNegative { problems.add(path, "must not be below 0.") }
        return number
    }

    /// A day.
    func date() -> CalendarDate {
        let text = string()
        if let date = CalendarDate(text) { return date }
        if case .text = value {
            problems.addUnreadable(path, "must be a day written as 2026-01-31.")
        }
        return .first
    }

    /// A text of at most so many bytes that is not empty.
    func filledText(bytesMaximum: Int = PolicyLimits.textBytes) -> String {
        let text = string()
        if text.isEmpty, case .text = value { problems.add(path, "must not be empty.") }
        if text.utf8.count > bytesMaximum {
            problems.add(path, "has more than \(bytesMaximum) bytes.")
        }
        return text
    }

    /// A name: letters, digits, ".", "_" and "-".
    func plainName() -> String {
        let text = filledText(bytesMaximum: PolicyLimits.nameBytes)
        let isPlain = text.utf8.allSatisfy {
            ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E
                || $0 == 0x5F || $0 == 0x2D
        }
        if !isPlain {
            problems.add(path, "must be of letters, digits, \".\", \"_\" and \"-\" only.")
        }
        return text
    }

    /// A text in each language of the policy.
    func policyText(_ languages: [PolicyLanguage]) -> PolicyText {
        let object = object(keys: PolicyLanguage.allCases.map(\.rawValue))
        let texts = PolicyLanguage.allCases.map { language in
            (languages.contains(language)
                ? object.required(language.rawValue) : object.optional(language.rawValue))?
                .filledText() ?? ""
        }
        return PolicyText(english: texts[0], french: texts[1])
    }

    /// Elements of a list that have names, of which none is there twice.
    func named<Element>(
        limit: Int,
        _ name: (Element) -> String,
        _ read: (DocumentReader) -> Element
    ) -> [Element] {
        var seen = Set<String>()
        return array(limit: limit).map { reader in
            let element = read(reader)
            if !seen.insert(name(element)).inserted {
                reader.problems.add(reader.path, "\"\(name(element))\" is there twice.")
            }
            return element
        }
    }
}
