// SPDX-License-Identifier: Apache-2.0

// What a zone does after the last change of its file, as POSIX writes it: standard time and, if
// there is one, summer time with the days on which it begins and ends.

internal import Quantities

/// The rule of a zone for years that its file does not list.
struct FEELZoneTail: Sendable {
    private struct Change: Sendable {
        var month = 1
        var week = 1
        var weekday = 0
        var seconds = 7_200
    }

    private let standard: Int
    private var summer: Int?
    private var begin = Change()
    private var end = Change()

    /// Reads a rule; nil for one that is not understood.
    init?(_ text: [UInt8]) {
        var reader = Reader(rest: text[...])
        guard reader.name(), let offset = reader.offset() else { return nil }
        standard = -offset
        guard !reader.rest.isEmpty else { return }
        guard reader.name() else { return nil }
        var ahead = standard + 3_600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let offset = reader.offset() else { return nil }
            ahead = -offset
        }
        guard let first = reader.change(), let last = reader.change(), reader.rest.isEmpty else {
            return nil
        }
        (summer, begin, end) = (ahead, first, last)
    }

    /// The offset at an instant.
    func offset(utcSeconds: Int) -> Int {
        guard let summer, let date = FEELDate(dayNumber: floorDivide(utcSeconds, 86_400)) else {
            return standard
        }
        let year = date.components.year
        let from = Self.seconds(begin, year) - standard
        let to = Self.seconds(end, year) - summer
        let isSummer =
            from < to
            ? utcSeconds >= from && utcSeconds < to : !(utcSeconds >= to && utcSeconds < from)
        return isSummer ? summer : standard
    }

    /// When a change is in a year, by the clock on the wall.
    private static func seconds(_ change: Change, _ year: Int) -> Int {
        guard let first = FEELDate(year: year, month: change.month, day: 1) else { return 0 }
        let shift = floorModulo(change.weekday - first.weekday % 7, 7)
        var day = 1 + shift + (change.week - 1) * 7
        if day > CalendarDate.dayCount(ofMonth: change.month, year: year) { day -= 7 }
        return (first.dayNumber + day - 1) * 86_400 + change.seconds
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func skip(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        mutating func name() -> Bool {
            if skip(UInt8(ascii: "<")) {
                guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
                rest = rest[(close + 1)...]
                return true
            }
            let letters = rest.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
            rest = rest.dropFirst(letters.count)
            return !letters.isEmpty
        }

        mutating func number() -> Int? {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty, digits.count <= 4 else { return nil }
            rest = rest.dropFirst(digits.count)
            return digits.reduce(0) { $0 * 10 + Int($1 & 15) }
        }

        mutating func offset() -> Int? {
            let isNegative = skip(UInt8(ascii: "-"))
            if !isNegative { _ = skip(UInt8(ascii: "+")) }
            guard let hours = number(), hours <= 167 else { return nil }
            var seconds = hours * 3_600
            for unit in [60, 1] where skip(UInt8(ascii: ":")) {
                guard let part = number(), part < 60 else { return nil }
                seconds += part * unit
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            guard skip(UInt8(ascii: ",")), skip(UInt8(ascii: "M")), let month = number(),
                (1...12).contains(month), skip(UInt8(ascii: ".")), let week = number(),
                (1...5).contains(week), skip(UInt8(ascii: ".")), let weekday = number(), weekday < 7
            else { return nil }
            var change = Change(month: month, week: week, weekday: weekday)
            if skip(UInt8(ascii: "/")) {
                guard let seconds = offset() else { return nil }
                change.seconds = seconds
            }
            return change
        }
    }
}
