// SPDX-License-Identifier: Apache-2.0

// What dates, times, durations and ranges are made of.

internal import DecimalNumbers

extension FEELValue {
    /// A part by name; nil when it has none of that name.
    func part(_ name: String) -> FEELValue? {
        switch self {
        case .date(let date): date.part(name)
        case .time(let time): time.part(name)
        case .dateTime(let dateTime):
            switch name {
            case "time offset": dateTime.offset.map(FEELValue.offset) ?? .null
            default: dateTime.date.part(name) ?? dateTime.time.part(name)
            }
        case .daysDuration(let duration): duration.part(name)
        case .monthsDuration(let duration):
            switch name {
            case "years": .number(duration.months / 12)
            case "months": .number(duration.months % 12)
            default: nil
            }
        case .range(let range):
            switch name {
            case "start": range.start
            case "end": range.end
            case "start included": .boolean(range.isStartIncluded)
            case "end included": .boolean(range.isEndIncluded)
            default: nil
            }
        default: nil
        }
    }

    fileprivate static func offset(_ seconds: Int) -> FEELValue {
        .daysDuration(FEELDaysDuration(seconds: seconds))
    }
}

extension FEELDate {
    fileprivate func part(_ name: String) -> FEELValue? {
        switch name {
        case "year": .number(components.year)
        case "month": .number(components.month)
        case "day": .number(components.day)
        case "weekday": .number(weekday)
        default: nil
        }
    }
}

extension FEELTime {
    fileprivate func part(_ name: String) -> FEELValue? {
        switch name {
        case "hour": return .number(components.hour)
        case "minute": return .number(components.minute)
        case "second": return .number(components.second)
        case "time offset":
            return zone.map { .offset($0.offset(localSeconds: 0)) } ?? .null
        case "timezone":
            guard case .named(let rules)? = zone else { return .null }
            return .string(rules.name)
        default: return nil
        }
    }
}

extension FEELDaysDuration {
    fileprivate func part(_ name: String) -> FEELValue? {
        let seconds = Int(clamping: nanoseconds / 1_000_000_000)
        return switch name {
        case "days": .number(seconds / 86_400)
        case "hours": .number(seconds / 3_600 % 24)
        case "minutes": .number(seconds / 60 % 60)
        case "seconds": .number(seconds % 60)
        default: nil
        }
    }
}

extension DecimalNumber {
    /// The whole part; nil when no word holds it.
    var whole: Int? { rounded(scale: 0, .down)?.integer }
}
