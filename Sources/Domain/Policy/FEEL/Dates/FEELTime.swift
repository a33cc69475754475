// SPDX-License-Identifier: Apache-2.0

// Times of the day, and days with a time. What has a zone is an instant; what has none is local,
// and the two cannot be compared.

/// A time of the day.
package struct FEELTime: Sendable {
    /// Nanoseconds since midnight.
    package let nanoseconds: Int64
    /// Where; nil for a local time.
    package let zone: FEELZone?

    static let nanosecondsPerSecond: Int64 = 1_000_000_000
    static let nanosecondsPerDay: Int64 = 86_400 * nanosecondsPerSecond

    /// The time so many nanoseconds after midnight, of the day before or after if need be.
    package init(nanoseconds: Int64, zone: FEELZone?) {
        self.nanoseconds = floorModulo(nanoseconds, Self.nanosecondsPerDay)
        self.zone = zone
    }

    /// Hour, minute, second and what is left of it in nanoseconds.
    package var components: (hour: Int, minute: Int, second: Int, nanosecond: Int) {
        let seconds = Int(nanoseconds / Self.nanosecondsPerSecond)
        let rest = Int(nanoseconds % Self.nanosecondsPerSecond)
        return (seconds / 3_600, seconds / 60 % 60, seconds % 60, rest)
    }

    /// Nanoseconds since midnight in UTC; for a named zone at the offset that it had on 1970-01-01.
    var inUTC: Int64 {
        nanoseconds - Int64(zone?.offset(localSeconds: 0) ?? 0) * Self.nanosecondsPerSecond
    }
}

/// A day and a time of it.
package struct FEELDateTime: Sendable {
    /// The day.
    package let date: FEELDate
    /// Nanoseconds since midnight.
    package let nanoseconds: Int64
    /// Where; nil for a local time.
    package let zone: FEELZone?

    /// Takes a day, a time of it and a zone.
    package init(date: FEELDate, nanoseconds: Int64, zone: FEELZone?) {
        (self.date, self.nanoseconds, self.zone) = (date, nanoseconds, zone)
    }

    /// The time of the day.
    package var time: FEELTime { FEELTime(nanoseconds: nanoseconds, zone: zone) }

    /// Seconds since 1970-01-01T00:00:00 of the clock on the wall.
    private var localSeconds: Int {
        date.dayNumber * 86_400 + Int(nanoseconds / FEELTime.nanosecondsPerSecond)
    }

    /// The offset from UTC in seconds; nil for a local time.
    var offset: Int? { zone.map { $0.offset(localSeconds: localSeconds) } }

    /// Nanoseconds since 1970-01-01T00:00:00, in UTC if it has a zone.
    var instant: Int128 {
        let day = Int128(date.dayNumber) * Int128(FEELTime.nanosecondsPerDay)
        return day + Int128(nanoseconds) - Int128(offset ?? 0) * 1_000_000_000
    }

    /// The same place so many nanoseconds later; nil outside of the calendar.
    func adding(nanoseconds added: Int128) -> FEELDateTime? {
        let (moment, isOver) = instant.addingReportingOverflow(added)
        guard !isOver else { return nil }
        return FEELDateTime(instant: moment, zone: zone)
    }

    /// The day and time of an instant in a zone; of the wall's clock if there is none.
    init?(instant: Int128, zone: FEELZone?) {
        let second = floorDivide(instant, 1_000_000_000)
        guard let seconds = Int(exactly: second) else { return nil }
        let offset = zone?.offset(utcSeconds: seconds) ?? 0
        let (local, isOver) = seconds.addingReportingOverflow(offset)
        guard !isOver, let date = FEELDate(dayNumber: floorDivide(local, 86_400)) else {
            return nil
        }
        let rest = Int64(floorModulo(instant, 1_000_000_000))
        let ofDay = Int64(floorModulo(local, 86_400)) * FEELTime.nanosecondsPerSecond
        self.init(date: date, nanoseconds: ofDay + rest, zone: zone)
    }

    /// The same time so many months later; nil outside of the calendar.
    func adding(months: Int) -> FEELDateTime? {
        date.adding(months: months).map {
            FEELDateTime(date: $0, nanoseconds: nanoseconds, zone: zone)
        }
    }
}
