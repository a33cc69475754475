// SPDX-License-Identifier: Apache-2.0

// Dates, times and durations out of text, in the forms of XML Schema with two additions: offsets
// may have seconds, and a zone may be named after `@`.

internal import VigieLimits

/// Reads the text of a date, time or duration.
struct DateReader {
    private var rest: ArraySlice<UInt8>
    private let zones: FEELZones

    init(_ text: String, _ zones: FEELZones) {
        // No such text is longer; a zone's name has its own limit.
        rest = Array(text.utf8.prefix(FEELLimits.dateBytes + 1))[...]
        self.zones = zones
    }

    /// What an @-literal stands for; nil when it is none of these.
    static func value(_ text: String, _ zones: FEELZones) -> FEELValue? {
        if let date = date(text) { return .date(date) }
        if let time = time(text, zones) { return .time(time) }
        if let dateTime = dateTime(text, zones) { return .dateTime(dateTime) }
        return duration(text)
    }

    /// `2026-11-29`
    static func date(_ text: String) -> FEELDate? {
        var reader = DateReader(text, .utcOnly)
        guard let date = reader.date(), reader.rest.isEmpty else { return nil }
        return date
    }

    /// `10:30:00`, `10:30:00.5Z`, `10:30:00+01:00`, `10:30:00@Europe/Paris`
    static func time(_ text: String, _ zones: FEELZones) -> FEELTime? {
        var reader = DateReader(text, zones)
        guard let nanoseconds = reader.timeOfDay(), let zone = reader.zone() else { return nil }
        return FEELTime(nanoseconds: nanoseconds, zone: zone.value)
    }

    /// A date, `T` and a time; a date alone is its midnight.
    static func dateTime(_ text: String, _ zones: FEELZones) -> FEELDateTime? {
        var reader = DateReader(text, zones)
        guard let date = reader.date() else { return nil }
        if reader.rest.isEmpty { return FEELDateTime(date: date, nanoseconds: 0, zone: nil) }
        guard reader.skip("T"), let nanoseconds = reader.timeOfDay(), let zone = reader.zone()
        else { return nil }
        if nanoseconds == FEELTime.nanosecondsPerDay {
            return date.adding(days: 1).map {
                FEELDateTime(date: $0, nanoseconds: 0, zone: zone.value)
            }
        }
        return FEELDateTime(date: date, nanoseconds: nanoseconds, zone: zone.value)
    }

    /// `P1Y2M` or `P1DT2H3M4.5S`
    static func duration(_ text: String) -> FEELValue? {
        var reader = DateReader(text, .utcOnly)
        return reader.duration()
    }

    private mutating func skip(_ letter: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(truncatingIfNeeded: letter.value) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func digits() -> ArraySlice<UInt8> {
        let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
        rest = rest.dropFirst(digits.count)
        return digits
    }

    private static func value(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.count <= 18 else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 & 15) }
    }

    private mutating func pair() -> Int? {
        let digits = rest.prefix(2)
        guard digits.count == 2, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        rest = rest.dropFirst(2)
        return Self.value(digits)
    }

    private mutating func date() -> FEELDate? {
        let isNegative = skip("-")
        let digits = digits()
        guard digits.count >= 4, digits.count <= 9, digits.count == 4 || digits.first != 0x30,
            let year = Self.value(digits), skip("-"), let month = pair(), skip("-"),
            let day = pair()
        else { return nil }
        return FEELDate(year: isNegative ? -year : year, month: month, day: day)
    }

    /// Nanoseconds since midnight; those of a whole day for 24:00:00.
    private mutating func timeOfDay() -> Int64? {
        guard let hour = pair(), skip(":"), let minute = pair(), skip(":"), let second = pair(),
            hour <= 24, minute <= 59, second <= 59
        else { return nil }
        var nanoseconds = Int64(hour * 3_600 + minute * 60 + second) * FEELTime.nanosecondsPerSecond
        if skip(".") {
            let fraction = digits()
            guard !fraction.isEmpty else { return nil }
            nanoseconds += Self.nanoseconds(fraction)
        }
        return nanoseconds <= FEELTime.nanosecondsPerDay ? nanoseconds : nil
    }

    private static func nanoseconds(_ fraction: ArraySlice<UInt8>) -> Int64 {
        var value: Int64 = 0
        for place in 0..<9 {
            let index = fraction.startIndex + place
            value = value * 10 + (index < fraction.endIndex ? Int64(fraction[index] & 15) : 0)
        }
        return value
    }

    private mutating func zone() -> (value: FEELZone?, Void)? {
        if rest.isEmpty { return (nil, ()) }
        if skip("Z") { return rest.isEmpty ? (.utc, ()) : nil }
        if skip("@") {
            guard let zone = zones.zone(String(decoding: rest, as: UTF8.self)) else { return nil }
            return (zone, ())
        }
        let isWest = skip("-")
        guard isWest || skip("+"), let hours = pair(), skip(":"), let minutes = pair() else {
            return nil
        }
        var seconds = 0
        if skip(":") {
            guard let pair = pair() else { return nil }
            seconds = pair
        }
        let offset = hours * 3_600 + minutes * 60 + seconds
        guard rest.isEmpty, minutes <= 59, seconds <= 59, offset <= FEELZone.offsetMagnitude else {
            return nil
        }
        return (.offset(isWest ? -offset : offset), ())
    }
}

extension DateReader {
    private mutating func duration() -> FEELValue? {
        let isNegative = skip("-")
        guard skip("P") else { return nil }
        var (months, nanoseconds) = (Int128(0), Int128(0))
        var (hasMonths, hasTime, isAfterT) = (false, false, false)
        // In this order, each at most once.
        var units: ArraySlice<UInt8> = Array("YMDTHMS".utf8)[...]
        while !rest.isEmpty {
            if skip("T") {
                guard !isAfterT, !rest.isEmpty,
                    let place = units.firstIndex(of: UInt8(ascii: "T"))
                else { return nil }
                units = units[(place + 1)...]
                isAfterT = true
                continue
            }
            let digits = digits()
            guard let number = Self.value(digits), !digits.isEmpty else { return nil }
            let fraction = skip(".") ? self.digits() : nil
            guard let unit = rest.first, let place = units.firstIndex(of: unit),
                fraction == nil || unit == UInt8(ascii: "S"),
                isAfterT || !units[..<place].contains(UInt8(ascii: "T"))
            else { return nil }
            rest.removeFirst()
            units = units[(place + 1)...]
            switch (unit, isAfterT) {
            case (UInt8(ascii: "Y"), _): (months, hasMonths) = (months + Int128(number) * 12, true)
            case (UInt8(ascii: "M"), false): (months, hasMonths) = (months + Int128(number), true)
            default:
                hasTime = true
                nanoseconds += Int128(number) * Self.nanoseconds(of: unit)
                nanoseconds += fraction.map { Int128(Self.nanoseconds($0)) } ?? 0
            }
        }
        guard hasMonths != hasTime else { return nil }
        if hasMonths {
            return Int(exactly: isNegative ? -months : months)
                .flatMap(FEELMonthsDuration.init).map(FEELValue.monthsDuration)
        }
        return FEELDaysDuration(nanoseconds: isNegative ? -nanoseconds : nanoseconds)
            .map(FEELValue.daysDuration)
    }

    private static func nanoseconds(of unit: UInt8) -> Int128 {
        switch unit {
        case UInt8(ascii: "D"): 86_400_000_000_000
        case UInt8(ascii: "H"): 3_600_000_000_000
        case UInt8(ascii: "M"): 60_000_000_000
        default: 1_000_000_000
        }
    }
}
