// SPDX-License-Identifier: Apache-2.0

// Dates of exports: 2025-12-31, 20251231, 31.12.2025, 12/31/2025, 31/12/25, with a time behind. Of
// those with the year behind and other marks than points, the whole column tells the order.

internal import Quantities

/// What a cell of a date holds.
enum LedgerDate: Equatable {
    /// Nothing, or only zeros.
    case none
    /// A date.
    case date(CalendarDate)
    /// Day and month in an order that the file has to tell: the date in either.
    case unordered(dayFirst: CalendarDate?, monthFirst: CalendarDate?)
    /// Something else.
    case bad

    /// Reads a cell.
    ///
    /// - Parameter order: The order of day and month; nil if it is not known.
    static func read(_ cell: UnsafeRawBufferPointer, order: DateOrder?) -> LedgerDate {
        if cell.isEmpty { return .none }
        if cell.count == 10, let date = CalendarDate(bytes: cell) { return .date(date) }
        var numbers: [(value: Int, count: Int)] = []
        var marks: [UInt8] = []
        var isInNumber = false
        scan: for byte in cell {
            switch byte {
            case 0x30...0x39:
                if !isInNumber { numbers.append((0, 0)) }
                isInNumber = true
                let last = numbers.count - 1
                guard numbers[last].count < 8 else { return .bad }
                numbers[last].value = numbers[last].value * 10 + Int(byte - 0x30)
                numbers[last].count += 1
            case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."):
                guard isInNumber else { return numbers.isEmpty && cell.count == 1 ? .none : .bad }
                isInNumber = false
                marks.append(byte)
            // A time behind.
            case 0x20 where isWhole(numbers), UInt8(ascii: "T") where isWhole(numbers):
                break scan
            default: return inWords(cell)
            }
        }
        if numbers.allSatisfy({ $0.value == 0 }) { return .none }
        return date(numbers, marks, order)
    }

    /// Whether these are all numbers of a date, so that a time may follow.
    private static func isWhole(_ numbers: [(value: Int, count: Int)]) -> Bool {
        numbers.count == 3 || numbers.first?.count == 8
    }

    private static func date(
        _ numbers: [(value: Int, count: Int)],
        _ marks: [UInt8],
        _ order: DateOrder?
    ) -> LedgerDate {
        if numbers.count == 1, marks.isEmpty, numbers[0].count == 8 {
            let number = numbers[0].value
            return of(number / 10_000, number / 100 % 100, number % 100).map { .date($0) } ?? .bad
        }
        guard numbers.count == 3, marks.count == 2, marks[0] == marks[1] else { return .bad }
        let (first, second, third) = (numbers[0], numbers[1], numbers[2])
        if first.count == 4 {
            return of(first.value, second.value, third.value).map { .date($0) } ?? .bad
        }
        guard first.count <= 2, second.count <= 2, third.count == 4 || third.count == 2 else {
            return .bad
        }
        let year = third.count == 4 ? third.value : third.value + (third.value < 70 ? 2_000 : 1_900)
        let dayFirst = of(year, second.value, first.value)
        let monthFirst = of(year, first.value, second.value)
        // Nobody writes the month first with points.
        switch marks[0] == UInt8(ascii: ".") ? .dayFirst : order {
        case .dayFirst: return dayFirst.map { .date($0) } ?? .bad
        case .monthFirst: return monthFirst.map { .date($0) } ?? .bad
        case nil:
            if dayFirst == nil, monthFirst == nil { return .bad }
            return .unordered(dayFirst: dayFirst, monthFirst: monthFirst)
        }
    }

    private static func of(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate? {
        CalendarDate(year: year, month: month, day: day)
    }

    private static func inWords(_ cell: UnsafeRawBufferPointer) -> LedgerDate {
        // tidy: limit: longer than any date in words
        guard cell.count <= 64 else { return .bad }
        return FrenchDate.read(WesternText.decoded(cell)).map { .date($0) } ?? .bad
    }
}
