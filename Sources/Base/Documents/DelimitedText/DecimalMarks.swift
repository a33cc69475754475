// SPDX-License-Identifier: Apache-2.0

// 29.830 is 29.83 in one file and 29830 in another. Where nobody said which, the
// other numbers of the file must, or it is not read. Of facts that a policy decides on
// it has to be shown whatever parts the cells, and of amounts by the same column: that a
// probability is written 0.125 says nothing of how somebody typed his sums.

/// What the numbers of a table tell about its decimal mark.
package struct DecimalMarks: Sendable {
    /// A number, and where it stands.
    private struct Mark {
        let text: String
        let line: Int
        let column: Int
    }

    /// What a column of amounts tells.
    private struct Amounts {
        var hasPoint = false
        var group: Mark?
    }

    /// Whether numbers must be looked at: nobody said how they are written.
    package let isGuessed: Bool
    /// Whether a number with one group needs another one that shows the decimal point. In a file
    /// whose cells are parted by commas the point is the decimal mark by custom.
    private let needsPoint: Bool
    /// Whether they are facts: what shows further down counts, too, and is told at the end.
    private let areFacts: Bool
    /// Whether whoever reads the file has options that say how numbers are written.
    private let hasOptions: Bool
    private var hasPoint = false
    private var comma: Mark?
    private var group: Mark?
    /// The columns of amounts, by their places; nil for others.
    private var amounts: [Amounts?] = []
    /// How many of those have not shown a point.
    private var openCount = 0

    init(_ style: NumberStyle, delimiter: UInt8) {
        isGuessed = !style.isDeclared
        needsPoint = delimiter != UInt8(ascii: ",")
        (areFacts, hasOptions) = (false, true)
    }

    /// Those of facts that a policy decides on.
    ///
    /// - Parameters:
    ///   - amounts: Whether each column is of amounts, and has to show the point itself.
    ///   - style: How numbers are written, if somebody says so.
    ///   - hasOptions: Whether somebody can.
    package init(amounts: [Bool], _ style: NumberStyle = NumberStyle(), hasOptions: Bool = false) {
        isGuessed = !style.isDeclared
        (needsPoint, areFacts, self.hasOptions) = (true, true, hasOptions)
        self.amounts = amounts.map { $0 ? Amounts() : nil }
        openCount = amounts.count { $0 }
    }

    /// Whether every number is worth a look, and not only those that could be two.
    package var looksAtAll: Bool { isGuessed && needsPoint && (!hasPoint || openCount > 0) }

    /// Looks at a cell, whether it was read as a number or not. Throws when a number that was read
    /// may be another one, but for facts, whose rows further down may show what it is.
    package mutating func look(
        _ bytes: UnsafeRawBufferPointer,
        line: Int,
        column: Int,
        source: String
    ) throws(InputError) {
        guard isGuessed, !isSettled(column) else { return }
        let shape = NumberShape(bytes)
        guard shape != .unmarked else { return }
        note(shape, String(decoding: bytes, as: UTF8.self), line: line, column: column)
        if !areFacts { try check(source: source) { _ in nil } }
    }

    /// Whether nothing that a column can still say would change anything.
    private func isSettled(_ column: Int) -> Bool {
        areFacts && hasPoint
            && (amounts.indices.contains(column) ? amounts[column]?.hasPoint ?? true : true)
    }

    /// Keeps what a cell tells.
    package mutating func note(_ text: String, line: Int, column: Int) {
        var text = text
        let shape = text.withUTF8 { NumberShape(UnsafeRawBufferPointer($0)) }
        note(shape, text, line: line, column: column)
    }

    /// Keeps what a cell of a shape tells.
    mutating func note(_ shape: NumberShape, _ text: String, line: Int, column: Int) {
        guard isGuessed else { return }
        let isAmount = amounts.indices.contains(column) && amounts[column] != nil
        switch shape {
        case .decimalPoint:
            hasPoint = true
            guard isAmount, amounts[column]?.hasPoint == false else { return }
            amounts[column]?.hasPoint = true
            openCount -= 1
        case .decimalComma: if comma == nil { comma = Self.mark(text, line, column) }
        case .pointGroup:
            if !isAmount {
                if group == nil { group = Self.mark(text, line, column) }
            } else if amounts[column]?.group == nil {
                amounts[column]?.group = Self.mark(text, line, column)
            }
        default: break
        }
    }

    private static func mark(_ text: String, _ line: Int, _ column: Int) -> Mark {
        Mark(text: shortened(trimmedBlanks(text)), line: line, column: column)
    }

    /// The first number that may be another one, in words; nil without one.
    package var doubt: (line: Int, column: Int, message: String, hint: String)? {
        let doubtful = amounts.compactMap { $0 }.filter { comma != nil || !$0.hasPoint }
            .compactMap(\.group)
        let others = comma != nil || needsPoint && !hasPoint ? [group].compactMap(\.self) : []
        let first = (doubtful + others).min { ($0.line, $0.column) < ($1.line, $1.column) }
        guard let first else { return nil }
        let thousands = first.text.filter { $0 != "." }
        var message = "'\(first.text)' may be \(thousands) or a decimal"
        if let comma {
            message += "; '\(comma.text)' on line \(comma.line) has a decimal comma"
        } else if hasPoint {
            message += ", and no other number of its column shows which"
        }
        let hint =
            hasOptions
            ? "say --dialect excel-de or --thousands point if it is \(thousands), "
                + "--decimal point if it is not"
            : "write \(thousands), or \(first.text)0 if that is what it is"
        return (first.line, first.column, message, hint)
    }

    /// Throws when a number that was read may be another one; `name` gives those of columns.
    package func check(
        source: String,
        name: (Int) -> String?
    ) throws(InputError) {
        guard let doubt else { return }
        let column = name(doubt.column).map { ", " + shortened($0) } ?? ""
        throw InputError(
            .content,
            "\(source), line \(doubt.line)\(column): \(doubt.message)",
            hint: doubt.hint,
            nextOptions: comma == nil || !hasOptions ? [] : ["--dialect", "excel-de"]
        )
    }
}
