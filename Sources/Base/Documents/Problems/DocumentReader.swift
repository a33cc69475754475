// SPDX-License-Identifier: Apache-2.0

// Takes values out of a document, noting what is wrong on the way and going on, so
// that a user sees all problems of a file at once. After a problem the value read
// is a placeholder; nobody may use it before having looked at the problems.

/// A value of a document, its place in the file, and where problems go.
package struct DocumentReader {
    /// The value.
    package let value: DocumentValue
    /// Its place, such as "features[3].expression"; empty for the document.
    package let path: String
    /// Where problems go.
    package let problems: ProblemList

    /// A document.
    package init(_ value: DocumentValue, _ problems: ProblemList) {
        self.init(value: value, path: "", problems: problems)
    }

    fileprivate init(value: DocumentValue, path: String, problems: ProblemList) {
        self.value = value
        self.path = path
        self.problems = problems
    }

    /// The same value, with problems told elsewhere.
    package func reporting(to problems: ProblemList) -> DocumentReader {
        DocumentReader(value: value, path: path, problems: problems)
    }

    /// The members of an object, of which all must be among `keys`.
    package func object(keys: [String]) -> ObjectReader {
        let reader = anyObject()
        for member in reader.object?.members ?? [] where !keys.contains(member.key) {
            let hint = NearestName.hint(keys, to: member.key)
            problems.add(reader.path(to: member.key), "is not a known key.\(hint)")
        }
        return reader
    }

    /// The members of an object that may have others too.
    package func lenientObject() -> ObjectReader { anyObject() }

    /// The members of an object with keys of any name.
    package func dictionary() -> [(key: String, value: DocumentReader)] {
        let reader = anyObject()
        return (reader.object?.members ?? []).map { member in
            let path = reader.path(to: member.key)
            let value = DocumentReader(value: member.value, path: path, problems: problems)
            return (member.key, value)
        }
    }

    private func anyObject() -> ObjectReader {
        guard case .object(let object) = value else {
            problems.addUnreadable(path, "must be an object, not \(value.kind).")
            return ObjectReader(object: nil, path: path, problems: problems)
        }
        return ObjectReader(object: object, path: path, problems: problems)
    }

    /// The elements of a list.
    package func array(limit: Int) -> [DocumentReader] {
        guard let elements = value.elements else {
            problems.addUnreadable(path, "must be a list, not \(value.kind).")
            return []
        }
        guard elements.count <= limit else {
            problems.addUnreadable(path, "has \(elements.count) elements; the limit is \(limit).")
            return []
        }
        return elements.enumerated().map { index, element in
            DocumentReader(value: element, path: "\(path)[\(index)]", problems: problems)
        }
    }

    /// A text.
    package func string() -> String {
        guard case .text(let string) = value else {
            problems.addUnreadable(path, "must be a text, not \(value.kind).")
            return ""
        }
        return string
    }

    /// A number.
    package func number() -> Double {
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
    package func numbers(limit: Int) -> [Double] {
        array(limit: limit).map { $0.number() }
    }

    /// A whole number within bounds. For any other the nearest bound is taken, so that what is
    /// computed from it cannot overflow, whatever the file says.
    package func integer(_ bounds: ClosedRange<Int>) -> Int {
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
    package func bool() -> Bool {
        guard case .bool(let bool) = value else {
            problems.addUnreadable(path, "must be true or false, not \(value.kind).")
            return false
        }
        return bool
    }

    /// One of an enumeration's names.
    package func choice<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> Choice
    where Choice.RawValue == String {
        let string = string()
        if let choice = Choice(rawValue: string) { return choice }
        let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        problems.addUnreadable(path, "must be one of \(known), not \(quoted(string)).")
        // tidy: force: an enumeration has cases
        return Choice.allCases.first!
    }
}

/// The members of an object.
package struct ObjectReader {
    /// Nil when the value was no object, which is noted already.
    fileprivate let object: DocumentObject?
    fileprivate let path: String
    /// Where problems go.
    package let problems: ProblemList

    /// The place of a member.
    package func path(to key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    /// A member that must be there; nil, and a problem, when it is not.
    package func required(_ key: String) -> DocumentReader? {
        guard let object else { return nil }
        guard let value = object[key] else {
            problems.addUnreadable(path(to: key), "is missing.")
            return nil
        }
        return DocumentReader(value: value, path: path(to: key), problems: problems)
    }

    /// A member that may be absent or null.
    package func optional(_ key: String) -> DocumentReader? {
        guard let value = object?[key] else { return nil }
        if case .null = value { return nil }
        return DocumentReader(value: value, path: path(to: key), problems: problems)
    }
}
