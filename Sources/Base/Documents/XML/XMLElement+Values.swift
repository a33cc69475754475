// SPDX-License-Identifier: Apache-2.0

// What is wrong with an element, and values that it must have.
extension XMLElement {
    /// An element that breaks the format.
    package func malformed(_ message: String) -> DocumentError {
        DocumentError(code: .malformed, line: line, section: name, message: message)
    }

    /// A sound element that is not supported.
    package func unsupported(_ message: String) -> DocumentError {
        DocumentError(code: .unsupported, line: line, section: name, message: message)
    }

    /// An attribute that must be there.
    package func required(_ attribute: String) throws(DocumentError) -> String {
        guard let value = self[attribute] else {
            throw malformed("attribute \"\(attribute)\" is missing")
        }
        return value
    }

    /// The finite number of an attribute; nil when it is not there.
    package func number(_ attribute: String) throws(DocumentError) -> Double? {
        guard let bytes = bytes(attribute) else { return nil }
        guard let value = bytes.trimmed.double, value.isFinite else {
            let shown = String(decoding: bytes.prefix(40), as: UTF8.self)
            throw malformed("\(attribute)=\"\(shown)\" is not a finite number")
        }
        return value
    }

    /// The finite number of an attribute that must be there.
    package func requiredNumber(_ attribute: String) throws(DocumentError) -> Double {
        guard let value = try number(attribute) else {
            throw malformed("attribute \"\(attribute)\" is missing")
        }
        return value
    }

    /// The first child of that name, which must be there.
    package func requiredChild(_ name: String) throws(DocumentError) -> XMLElement {
        guard let child = child(name) else { throw malformed("<\(name)> is missing") }
        return child
    }

    /// Throws unless each child has one of the names, so that nothing that could change a score is
    /// passed over.
    package func allowChildren(_ names: [String]) throws(DocumentError) {
        for child in children where child.isForeign || !names.contains(child.name) {
            throw child.unsupported("<\(child.name)> in <\(name)> is not supported")
        }
    }

    /// An attribute that is one of the names of an enumeration; its default when it is not there.
    package func choice<Choice: RawRepresentable<String>>(
        _ attribute: String,
        _ standard: Choice
    ) throws(DocumentError) -> Choice {
        guard let value = self[attribute] else { return standard }
        guard let choice = Choice(rawValue: value) else {
            throw unsupported("\(attribute)=\"\(value.prefix(40))\" is not supported")
        }
        return choice
    }
}
