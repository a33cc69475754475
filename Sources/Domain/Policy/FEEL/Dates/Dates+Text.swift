// SPDX-License-Identifier: Apache-2.0

// Dates, times and durations as text, in the form in which they are read.

extension FEELDate: CustomStringConvertible {
    /// `2026-11-29`
    package var description: String {
        let (year, month, day) = components
        let digits = String(year.magnitude)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return (year < 0 ? "-" : "") + padding + digits + "-" + twoDigits(month) + "-"
            + twoDigits(day)
    }
}

extension FEELTime: CustomStringConvertible {
    /// `10:30:00.5+01:00`
    package var description: String {
        let (hour, minute, second, nanosecond) = components
        return twoDigits(hour) + ":" + twoDigits(minute) + ":" + twoDigits(second)
            + fractionText(nanosecond) + (zone?.description ?? "")
    }
}

extension FEELDateTime: CustomStringConvertible {
    /// `2026-11-29T10:30:00@Europe/Paris`
    package var description: String { "\(date)T\(time)" }
}

extension FEELZone: CustomStringConvertible {
    /// `Z`, `+01:00` or `@Europe/Paris`
    package var description: String {
        switch self {
        case .offset(0): return "Z"
        case .offset(let seconds):
            let magnitude = Int(seconds.magnitude)
            let rest = magnitude % 60
            return (seconds < 0 ? "-" : "+") + twoDigits(magnitude / 3_600) + ":"
                + twoDigits(magnitude / 60 % 60) + (rest == 0 ? "" : ":" + twoDigits(rest))
        case .named(let rules): return "@" + rules.name
        }
    }
}

extension FEELDaysDuration: CustomStringConvertible {
    /// `P1DT2H3M4.5S`
    package var description: String {
        let magnitude = nanoseconds.magnitude
        let (seconds, rest) = (magnitude / 1_000_000_000, Int(magnitude % 1_000_000_000))
        let (days, ofDay) = (seconds / 86_400, Int(seconds % 86_400))
        var text = (nanoseconds < 0 ? "-P" : "P") + (days == 0 ? "" : "\(days)D")
        let (hours, minutes, second) = (ofDay / 3_600, ofDay / 60 % 60, ofDay % 60)
        guard ofDay != 0 || rest != 0 || days == 0 else { return text }
        text += "T"
        if hours != 0 { text += "\(hours)H" }
        if minutes != 0 { text += "\(minutes)M" }
        if second != 0 || rest != 0 || magnitude == 0 {
            text += "\(second)\(fractionText(rest))S"
        }
        return text
    }
}

extension FEELMonthsDuration: CustomStringConvertible {
    /// `P1Y2M`
    package var description: String {
        let (years, rest) = (months.magnitude / 12, months.magnitude % 12)
        return (months < 0 ? "-P" : "P") + (years == 0 ? "" : "\(years)Y")
            + (rest == 0 && years != 0 ? "" : "\(rest)M")
    }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// The fraction of a second with its point, without zeros at the end; nothing if it is none.
private func fractionText(_ nanoseconds: Int) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = String(1_000_000_000 + nanoseconds).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
}
