// SPDX-License-Identifier: Apache-2.0

// How a file writes dates and amounts, as all of its cells together tell.

internal import Documents

/// Which order of dates and which decimal mark a file has.
struct LedgerStyle {
    /// The order of day and month; nil until it is decided.
    private(set) var order: DateOrder?
    /// The decimal mark; nil until it is decided.
    private(set) var decimal: UInt8?
    private var needsOrder = false
    private var needsDecimal = false
    private var dayFirst = 0
    private var monthFirst = 0
    private var points = 0
    private var commas = 0

    init(order: DateOrder?, decimal: UInt8?) {
        self.order = order
        self.decimal = decimal
    }

    /// Takes a date that can be meant in one order or in both.
    mutating func vote(dayFirst isDayFirst: Bool, monthFirst isMonthFirst: Bool) {
        needsOrder = true
        if isDayFirst != isMonthFirst {
            if isDayFirst { dayFirst += 1 } else { monthFirst += 1 }
        }
    }

    /// Takes a decimal mark that an amount tells of.
    mutating func vote(mark: UInt8) {
        if mark == UInt8(ascii: ".") { points += 1 }
        if mark == UInt8(ascii: ",") { commas += 1 }
    }

    /// Takes what an amount tells of the decimal mark.
    mutating func vote(_ amount: LedgerAmount) {
        switch amount {
        case .number(let number): vote(mark: number.decimal)
        case .unclear: needsDecimal = true
        default: break
        }
    }

    /// Decides what is not decided yet.
    ///
    /// - Parameter areFew: Whether most lines tell by themselves what they say: then those that do
    ///   not are left undecided, and do not keep the file from being read.
    /// - Throws: That nothing tells, or that the file contradicts itself.
    mutating func decide(source: String, areFew: Bool) throws(InputError) {
        if needsOrder, order == nil {
            guard let isDayFirst = Self.winner(dayFirst, monthFirst) else {
                if areFew { return try decideMark(source: source, areFew: areFew) }
                throw InputError(
                    .content,
                    "\(source): nothing tells whether dates such as 04/05/2025 are in April "
                        + "or in May"
                        + (dayFirst > 0 ? "; some dates can only be the one, some the other" : ""),
                    hint: "say it in a profile: \"dates\": \"dmy\" or \"mdy\""
                )
            }
            order = isDayFirst ? .dayFirst : .monthFirst
        }
        try decideMark(source: source, areFew: areFew)
    }

    private mutating func decideMark(source: String, areFew: Bool) throws(InputError) {
        if needsDecimal, decimal == nil {
            guard let isPoint = Self.winner(points, commas) else {
                if areFew { return }
                throw InputError(
                    .content,
                    "\(source): nothing tells whether amounts such as 1.234 are more than one "
                        + "thousand",
                    hint: "say it in a profile: \"decimal\": \".\" or \",\""
                )
            }
            decimal = isPoint ? 0x2E : 0x2C
        }
    }

    /// Whether the first wins; nil if neither has four times as many as the other. A damaged cell
    /// is set aside later, two ways of writing in one file are not.
    private static func winner(_ first: Int, _ second: Int) -> Bool? {
        if first > 0, first >= 4 * second { return true }
        if second > 0, second >= 4 * first { return false }
        return nil
    }
}
