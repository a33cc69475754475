// SPDX-License-Identifier: Apache-2.0

// What a webhook says of an event: what it is, when, of which portfolio and company, and what was
// said with it, if that is short. Whoever wants more asks the server.

internal import PortfolioStore
internal import Quantities
internal import VigieLimits

/// Bodies of webhooks, in JSON.
enum WebhookBody {
    /// Of an event.
    static func bytes(_ event: NamedEvent) -> [UInt8] {
        let whole = text(event, body: event.body)
        guard whole.utf8.count > WebhookLimits.bodyBytes else { return Array(whole.utf8) }
        return Array(text(event, body: nil).utf8)
    }

    /// Of nothing that happened: to try an endpoint out.
    static func test(atMicroseconds now: Int) -> [UInt8] {
        Array(#"{"type":"delivery.test","timestamp":"\#(time(now))","data":{}}"#.utf8)
    }

    private static func text(_ event: NamedEvent, body: String?) -> String {
        var members = [
            #""event":"\#(event.number)""#, #""day":"\#(event.day)""#,
        ]
        if let portfolio = event.portfolio { members.append(#""portfolio":\#(quoted(portfolio))"#) }
        if let company = event.company {
            members.append(#""company":{\#(quoted(company.kind)):\#(quoted(company.identity))}"#)
        }
        // What the server wrote itself is an object.
        members.append(
            body.map { $0.hasPrefix("{") ? #""details":\#($0)"# : #""details":{}"# }
                ?? #""details_left_out":true"#
        )
        return
            #"{"type":\#(quoted(event.kind)),"timestamp":"\#(time(event.createdAtMicroseconds))","#
            + #""data":{\#(members.joined(separator: ","))}}"#
    }

    /// A time as RFC 3339 writes it, in UTC, to the microsecond.
    static func time(_ microseconds: Int) -> String {
        let seconds = microseconds / 1_000_000
        let second = seconds % 86_400
        func digits(_ value: Int, _ count: Int) -> String {
            let text = "\(value)"
            return String(repeating: "0", count: max(count - text.utf8.count, 0)) + text
        }
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { digits($0, 2) }
        let day = CalendarDate(secondsSince1970: Int64(seconds))
        return "\(day)T\(clock.joined(separator: ":")).\(digits(microseconds % 1_000_000, 6))Z"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
