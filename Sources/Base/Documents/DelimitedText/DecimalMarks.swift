// SPDX-License-Identifier: Apache-2.0

// 29.830 is 29.83 in one file and 29830 in another. Where nobody said which, the
// other numbers of the file must, or it is not read.

/// What the numbers of a table tell about its decimal mark.
package struct DecimalMarks: Sendable {
    /// Whether numbers must be looked at: nobody said how they are written.
    package let isGuessed: Bool
    /// Whether a number with one group needs another one that shows the decimal point. In a file
    /// whose cells are parted by commas the point is the decimal mark by custom.
    private let needsPoint: Bool
    private var hasPoint = false
    private var comma: (text: String, line: Int)?
    private var group: (text: String, line: Int)?

    init(_ style: NumberStyle, delimiter: UInt8) {
        isGuessed = !style.isDeclared
        needsPoint = delimiter != UInt8(ascii: ",")
    }

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
    mutating func note(_ shape: NumberShape, _ text: String, line: Int) {
        guard isGuessed else { return }
        switch shape {
        case .decimalPoint: hasPoint = true
        case .decimalComma: comma = comma ?? (shortened(trimmedBlanks(text)), line)
        case .pointGroup: group = group ?? (shortened(trimmedBlanks(text)), line)
        default: break
        }
    }

    /// Throws when a number that was read may be another one.
    func check(source: String) throws(InputError) {
        guard let group, comma != nil || needsPoint && !hasPoint else { return }
        let thousands = group.text.filter { $0 != "." }
        var message =
            "\(source), line \(group.line): '\(group.text)' may be \(thousands) or a decimal"
        if let comma {
            message += "; '\(comma.text)' on line \(comma.line) has a decimal comma"
        }
        throw InputError(
            .content,
            message,
            hint: "say --dialect excel-de or --thousands point if it is \(thousands), "
                + "--decimal point if it is not",
            nextOptions: comma == nil ? [] : ["--dialect", "excel-de"]
        )
    }
}
