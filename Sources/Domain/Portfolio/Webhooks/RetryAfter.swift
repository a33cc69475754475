// SPDX-License-Identifier: Apache-2.0

// How long a receiver wants to be left alone: RFC 9110, 10.2.3 and 5.6.7.

internal import Quantities
internal import VigieLimits

/// The header Retry-After.
enum RetryAfter {
    /// The seconds that a header asks for, at most `retryDelaySeconds`; nil if it is none.
    static func seconds(_ text: String, nowSeconds: Int64) -> Int64? {
        let text = text.trimmedOfBlanks
        let most = Int64(WebhookLimits.retryDelaySeconds)
        if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            // More digits than 63 bits hold are a long time.
            return min(DecimalDigits.number(text) ?? most, most)
        }
        guard let then = HTTPDate.seconds(text) else { return nil }
        let (wait, isOver) = then.subtractingReportingOverflow(nowSeconds)
        return isOver ? 0 : min(max(wait, 0), most)
    }
}

/// Dates of HTTP.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds since 1970 of a date in any of the three forms that receivers may write, such as
    /// `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else. The day of the week is not looked
    /// at: it follows from the date.
    static func seconds(_ text: Substring) -> Int64? {
        let words = text.split(separator: " ")
        switch words.count {
        case 6 where words[5] == "GMT":
            return seconds(words[1], words[2], words[3], words[4])
        case 4 where words[3] == "GMT":
            let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[2].utf8.count == 2, let year = number(parts[2]) else {
                return nil
            }
            // Two digits: a header about a wait is of this century.
            return seconds(parts[0], parts[1], "\(2000 + year)", words[2])
        case 5: return seconds(words[2], words[1], words[4], words[3])
        default: return nil
        }
    }

    private static func seconds(
        _ day: Substring,
        _ month: Substring,
        _ year: Substring,
        _ time: Substring
    ) -> Int64? {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false).map(number)
        guard let day = number(day), let month = months.firstIndex(of: String(month)),
            let year = number(year), parts.count == 3, let hour = parts[0], let minute = parts[1],
            let second = parts[2], hour < 24, minute < 60, second <= 60,
            let date = CalendarDate(year: year, month: month + 1, day: day)
        else { return nil }
        return Int64(date.dayNumber) * 86_400 + Int64((hour * 60 + minute) * 60 + second)
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.count <= 4 ? DecimalDigits.number(text).map { Int($0) } : nil
    }
}

extension String {
    /// Without blanks and tabs at both ends, as values of headers may have them.
    fileprivate var trimmedOfBlanks: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
