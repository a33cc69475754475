// SPDX-License-Identifier: Apache-2.0

// Takes values out of a JSON tree, noting what is wrong on the way and going on, so
// that a user sees all problems of a file at once. After a problem the value read
// is a placeholder; nobody may use it before having looked at the problems.

internal import ExactTexts
internal import ModelFormats
internal import VigieLimits

/// Problems of one file, collected.
final class ProblemList {
    let file: String
    private(set) var problems: [BundleProblem] = []

    init(file: String) {
        self.file = file
    }

    /// Whether a value is missing or of another kind than its place wants, so that what was read
    /// for it means nothing.
    private(set) var hasPlaceholders = false

    /// Notes a problem; past the limit they are dropped.
    func add(_ path: String, _ message: String) {
        guard problems.count < ScoringLimits.problems else { return }
        problems.append(BundleProblem(file: file, path: path, message: message))
    }

    /// Notes a problem for which a placeholder was read.
    func addUnreadable(_ path: String, _ message: String) {
        hasPlaceholders = true
        add(path, message)
    }

    /// Throws if there are problems and nobody may look at the values that were read.
    func checkReadable() throws(BundleError) {
        if hasPlaceholders { try check() }
    }

    /// Throws if there are problems.
    func check() throws(BundleError) {
        guard problems.isEmpty else { throw BundleError(code: .invalid, problems: problems) }
    }
}

/// A JSON value, its place in the file, and where problems go.
struct JSONReader {
    let value: DocumentValue
    let path: String
    let problems: ProblemList

    /// The members of an object, of which all must be among `keys`.
    func object(keys: [String]) -> JSONObjectReader {
        guard case .object(let members) = value else {
            problems.addUnreadable(path, "must be an object, not \(value.kind).")
            return JSONObjectReader(members: nil, path: path, problems: problems)
        }
        let reader = JSONObjectReader(members: members, path: path, problems: problems)
        for key in members.keys.sorted().map(\.text) where !keys.contains(key) {
            let hint = NearestName.among(keys, to: key).map { " Did you mean \"\($0)\"?" } ?? ""
            problems.add(reader.path(to: key), "is not a known key.\(hint)")
        }
        return reader
    }

    /// The members of an object with keys of any name.
    func dictionary() -> [(key: String, value: JSONReader)] {
        guard case .object(let members) = value else {
            problems.addUnreadable(path, "must be an object, not \(value.kind).")
            return []
        }
        let object = JSONObjectReader(members: members, path: path, problems: problems)
        return members.sorted { $0.key < $1.key }.map { key, value in
            let path = object.path(to: key.text)
            return (key.text, JSONReader(value: value, path: path, problems: problems))
        }
    }

    /// The elements of a list.
    func array(limit: Int) -> [JSONReader] {
        guard let elements = value.elements else {
            problems.addUnreadable(path, "must be a list, not \(value.kind).")
            return []
        }
        guard elements.count <= limit else {
            problems.addUnreadable(path, "has \(elements.count) elements; the limit is \(limit).")
            return []
        }
        return elements.enumerated().map { index, element in
            JSONReader(value: element, path: "\(path)[\(index)]", problems: problems)
        }
    }

    /// A text.
    func string() -> String {
        guard case .text(let string) = value else {
            problems.addUnreadable(path, "must be a text, not \(value.kind).")
            return ""
        }
        return string
    }

    /// A number.
    func number() -> Double {
        guard case .number(let numbers) = value, let number = numbers.doubles.first else {
            problems.addUnreadable(path, "must be a number, not \(value.kind).")
            return 0
        }
        guard number.isFinite else {
            problems.addUnreadable(path, "must be a number that fits 64 bits.")
            return 0
        }
        return number
    }

    /// A list of numbers.
    func numbers(limit: Int) -> [Double] {
        array(limit: limit).map { $0.number() }
    }

    /// A whole number within bounds. For any other the nearest bound is taken, so that what is
    /// computed from it cannot overflow, whatever the file says.
    func integer(_ bounds: ClosedRange<Int>) -> Int {
        guard case .number(let numbers) = value else {
            problems.addUnreadable(path, "must be a number, not \(value.kind).")
            return bounds.lowerBound
        }
        let integer = numbers.integers?.first
        if let integer, bounds.contains(integer) { return integer }
        let number = numbers.doubles.first ?? .nan
        problems.add(
            path,
            "must be a whole number from \(bounds.lowerBound) to \(bounds.upperBound), not "
                + "\(integer.map(String.init) ?? number.description)."
        )
        return number >= Double(bounds.upperBound) ? bounds.upperBound : bounds.lowerBound
    }

    /// True or false.
    func bool() -> Bool {
        guard case .bool(let bool) = value else {
            problems.addUnreadable(path, "must be true or false, not \(value.kind).")
            return false
        }
        return bool
    }

    /// One of an enumeration's names.
    func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> Choice
    where Choice.RawValue == String {
        let string = string()
        if let choice = Choice(rawValue: string) { return choice }
        let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        problems.addUnreadable(path, "must be one of \(known), not \(NearestName.quoted(string)).")
        // tidy: force: an enumeration has cases
        return Choice.allCases.first!
    }

    /// A text in both languages, neither empty.
    func localizedText() -> LocalizedText {
        let object = object(keys: ["en", "fr"])
        let text = LocalizedText(
            english: object.required("en")?.string() ?? "",
            french: object.required("fr")?.string() ?? ""
        )
        for (key, value) in [("en", text.english), ("fr", text.french)]
        where value.isEmpty && object.optional(key) != nil {
            problems.add(object.path(to: key), "must be a text that is not empty.")
        }
        return text
    }
}

/// The members of a JSON object.
struct JSONObjectReader {
    /// Nil when the value was no object, which is noted already.
    let members: [ExactText: DocumentValue]?
    let path: String
    let problems: ProblemList

    /// The place of a member.
    func path(to key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    /// A member that must be there; nil, and a problem, when it is not.
    func required(_ key: String) -> JSONReader? {
        guard let members else { return nil }
        guard let value = members[key] else {
            problems.addUnreadable(path(to: key), "is missing.")
            return nil
        }
        return JSONReader(value: value, path: path(to: key), problems: problems)
    }

    /// A member that may be absent or null.
    func optional(_ key: String) -> JSONReader? {
        guard let value = members?[key] else { return nil }
        if case .null = value { return nil }
        return JSONReader(value: value, path: path(to: key), problems: problems)
    }
}
