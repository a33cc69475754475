// SPDX-License-Identifier: Apache-2.0

// Arithmetic of numbers, texts, dates, times and durations. What has no result is null.

internal import DecimalNumbers
internal import VigieLimits

extension Run {
    func negated(_ operand: Int32, _ node: Int32) -> FEELValue {
        let value = value(operand)
        let result: FEELValue? =
            switch value {
            case .number(let number): .number(number.negated)
            case .daysDuration(let duration): duration.negated.map(FEELValue.daysDuration)
            case .monthsDuration(let duration): duration.negated.map(FEELValue.monthsDuration)
            default: nil
            }
        return result ?? fail(node, "\"-\" takes no \(value.typeName)")
    }

    func arithmetic(_ sign: Arithmetic, _ left: Int32, _ right: Int32, _ node: Int32) -> FEELValue {
        let (left, right) = (value(left), value(right))
        if case .number(let left) = left, case .number(let right) = right {
            let result =
                switch sign {
                case .add: left.adding(right)
                case .subtract: left.subtracting(right)
                case .multiply: left.multiplied(by: right)
                case .divide: left.divided(by: right)
                case .power: left.power(right)
                }
            return result.map(FEELValue.number)
                ?? fail(node, "\(left) \(sign.rawValue) \(right) is no number")
        }
        let result: FEELValue? =
            switch sign {
            case .add: sum(left, right) ?? sum(right, left) ?? joined(left, right, node)
            case .subtract: difference(left, right)
            case .multiply: product(left, right) ?? product(right, left)
            case .divide: quotient(left, right)
            case .power: nil
            }
        return result
            ?? fail(node, "\"\(sign.rawValue)\" takes no \(left.typeName) and \(right.typeName)")
    }

    private func joined(_ left: FEELValue, _ right: FEELValue, _ node: Int32) -> FEELValue? {
        guard case .string(let left) = left, case .string(let right) = right else { return nil }
        let count = left.utf8.count + right.utf8.count
        guard evaluation.take(count / 64) else { return .null }
        guard count <= FEELLimits.stringBytes else {
            return fail(node, "a text has more than \(FEELLimits.stringBytes) bytes")
        }
        return .string(left + right)
    }

    private func sum(_ left: FEELValue, _ right: FEELValue) -> FEELValue? {
        switch (left, right) {
        case (.daysDuration(let left), .daysDuration(let right)):
            FEELDaysDuration(nanoseconds: left.nanoseconds + right.nanoseconds)
                .map(FEELValue.daysDuration)
        case (.monthsDuration(let left), .monthsDuration(let right)):
            FEELMonthsDuration(months: left.months + right.months).map(FEELValue.monthsDuration)
        case (.date, .daysDuration(let duration)), (.dateTime, .daysDuration(let duration)),
            (.time, .daysDuration(let duration)):
            moved(left, by: duration.nanoseconds)
        case (.date(let date), .monthsDuration(let duration)):
            date.adding(months: duration.months).map(FEELValue.date)
        case (.dateTime(let dateTime), .monthsDuration(let duration)):
            dateTime.adding(months: duration.months).map(FEELValue.dateTime)
        default: nil
        }
    }

    /// A date, time or both so much later; a date as its midnight.
    private func moved(_ value: FEELValue, by nanoseconds: Int128) -> FEELValue? {
        let day = Int128(FEELTime.nanosecondsPerDay)
        switch value {
        case .date(let date):
            return Int(exactly: floorDivide(nanoseconds, day))
                .flatMap { date.adding(days: $0) }.map(FEELValue.date)
        case .dateTime(let dateTime):
            return dateTime.adding(nanoseconds: nanoseconds).map(FEELValue.dateTime)
        case .time(let time):
            let moved = time.nanoseconds + Int64(floorModulo(nanoseconds, day))
            return .time(FEELTime(nanoseconds: moved, zone: time.zone))
        default: return nil
        }
    }

    private func difference(_ left: FEELValue, _ right: FEELValue) -> FEELValue? {
        switch (left, right) {
        case (_, .daysDuration(let duration)):
            return duration.negated.flatMap { sum(left, .daysDuration($0)) }
        case (_, .monthsDuration(let duration)):
            return duration.negated.flatMap { sum(left, .monthsDuration($0)) }
        case (.time(let left), .time(let right)):
            guard (left.zone == nil) == (right.zone == nil) else { return nil }
            return FEELDaysDuration(nanoseconds: Int128(left.inUTC - right.inUTC))
                .map(FEELValue.daysDuration)
        default:
            // A date is midnight in UTC; what has no zone is no instant.
            guard let (left, isLeftLocal) = instant(left),
                let (right, isRightLocal) = instant(right),
                isLeftLocal == isRightLocal
            else { return nil }
            return FEELDaysDuration(nanoseconds: left - right).map(FEELValue.daysDuration)
        }
    }

    private func instant(_ value: FEELValue) -> (Int128, isLocal: Bool)? {
        switch value {
        case .date(let date):
            (FEELDateTime(date: date, nanoseconds: 0, zone: .utc).instant, false)
        case .dateTime(let dateTime): (dateTime.instant, dateTime.zone == nil)
        default: nil
        }
    }

    private func product(_ left: FEELValue, _ right: FEELValue) -> FEELValue? {
        switch (left, right) {
        case (.daysDuration(let duration), .number(let factor)):
            duration.seconds?.multiplied(by: factor).flatMap(FEELDaysDuration.init(seconds:))
                .map(FEELValue.daysDuration)
        case (.monthsDuration(let duration), .number(let factor)):
            months(DecimalNumber(duration.months).multiplied(by: factor))
        default: nil
        }
    }

    private func quotient(_ left: FEELValue, _ right: FEELValue) -> FEELValue? {
        switch (left, right) {
        case (.daysDuration(let duration), .number(let divisor)):
            duration.seconds?.divided(by: divisor).flatMap(FEELDaysDuration.init(seconds:))
                .map(FEELValue.daysDuration)
        case (.monthsDuration(let duration), .number(let divisor)):
            months(DecimalNumber(duration.months).divided(by: divisor))
        case (.daysDuration(let left), .daysDuration(let right)):
            right.seconds.flatMap { left.seconds?.divided(by: $0) }.map(FEELValue.number)
        case (.monthsDuration(let left), .monthsDuration(let right)):
            DecimalNumber(left.months).divided(by: DecimalNumber(right.months))
                .map(FEELValue.number)
        default: nil
        }
    }

    /// A duration of months, cut to whole ones.
    private func months(_ number: DecimalNumber?) -> FEELValue? {
        number?.rounded(scale: 0, .down)?.integer.flatMap(FEELMonthsDuration.init(months:))
            .map(FEELValue.monthsDuration)
    }
}
