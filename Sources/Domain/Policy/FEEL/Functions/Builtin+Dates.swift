// SPDX-License-Identifier: Apache-2.0

// Functions of dates and times.

internal import DecimalNumbers

extension Builtin {
    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    static let dates: [Builtin] = [
        Builtin("now", [""], .dateTime) { call in
            call.evaluation.now.map(FEELValue.dateTime) ?? call.fail("there is no clock")
        },
        Builtin("today", [""], .date) { call in
            call.evaluation.now.map { .date($0.date) } ?? call.fail("there is no clock")
        },
        Builtin("day of year", ["date:any"], .number) { call in
            call.day.map { .number($0.dayOfYear) } ?? call.noDate()
        },
        Builtin("week of year", ["date:any"], .number) { call in
            call.day.map { .number($0.weekOfYear) } ?? call.noDate()
        },
        Builtin("day of week", ["date:any"], .string) { call in
            call.day.map { .string(weekdays[$0.weekday - 1]) } ?? call.noDate()
        },
        Builtin("month of year", ["date:any"], .string) { call in
            call.day.map { .string(months[$0.components.month - 1]) } ?? call.noDate()
        },
        Builtin("years and months duration", ["from:any,to:any"], .monthsDuration, isPure: true) {
            guard let from = $0.day(0), let to = $0.day(1) else { return $0.noDate() }
            let (start, end) = (from.components, to.components)
            var months = (end.year - start.year) * 12 + end.month - start.month
            // A month counts when its day of the month has come.
            if months > 0, end.day < start.day { months -= 1 }
            if months < 0, end.day > start.day { months += 1 }
            return FEELMonthsDuration(months: months).map(FEELValue.monthsDuration) ?? .null
        },
        Builtin(
            "date",
            ["from:any", "year:number,month:number,day:number"],
            .date,
            isPure: true,
            date
        ),
        Builtin(
            "time",
            ["from:any", "hour:number,minute:number,second:number,offset:any?~"],
            .time,
            isPure: true,
            time
        ),
        Builtin(
            "date and time",
            [
                "from:any", "date:any,time:time",
                "year:number,month:number,day:number,hour:number,minute:number,second:number,"
                    + "offset:any?~",
            ],
            .dateTime,
            isPure: true,
            dateTime
        ),
        Builtin("duration", ["from:string"], .any, isPure: true) { call in
            DateReader.duration(call.string(0))
                ?? call.fail("\"\(shown(call.string(0)))\" is no duration")
        },
    ]

    private static func date(_ call: BuiltinCall) -> FEELValue {
        if call.arguments.count == 3 {
            guard let date = call.date(0) else { return call.fail("there is no such date") }
            return .date(date)
        }
        switch call[0] {
        case .string(let text):
            return DateReader.date(text).map(FEELValue.date)
                ?? call.fail("\"\(shown(text))\" is no date: write YYYY-MM-DD")
        default: return call.day.map(FEELValue.date) ?? call.noDate()
        }
    }

    private static func time(_ call: BuiltinCall) -> FEELValue {
        if call.arguments.count == 4 {
            guard let nanoseconds = call.timeOfDay(0), let zone = call.zone(3) else {
                return call.fail("there is no such time")
            }
            return .time(FEELTime(nanoseconds: nanoseconds, zone: zone.value))
        }
        switch call[0] {
        case .string(let text):
            return DateReader.time(text, call.evaluation.zones).map(FEELValue.time)
                ?? call.fail("\"\(shown(text))\" is no time: write hh:mm:ss")
        case .time: return call[0]
        case .dateTime(let dateTime): return .time(dateTime.time)
        case .date: return .time(FEELTime(nanoseconds: 0, zone: .utc))
        case let other: return call.fail("it takes no \(other.typeName)")
        }
    }

    private static func dateTime(_ call: BuiltinCall) -> FEELValue {
        switch (call.arguments.count, call[0], call[1]) {
        case (2, _, .time(let time)):
            guard let day = call.day else { return call.noDate() }
            return .dateTime(
                FEELDateTime(date: day, nanoseconds: time.nanoseconds, zone: time.zone)
            )
        case (1, .string(let text), _):
            return DateReader.dateTime(text, call.evaluation.zones).map(FEELValue.dateTime)
                ?? call.fail("\"\(shown(text))\" is no date and time: write YYYY-MM-DDThh:mm:ss")
        case (1, .dateTime, _): return call[0]
        case (1, .date(let date), _):
            return .dateTime(FEELDateTime(date: date, nanoseconds: 0, zone: .utc))
        case (7, _, _):
            guard let date = call.date(0), let nanoseconds = call.timeOfDay(3),
                let zone = call.zone(6)
            else { return call.fail("there is no such date and time") }
            return .dateTime(FEELDateTime(date: date, nanoseconds: nanoseconds, zone: zone.value))
        default: return call.fail("it takes no \(call[0].typeName)")
        }
    }
}

extension BuiltinCall {
    fileprivate func noDate() -> FEELValue { fail("it takes no \(self[0].typeName)") }

    /// The day of a date, or of a date and time.
    fileprivate var day: FEELDate? { day(0) }

    fileprivate func day(_ index: Int) -> FEELDate? {
        switch self[index] {
        case .date(let date): date
        case .dateTime(let dateTime): dateTime.date
        default: nil
        }
    }

    /// The date of year, month and day.
    fileprivate func date(_ first: Int) -> FEELDate? {
        guard let year = integer(first), let month = integer(first + 1),
            let day = integer(first + 2)
        else { return nil }
        return FEELDate(year: year, month: month, day: day)
    }

    /// Nanoseconds of hour, minute and second, which may have a fraction.
    fileprivate func timeOfDay(_ first: Int) -> Int64? {
        guard let hour = integer(first), (0...23).contains(hour), let minute = integer(first + 1),
            (0...59).contains(minute),
            let second = FEELDaysDuration(seconds: number(first + 2)),
            second.nanoseconds >= 0, second.nanoseconds < 60_000_000_000
        else { return nil }
        let whole = Int64(hour * 3_600 + minute * 60) * FEELTime.nanosecondsPerSecond
        return whole + Int64(second.nanoseconds)
    }

    /// The zone of an offset as a duration, or of a name.
    fileprivate func zone(_ index: Int) -> (value: FEELZone?, Void)? {
        switch self[index] {
        case .null: return (nil, ())
        case .daysDuration(let offset):
            let seconds = offset.nanoseconds / 1_000_000_000
            guard seconds.magnitude <= FEELZone.offsetMagnitude else { return nil }
            return (.offset(Int(seconds)), ())
        case .string(let name):
            return evaluation.zones.zone(name).map { ($0, ()) }
        default: return nil
        }
    }
}
