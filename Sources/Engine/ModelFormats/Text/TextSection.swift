// SPDX-License-Identifier: Apache-2.0

// One part of a text model (its header, one tree): fields by key, read with their errors placed.

internal import Documents

/// The fields of one part of a file.
struct TextSection {
    /// What errors call this part.
    let name: String
    /// Line on which it starts.
    let line: Int
    private var fields: [String: TextField] = [:]

    init(name: String, line: Int) {
        self.name = name
        self.line = line
    }

    /// Takes a `key=value` line; throws when it is none or when the key was there before.
    mutating func add(_ line: ArraySlice<UInt8>, number: Int) throws(ModelFormatError) {
        guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
            throw malformed("expected key=value", line: number)
        }
        let key = String(decoding: line[..<equals], as: UTF8.self)
        let field = TextField(line: number, value: line[line.index(after: equals)...])
        guard fields.updateValue(field, forKey: key) == nil else {
            throw malformed("\"\(key.prefix(40))\" appears twice", line: number)
        }
    }

    /// Throws unless each key is one of the names.
    func allow(_ names: [String]) throws(ModelFormatError) {
        let unknown = fields.filter { !names.contains($0.key) }
        guard let first = unknown.min(by: { $0.value.line < $1.value.line }) else { return }
        throw unsupported(
            "\"\(first.key.prefix(40))\" is not known and could change every score",
            line: first.value.line
        )
    }

    /// The field of that key, if there is one.
    subscript(key: String) -> TextField? { fields[key] }

    /// The field of that key, which must be there.
    @inline(never)
    func field(_ key: String) throws(ModelFormatError) -> TextField {
        guard let field = fields[key] else { throw malformed("\"\(key)\" is missing", line: line) }
        return field
    }

    /// The one integer of a field that must be there.
    @inline(never)
    func integer(_ key: String) throws(ModelFormatError) -> Int {
        let field = try field(key)
        guard let value = field.value.integer else {
            throw malformed("\"\(key)\" is not an integer", line: field.line)
        }
        return value
    }

    /// The integers of a field, which must be there and hold `count` of them.
    func integers(_ key: String, count: Int) throws(ModelFormatError) -> [Int] {
        try values(key, count: count, kind: "an integer") { $0.integer }
    }

    /// The float64 numbers of a field, which must be there and hold `count` of them.
    func doubles(_ key: String, count: Int) throws(ModelFormatError) -> [Double] {
        try values(key, count: count, kind: "a number") { $0.double }
    }

    /// Grows with what the file holds, never with what it declares.
    private func values<Value>(
        _ key: String,
        count: Int,
        kind: String,
        parse: (ArraySlice<UInt8>) -> Value?
    ) throws(ModelFormatError) -> [Value] {
        let field = try field(key)
        var values: [Value] = []
        for word in field.words {
            guard let value = parse(word) else {
                let shown = String(decoding: word.prefix(40), as: UTF8.self)
                throw malformed(
                    "\"\(key)\" value \(values.count + 1) is not \(kind): \"\(shown)\"",
                    line: field.line
                )
            }
            values.append(value)
        }
        guard values.count == count else {
            throw malformed(
                "\"\(key)\" has \(values.count) values, not \(count)",
                line: field.line
            )
        }
        return values
    }

    /// An error in this section.
    @inline(never)
    func malformed(_ message: String, line: Int) -> ModelFormatError {
        ModelFormatError(code: .malformed, line: line, section: name, message: message)
    }

    /// A sound file of a kind we do not read.
    @inline(never)
    func unsupported(_ message: String, line: Int) -> ModelFormatError {
        ModelFormatError(code: .unsupported, line: line, section: name, message: message)
    }
}
