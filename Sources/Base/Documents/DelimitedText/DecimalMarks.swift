// SPDX-License-Identifier: Apache-2.0

// 29.830 is 29.83 in one file and 29830 in another. Where nobody said which, the
// other numbers of the file must, or it is not read. Of facts that a policy decides on,
// which are amounts of money for the most part, it has to be shown whatever parts the cells.

/// What the numbers of a table tell about its decimal mark.
package struct DecimalMarks: Sendable {
    /// Whether numbers must be looked at: nobody said how they are written.
    package let isGuessed: Bool
    /// Whether a number with one group needs another one that shows the decimal point. In a file
    /// whose cells are parted by commas the point is the decimal mark by custom.
    private let needsPoint: Bool
    /// Whether whoever reads the file has options that say how numbers are written.
    private let hasOptions: Bool
    private var hasPoint = false
    private var comma: (text: String, line: Int)?
    private var group: (text: String, line: Int)?

    init(_ style: NumberStyle, delimiter: UInt8, areFacts: Bool = false) {
        isGuessed = !style.isDeclared
        needsPoint = areFacts || delimiter != UInt8(ascii: ",")
        hasOptions = !areFacts
    }

    /// Those of facts that a policy decides on.
    package static let ofFacts = DecimalMarks(NumberStyle(), delimiter: 0, areFacts: true)

    /// Whether every number is worth a look, and not only those that could be two.
    package var looksAtAll: Bool { isGuessed && needsPoint && !hasPoint }

    /// Looks at a cell, whether it was read as a number or not. Throws when a number that was read
    /// may be another one.
    package mutating func look(
        _ bytes: UnsafeRawBufferPointer,
        line: Int,
        source: String
    ) throws(InputError) {
        guard isGuessed else { return }
        let shape = NumberShape(bytes)
        guard shape != .unmarked else { return }
        note(shape, String(decoding: bytes, as: UTF8.self), line: line)
        try check(source: source)
    }

    /// Keeps what a cell tells.
    package mutating func note(_ text: String, line: Int) {
        var text = text
        note(text.withUTF8 { NumberShape(UnsafeRawBufferPointer($0)) }, text, line: line)
    }

    /// Keeps what a cell of a shape tells.
    mutating func note(_ shape: NumberShape, _ text: String, line: Int) {
        guard isGuessed else { return }
        switch shape {
        case .decimalPoint: hasPoint = true
        case .decimalComma: comma = comma ?? (shortened(trimmedBlanks(text)), line)
        case .pointGroup: group = group ?? (shortened(trimmedBlanks(text)), line)
        default: break
        }
    }

    /// The first number that may be another one, in words; nil without one.
    package var doubt: (line: Int, message: String, hint: String)? {
        guard let group, comma != nil || needsPoint && !hasPoint else { return nil }
        let thousands = group.text.filter { $0 != "." }
        var message = "'\(group.text)' may be \(thousands) or a decimal"
        if let comma {
            message += "; '\(comma.text)' on line \(comma.line) has a decimal comma"
        }
        let hint =
            hasOptions
            ? "say --dialect excel-de or --thousands point if it is \(thousands), "
                + "--decimal point if it is not"
            : "write \(thousands), or \(group.text)0 if that is what it is"
        return (group.line, message, hint)
    }

    /// Throws when a number that was read may be another one.
    func check(source: String) throws(InputError) {
        guard let doubt else { return }
        throw InputError(
            .content,
            "\(source), line \(doubt.line): \(doubt.message)",
            hint: doubt.hint,
            nextOptions: comma == nil || !hasOptions ? [] : ["--dialect", "excel-de"]
        )
    }
}
